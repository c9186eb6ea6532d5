"""The lock under which everything about one proposal is written, one after the other."""

from __future__ import annotations

from accreditation.models import Proposal


def lock_proposal(pk: int) -> Proposal:
    """The proposal as it is now, with its call, locked until the transaction ends.

    Called inside a transaction, before the clock is read and the rules are asked.
    """
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("call", "area", "schedule").get(pk=pk)
