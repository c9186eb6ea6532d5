"""Which proposal a programme of the catalogue was made of."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.models import MadeProgramme
from accreditation.permissions import filings as permissions
from centar.people.models import User
from trainings import origins
from trainings.models import Programme


def register() -> None:
    """Let programmes tell the staff of their proposals; called once, when the app is ready."""
    origins.register(proposal_of)


def proposal_of(programme: Programme, user: User) -> origins.Origin | None:
    """The proposal for those who read proposals."""
    if not permissions.may_read(user):
        return None
    rows = MadeProgramme.objects.select_related("proposal")
    made = rows.filter(programme=programme).first()
    if made is None:
        return None
    facts = {"code": made.proposal.code, "title": made.proposal.title}
    address = reverse("accreditation:desk_proposal", args=[made.proposal_id])
    return origins.Origin(_("proposal %(code)s: %(title)s") % facts, address)
