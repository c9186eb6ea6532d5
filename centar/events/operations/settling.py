"""Bringing a locked event's queue to rest. Every operation on bookings ends here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from centar.events import letters, seating
from centar.events.models import Booking, BookingGroup, Event

State = Booking.State


def settle(event: Event, now: datetime, arriving: Sequence[Booking] = ()) -> None:
    """End overdue offers, then let in whoever may be let in, the arriving ones last.

    The event must be locked. `arriving` are unsaved WAITING bookings, which are saved here:
    those who fit get their place at once, the others their turn; people who waited get an
    offer that holds the seat until they answer.
    """
    moving = list(
        event.bookings.filter(state__in=(State.WAITING, State.OFFERED))
        .select_related("group", "person__user")
        .order_by("queued_at", "pk")
    )
    offered = [booking for booking in moving if booking.state == State.OFFERED]
    waiting = [booking for booking in moving if booking.state == State.WAITING]
    changed = _expire(offered, now)
    if waiting or arriving:
        _queue_behind(waiting, arriving, now)
        changed += _let_in(event, [*waiting, *arriving], now, held_offers=offered)
    Booking.objects.bulk_update(
        [booking for booking in changed if booking.pk],
        ["state", "offered_at", "offered_until", "placed_at", "ended_at"],
    )
    Booking.objects.bulk_create(arriving)
    letters.queue_news(event, [*changed, *(b for b in arriving if b not in changed)], now)


def _expire(offered: Sequence[Booking], now: datetime) -> list[Booking]:
    overdue = [b for b in offered if b.offered_until is not None and b.offered_until <= now]
    for booking in overdue:
        booking.state = State.EXPIRED
        booking.offered_until = None
        booking.ended_at = now
    return overdue


def _queue_behind(waiting: Sequence[Booking], arriving: Sequence[Booking], now: datetime) -> None:
    # The clock may step back between two registrations; the order of arrival may not.
    last = max((booking.queued_at for booking in waiting), default=None)
    turn = now if last is None or last < now else last + timedelta(microseconds=1)
    for booking in arriving:
        booking.queued_at = turn


def _let_in(
    event: Event, waiting: Sequence[Booking], now: datetime, held_offers: Sequence[Booking]
) -> list[Booking]:
    if event.state not in (Event.State.OPEN, Event.State.CLOSED):
        return []
    if event.ends_at is not None and event.ends_at <= now:
        return []
    # Once it has begun nobody is called from home any more; those at the door are let in.
    if event.starts_at is not None and event.starts_at <= now:
        waiting = [booking for booking in waiting if booking.pk is None]
    held = event.bookings.filter(state=State.PLACED).count()
    held += sum(booking.state == State.OFFERED for booking in held_offers)
    outcome = seating.seat(event, waiting, held)
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
