"""The locks of lending: the member first, then the record, and nothing else."""

from __future__ import annotations

from django.db import transaction

from library.models import Member, Record


def lock_record(pk: int) -> Record:
    """The fresh row of the record, locked until the transaction ends.

    Every loan, return and reservation of its copies goes through here. Raises outside a
    transaction, where a lock would end at once, and Record.DoesNotExist.
    """
    _inside_a_transaction()
    return Record.objects.select_for_update(no_key=True).get(pk=pk)


def lock_member(pk: int) -> Member:
    """The fresh row of the member, locked, before any record is: for what is counted of them."""
    _inside_a_transaction()
    rows = Member.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("person__user", "teacher__user").get(pk=pk)


def _inside_a_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("The locks of lending need a transaction.")
