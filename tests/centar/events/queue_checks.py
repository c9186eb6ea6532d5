"""What the state machine asks of the portal's rows after every step."""

from __future__ import annotations

from datetime import datetime

from centar.events.models import Booking, BookingGroup, Event
from tests.centar.events.published_rules import Hall

State = Booking.State


def agrees(event: Event, hall: Hall) -> None:
    """Every person, every turn, every offer and every overtaking is as the rules say."""
    rows = list(event.bookings.select_related("group").order_by("pk"))
    assert {str(row.person_id): row.state for row in rows} == hall.standing()

    waiting = [row for row in rows if row.state == State.WAITING]
    waiting.sort(key=lambda row: (row.queued_at, row.pk))
    assert [str(row.person_id) for row in waiting] == hall.queue

    offers = {str(row.person_id): row.offered_until for row in rows if row.state == State.OFFERED}
    assert offers == hall.offers

    for row in waiting:
        if row.group is not None and row.group.policy == BookingGroup.Policy.TOGETHER:
            assert row.group.overtaken == hall.parties[str(row.person_id)].overtaken


def is_sound(event: Event, now: datetime) -> None:
    """Nothing is oversold, nobody is in twice, and every state has its moments."""
    event = Event.objects.get(pk=event.pk)
    rows = list(event.bookings.select_related("group").order_by("queued_at", "pk"))
    held = sum(row.state in Booking.HOLDING for row in rows)
    assert event.capacity is None or held <= event.capacity

    live = [row.person_id for row in rows if row.is_live]
    assert len(live) == len(set(live))

    for row in rows:
        assert (row.offered_until is not None) == (row.state == State.OFFERED)
        assert (row.ended_at is not None) == (row.state in Booking.ENDED)
        if row.state == State.PLACED:
            assert row.placed_at is not None
        if row.state in (State.OFFERED, State.DECLINED, State.EXPIRED):
            assert row.offered_at is not None
        if row.group is not None:
            assert row.group.overtaken <= event.max_overtakes

    waiting = [row for row in rows if row.state == State.WAITING]
    if waiting and event.state == Event.State.OPEN and now < event.starts_at:
        _no_seat_is_free_for(waiting[0], event, held)


def _no_seat_is_free_for(first: Booking, event: Event, held: int) -> None:
    """Whoever stands at the front waits because no seat is free."""
    alone = first.group is None or first.group.policy == BookingGroup.Policy.SPLIT
    assert event.capacity is not None
    assert held == event.capacity or not alone
