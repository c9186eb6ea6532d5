"""Who gets a seat next: the rules of the waiting list, as one pass over a locked event.

The queue is the WAITING bookings in the order of their turns. A group that wants to come
together is one unit at the turn of its first member. Units are let in from the front; a group
that does not fit may be passed by smaller units, but only `max_overtakes` times, then everybody
waits for it. A group larger than the whole event can never fit and holds nobody up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from centar.events.models import Booking, BookingGroup, Event


@dataclass
class Unit:
    """What is let in at once: one person, or a group that stays together."""

    bookings: list[Booking] = field(default_factory=list)
    group: BookingGroup | None = None

    @property
    def size(self) -> int:
        """Seats that the unit needs."""
        return len(self.bookings)


def units_of(waiting: Sequence[Booking]) -> list[Unit]:
    """The waiting bookings, already in order, as units in the order of their turns."""
    units: list[Unit] = []
    together: dict[int, Unit] = {}
    for booking in waiting:
        group = booking.group
        if group is None or group.policy == BookingGroup.Policy.SPLIT:
            units.append(Unit([booking]))
        elif group.pk in together:
            together[group.pk].bookings.append(booking)
        else:
            together[group.pk] = Unit([booking], group)
            units.append(together[group.pk])
    return units


@dataclass
class Seating:
    """The outcome of one pass: bookings let in, and groups that were overtaken on the way."""

    let_in: list[Booking]
    overtaken: list[BookingGroup]


def seat(event: Event, waiting: Sequence[Booking], held: int) -> Seating:
    """Decide who is let in when `held` seats are taken; changes no row.

    `overtaken` of the groups returned is already raised in memory.
    """
    let_in: list[Booking] = []
    passed: list[BookingGroup] = []
    if event.capacity is None:
        return Seating(list(waiting), passed)
    free = event.capacity - held
    for unit in units_of(waiting):
        if free <= 0 or any(group.overtaken >= event.max_overtakes for group in passed):
            break
        if unit.size <= free:
            let_in.extend(unit.bookings)
            free -= unit.size
            for group in passed:
                group.overtaken += 1
        elif unit.group is not None and unit.size <= event.capacity:
            passed.append(unit.group)
    overtaken = passed if let_in else []
    return Seating(let_in, overtaken)


def offer_end(event: Event, now: datetime) -> datetime:
    """Until when an offer made now holds the seat: never past the start of the event."""
    until = now + timedelta(hours=event.offer_hours)
    return until if event.starts_at is None else min(until, event.starts_at)
