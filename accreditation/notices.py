"""What the pages of a person say about proposals that wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.models import Proposal
from accreditation.queries import authors as queries
from centar.events import moments
from centar.people.models import Person


@dataclass(frozen=True)
class Notice:
    """A sentence, and the page that it leads to."""

    text: str
    address: str


def for_person(person: Person) -> list[Notice]:
    """Drafts whose call takes proposals today, and proposals of which changes are asked for."""
    return [_notice(one) for one in queries.to_write(person, timezone.localdate())]


def _notice(proposal: Proposal) -> Notice:
    if proposal.state == Proposal.State.REVISION:
        text = _("Changes are asked for: %(title)s") % {"title": proposal.title}
    else:
        text = _("Not submitted yet: %(title)s, until %(day)s") % {
            "title": proposal.title,
            "day": moments.day(proposal.call.closes_on),
        }
    return Notice(text, proposal.get_absolute_url())
