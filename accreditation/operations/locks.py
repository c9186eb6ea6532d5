"""The single lock of a proposal."""

from __future__ import annotations

from accreditation.models import Proposal


def lock_proposal(proposal_id: int) -> Proposal:
    """The proposal, fresh, and nobody else changes its state until the transaction ends.

    Whoever also needs the lock of a panel takes it afterwards.
    """
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("call", "area").get(pk=proposal_id)
