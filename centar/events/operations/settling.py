"""Bringing a locked event's queue to rest. Every operation on bookings ends here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from centar import sql
from centar.events import letters, seating
from centar.events.applications import letters as application_letters
from centar.events.models import Booking, BookingGroup, Event

State = Booking.State


def settle(event: Event, now: datetime, arriving: Sequence[Booking] = ()) -> None:
    """End overdue offers, then let in whoever may be let in, the arriving ones last.

    The event must be locked. `arriving` are unsaved WAITING bookings, which are saved here:
    those who fit get their place at once, the others their turn; people who waited get an
    offer that holds the seat until they answer.
    """
    there = _tally(event)
    offered = _moving(event, State.OFFERED) if there.offered else []
    changed = _expire(offered, now)
    held = there.placed + there.offered - len(changed)
    _queue_behind(there.last_turn, arriving, now)
    # A long queue at a full event is the rush for the last places: nobody in it can move.
    if event.capacity is None or held < event.capacity:
        waiting = _moving(event, State.WAITING) if there.waiting else []
        changed += _let_in(event, [*waiting, *arriving], now, held)
    Booking.objects.bulk_update(
        [booking for booking in changed if booking.pk],
        ["state", "offered_at", "offered_until", "placed_at", "ended_at"],
    )
    Booking.objects.bulk_create(arriving)
    letters.queue_news(event, [*changed, *(b for b in arriving if b not in changed)], now)
    application_letters.queue_digest([b for b in changed if b.created_at != now], now, by=None)


class _Tally(NamedTuple):
    """What a locked event has: bookings by state, and the last turn that somebody waits at."""

    placed: int
    offered: int
    waiting: int
    last_turn: datetime | None


TALLY = """
SELECT count(*) FILTER (WHERE state = 'placed'),
       count(*) FILTER (WHERE state = 'offered'),
       count(*) FILTER (WHERE state = 'waiting'),
       max(queued_at) FILTER (WHERE state = 'waiting')
FROM events_booking
WHERE event_id = %(event)s
"""


def _tally(event: Event) -> _Tally:
    (row,) = sql.rows(TALLY, event=event.pk)
    return _Tally(*row)


def _moving(event: Event, state: str) -> list[Booking]:
    rows = event.bookings.filter(state=state).select_related("group", "person__user")
    return list(rows.order_by("queued_at", "pk"))


def _expire(offered: Sequence[Booking], now: datetime) -> list[Booking]:
    overdue = [b for b in offered if b.offered_until is not None and b.offered_until <= now]
    for booking in overdue:
        booking.state = State.EXPIRED
        booking.offered_until = None
        booking.ended_at = now
    return overdue


def _queue_behind(last: datetime | None, arriving: Sequence[Booking], now: datetime) -> None:
    # The clock may step back between two registrations; the order of arrival may not.
    turn = now if last is None or last < now else last + timedelta(microseconds=1)
    for booking in arriving:
        booking.queued_at = turn


def foresee(event: Event, arriving: Sequence[Booking], now: datetime) -> list[Booking]:
    """Which of these unsaved bookings would get a place if they were settled now.

    The same rules as `settle`, and nothing is written; without the lock it may change.
    """
    held = list(event.bookings.holding())
    overdue = [b for b in held if b.offered_until is not None and b.offered_until <= now]
    waiting = [*_moving(event, State.WAITING), *arriving]
    outcome = _seated(event, waiting, now, len(held) - len(overdue))
    return [booking for booking in outcome.let_in if booking.pk is None]


def _seated(event: Event, waiting: Sequence[Booking], now: datetime, held: int) -> seating.Seating:
    if event.state not in (Event.State.OPEN, Event.State.CLOSED):
        return seating.Seating([], [])
    if event.ends_at is not None and event.ends_at <= now:
        return seating.Seating([], [])
    # Once it has begun nobody is called from home any more; those at the door are let in.
    if event.starts_at is not None and event.starts_at <= now:
        waiting = [booking for booking in waiting if booking.pk is None]
    return seating.seat(event, waiting, held)


def _let_in(event: Event, waiting: Sequence[Booking], now: datetime, held: int) -> list[Booking]:
    outcome = _seated(event, waiting, now, held)
    for booking in outcome.let_in:
        if booking.pk is None:
            booking.state = State.PLACED
            booking.placed_at = now
        else:
            booking.state = State.OFFERED
            booking.offered_at = now
            booking.offered_until = seating.offer_end(event, now)
    BookingGroup.objects.bulk_update(outcome.overtaken, ["overtaken"])
    return outcome.let_in


def seats_held(event: Event) -> int:
    """Seats taken at this event: placed, or offered and not yet answered."""
    return event.bookings.holding().count()
