"""The locks of lending: the member first, then the record, and nothing else."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal
from library.models import Copy, Member, Record


def lock_record(pk: int) -> Record:
    """The fresh row of the record, locked until the transaction ends.

    Every loan, return and reservation of its copies goes through here. Raises outside a
    transaction, where a lock would end at once, and Record.DoesNotExist.
    """
    _inside_a_transaction()
    return Record.objects.select_for_update(no_key=True).get(pk=pk)


def lock_copy(copy_id: int) -> tuple[Record, Copy]:
    """The locked record of a copy, and the copy as it is after the lock.

    Refuses a copy that was moved to another record while this waited for the lock.
    """
    record_id = Copy.objects.values_list("record_id", flat=True).get(pk=copy_id)
    record = lock_record(record_id)
    copy = Copy.objects.select_related("record", "issue").get(pk=copy_id)
    if copy.record_id != record_id:
        raise Refusal(_("The copy was moved to another record just now. Scan it again."))
    return record, copy


def lock_member(pk: int) -> Member:
    """The fresh row of the member, locked, before any record is: for what is counted of them."""
    _inside_a_transaction()
    rows = Member.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("person__user", "teacher__user").get(pk=pk)


def _inside_a_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("The locks of lending need a transaction.")
