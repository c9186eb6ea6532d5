"""Every operation on events and bookings, done once on a prepared stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import time_machine

from centar.events.models import Booking, Event
from centar.events.operations import bookings, calendars, schedule, turns
from centar.people.models import User
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory


@dataclass
class Stage:
    """One event of two places with somebody in every live state, and events in other states."""

    clock: time_machine.Traveller
    event: Event
    placed: Booking
    offered: Booking
    waiting: Booking
    last: Booking
    other: Event
    draft: Event
    closed: Event


def stage(clock: time_machine.Traveller) -> Stage:
    """The stage before the deed."""
    event = EventFactory(capacity=2)
    leaving, placed, offered, waiting, last = scenes.crowd(event, 5)
    bookings.withdraw(booking_id=leaving.pk, by=leaving.person.user)
    calendars.open_address(person=placed.person, by=placed.created_by)
    return Stage(
        clock=clock,
        event=event,
        placed=placed,
        offered=offered,
        waiting=waiting,
        last=last,
        other=EventFactory(capacity=1),
        draft=EventFactory(state=Event.State.DRAFT),
        closed=EventFactory(state=Event.State.CLOSED),
    )


@dataclass(frozen=True)
class Deed:
    """One operation: its name in the audit, who may do it, and whether it writes to people."""

    action: str
    do: Callable[[Stage, User | None], object]
    staff_only: bool = True
    letters: bool = True
    by_portal: bool = False

    def __str__(self) -> str:
        return self.action


def _enrol(on: Stage, by: User | None) -> object:
    return bookings.enrol(event_id=on.event.pk, person=PersonFactory(), by=by)


def _enrol_group(on: Stage, by: User | None) -> object:
    people = PersonFactory.create_batch(2)
    return bookings.enrol_group(event_id=on.event.pk, people=people, policy=scenes.TOGETHER, by=by)


def _transfer(on: Stage, by: User | None) -> object:
    return bookings.transfer(
        booking_id=on.placed.pk, to_event_id=on.other.pk, by=by, reason="Друга група."
    )


def _settle_overdue(on: Stage, by: User | None) -> object:
    on.clock.shift(timedelta(hours=48))
    return bookings.settle_overdue(on.event.pk)


def _give_place(on: Stage, by: User | None) -> object:
    return bookings.give_place(booking_id=on.offered.pk, by=by, reason="Јавила се телефоном.")


def _reorder(on: Stage, by: User | None) -> object:
    return turns.reorder(booking_id=on.last.pk, position=1, by=by, reason="Замена.")


def _cancel(on: Stage, by: User | None) -> object:
    return schedule.cancel(event_id=on.event.pk, by=by, reason="Предавач је болестан.")


DEEDS = [
    Deed("events.enrol", _enrol, staff_only=False),
    Deed("events.enrol_group", _enrol_group, staff_only=False),
    Deed(
        "events.withdraw",
        lambda on, by: bookings.withdraw(booking_id=on.placed.pk, by=by),
        staff_only=False,
    ),
    Deed(
        "events.accept",
        lambda on, by: bookings.accept(booking_id=on.offered.pk, by=by),
        staff_only=False,
    ),
    Deed(
        "events.decline",
        lambda on, by: bookings.decline(booking_id=on.offered.pk, by=by),
        staff_only=False,
    ),
    Deed("events.settle_overdue", _settle_overdue, staff_only=False, by_portal=True),
    Deed("events.transfer", _transfer),
    Deed("events.give_place", _give_place),
    Deed("events.reorder", _reorder, letters=False),
    Deed(
        "events.publish",
        lambda on, by: schedule.publish(event_id=on.draft.pk, by=by),
        letters=False,
    ),
    Deed("events.close", lambda on, by: schedule.close(event_id=on.event.pk, by=by), letters=False),
    Deed(
        "events.reopen",
        lambda on, by: schedule.reopen(event_id=on.closed.pk, by=by),
        letters=False,
    ),
    Deed("events.confirm_runs", lambda on, by: schedule.confirm_runs(event_id=on.event.pk, by=by)),
    Deed("events.cancel", _cancel),
    Deed("events.revise", lambda on, by: scenes.resized(on.event, 3, by)),
    Deed(
        "events.open_calendar",
        lambda on, by: calendars.open_address(person=on.placed.person, by=by),
        staff_only=False,
        letters=False,
    ),
    Deed(
        "events.close_calendar",
        lambda on, by: calendars.close_address(person=on.placed.person, by=by),
        staff_only=False,
        letters=False,
    ),
]
