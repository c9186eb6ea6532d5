"""What the pages of a person say about proposals and reviews that wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.models import Proposal
from accreditation.queries import authors as queries
from accreditation.queries import reviews
from centar.assessment.models import Assignment
from centar.events import moments
from centar.people.models import Person


@dataclass(frozen=True)
class Notice:
    """A sentence, and the page that it leads to."""

    text: str
    address: str


def for_person(person: Person) -> list[Notice]:
    """Drafts whose call takes proposals today, proposals of which changes are asked for, what the
    institute waits for, and what waits for the person's assessment.
    """
    today = timezone.localdate()
    written = [_notice(one) for one in queries.to_write(person, today)]
    filed = [_of_institute(one) for one in queries.with_the_institute(person, today)]
    return written + filed + [_to_assess(one) for one in reviews.waiting_for(person)]


def sits_in_panels(person: Person) -> bool:
    """Whether the person reviews proposals, or leads their review."""
    return reviews.seats_of(person).exists()


def _to_assess(assignment: Assignment) -> Notice:
    facts = {"code": assignment.item.code, "day": moments.day(assignment.due_on)}
    return Notice(
        _("To assess until %(day)s: %(code)s") % facts,
        reverse("accreditation:review", args=[assignment.pk]),
    )


def _of_institute(proposal: Proposal) -> Notice:
    filing = proposal.filing
    if proposal.state == Proposal.State.RETURNED:
        text, day = _("The institute asks for more: %(title)s, until %(day)s"), filing.complete_by
    else:
        text, day = _("An appeal is possible: %(title)s, until %(day)s"), filing.appeal_until
    assert day is not None  # noted together with the state
    facts = {"title": proposal.title, "day": moments.day(day)}
    return Notice(text % facts, proposal.get_absolute_url())


def _notice(proposal: Proposal) -> Notice:
    if proposal.state == Proposal.State.REVISION:
        text = _("Changes are asked for: %(title)s") % {"title": proposal.title}
    else:
        text = _("Not submitted yet: %(title)s, until %(day)s") % {
            "title": proposal.title,
            "day": moments.day(proposal.call.closes_on),
        }
    return Notice(text, proposal.get_absolute_url())
