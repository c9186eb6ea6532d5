"""An author's proposals, each with what is missing and what waits for the author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accreditation.missing import Missing
from accreditation.models import Proposal
from accreditation.permissions import filings
from accreditation.permissions import proposals as permissions
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.people.models import User


@dataclass(frozen=True)
class Entry:
    """A proposal in the list: how it stands where it can be written, what waits for me, and whether
    what the institute refused can still be appealed.
    """

    proposal: Proposal
    standing: Standing | None
    waits: Sequence[Missing]
    may_be_appealed: bool


def of_author(user: User) -> list[Entry]:
    """All proposals of the user, the newest first; drafts and revisions with their standing."""
    proposals = list(queries.own(user).order_by("-created_at", "-pk"))
    writable = (Proposal.State.DRAFT, Proposal.State.REVISION)
    written = [one for one in proposals if one.state in writable]
    today = timezone.localdate()
    standings = {one.proposal.pk: one for one in Standing.of_many(written)} if written else {}
    entries = []
    for proposal in proposals:
        standing = standings.get(proposal.pk)
        waits: Sequence[Missing] = ()
        if standing is not None and permissions.is_open_with(proposal, standing.request, today):
            waits = standing.waits_for(user.person.pk)
        may_be_appealed = filings.may_still_be_appealed(proposal, today)
        entries.append(Entry(proposal, standing, waits, may_be_appealed))
    return entries
