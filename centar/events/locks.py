"""The single lock of bookings."""

from __future__ import annotations

from django.db import transaction

from centar.events.models import Event


def lock_event(pk: int) -> Event:
    """The fresh row of the event, locked until the transaction ends.

    Everything that reads or writes an event's seats and queue goes through here. Raises
    outside a transaction, where a lock would end at once, and Event.DoesNotExist.
    FOR NO KEY UPDATE lets others insert rows that merely refer to the event.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("lock_event needs a transaction.")
    return Event.objects.select_for_update(no_key=True).get(pk=pk)


def lock_events(*pks: int) -> list[Event]:
    """Several events, locked in the order of their keys so that two callers cannot deadlock."""
    locked = {pk: lock_event(pk) for pk in sorted(set(pks))}
    return [locked[pk] for pk in pks]
