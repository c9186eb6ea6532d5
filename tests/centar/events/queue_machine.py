"""What Hypothesis may do to two events of the portal, and to their published rules beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from centar.access import Refusal
from centar.events import jobs
from centar.events.operations import bookings, schedule, turns
from centar.people.models import Person, User
from tests.centar.events import queue_checks, scenes
from tests.centar.events.published_rules import Hall
from tests.factories.events import EventFactory

START = datetime(2027, 3, 20, 11, 0, tzinfo=UTC)
"""Eight days before the clocks are moved in Belgrade."""
OFFER_HOURS = 30
LASTS = timedelta(days=1)

either_event = st.integers(0, 1)
which = st.integers(0, 11)
sizes = st.integers(1, 4)


class QueueMachine(RuleBasedStateMachine):
    """Two events, one crowd of people, and a clock that may step back."""

    crowd: Sequence[Person] = ()
    staff: User

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.stopped = time_machine.travel(START, tick=False)
        self.clock = self.stopped.start()
        self.people = {str(person.pk): person for person in self.crowd}

    def teardown(self) -> None:
        self.stopped.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(
        capacities=st.tuples(st.integers(2, 5), st.none() | st.integers(0, 5)),
        max_overtakes=st.integers(0, 2),
        parties=st.lists(sizes, max_size=3),
    )
    def begin(
        self, capacities: tuple[int, int | None], max_overtakes: int, parties: list[int]
    ) -> None:
        """The first event is full from the start, and parties already wait."""
        self.events, self.halls = [], []
        for capacity, days in zip(capacities, (9, 12), strict=True):
            starts_at = START + timedelta(days=days)
            facts = {"capacity": capacity, "starts_at": starts_at, "max_overtakes": max_overtakes}
            self.halls.append(Hall(offer_hours=OFFER_HOURS, **facts))
            self.events.append(
                EventFactory(ends_at=starts_at + LASTS, offer_hours=OFFER_HOURS, **facts)
            )
        self.come(0, 0, capacities[0], together=False)
        for size in parties:
            self.come(0, 0, size, together=True)

    # --- People -----------------------------------------------------------------------------

    @rule(at=either_event, who=which, size=sizes, together=st.booleans())
    def come(self, at: int, who: int, size: int, together: bool) -> None:
        """One person or a group registers, each alone or together."""
        event, hall = self.events[at], self.halls[at]
        names = rotated((name for name in self.people if not hall.is_in(name)), who)[:size]
        if not names or not self.is_open(at):
            return
        people = [self.people[name] for name in names]
        if len(people) == 1:
            bookings.enrol(event_id=event.pk, person=people[0], by=self.staff)
            hall.arrive(self.now, names)
            return
        policy = scenes.TOGETHER if together else scenes.SPLIT
        facts = {"event_id": event.pk, "people": people, "policy": policy, "by": self.staff}
        if together and hall.capacity is not None and len(people) > hall.capacity:
            refused(bookings.enrol_group, **facts)
        else:
            bookings.enrol_group(**facts)
            hall.arrive(self.now, names, together=together)

    @rule(at=either_event, who=which)
    def withdraw(self, at: int, who: int) -> None:
        """Somebody gives the place, the offer or the turn back."""
        hall = self.halls[at]
        for name in rotated((*hall.placed, *hall.offers, *hall.queue), who)[:1]:
            bookings.withdraw(booking_id=self.live(at, name), by=self.staff)
            hall.leave(self.now, name, "withdrawn")

    @rule(at=either_event, who=which, accepts=st.booleans())
    def answer(self, at: int, who: int, accepts: bool) -> None:
        """Somebody answers: an offer, one that is overdue, or none at all."""
        hall = self.halls[at]
        answer = bookings.accept if accepts else bookings.decline
        for name in rotated(hall.offers or hall.queue, who)[:1]:
            booking_id = self.live(at, name)
            if name in hall.queue or hall.offers[name] <= self.now:
                refused(answer, booking_id=booking_id, by=None)
                continue
            answer(booking_id=booking_id, by=None)
            if accepts:
                hall.take(name)
            else:
                hall.leave(self.now, name, "declined")

    # --- Staff ------------------------------------------------------------------------------

    @rule(at=either_event, who=which)
    def give_place(self, at: int, who: int) -> None:
        """Somebody gets a place past the queue, if one is free."""
        hall = self.halls[at]
        for name in rotated((*hall.offers, *hall.queue), who)[:1]:
            facts = {"booking_id": self.live(at, name), "by": self.staff, "reason": "Хитно."}
            if name in hall.queue and hall.free() < 1:
                refused(bookings.give_place, **facts)
                continue
            bookings.give_place(**facts)
            hall.take(name)
            hall.settle(self.now)

    @rule(at=either_event, who=which, place=which)
    def reorder(self, at: int, who: int, place: int) -> None:
        """Somebody who waits gets another position."""
        hall = self.halls[at]
        for name in rotated(hall.queue, who)[:1]:
            index = place % len(hall.queue)
            turns.reorder(
                booking_id=self.live(at, name), position=index + 1, by=self.staff, reason="Замена."
            )
            hall.queue.remove(name)
            hall.queue.insert(index, name)
            hall.settle(self.now)

    @rule(at=either_event, who=which)
    def transfer(self, at: int, who: int) -> None:
        """Somebody is moved to the other event."""
        here, there = self.halls[at], self.halls[1 - at]
        inside = (*here.placed, *here.offers, *here.queue)
        names = rotated((name for name in inside if not there.is_in(name)), who)
        if not names or not self.is_open(1 - at):
            return
        bookings.transfer(
            booking_id=self.live(at, names[0]),
            to_event_id=self.events[1 - at].pk,
            by=self.staff,
            reason="Замена.",
        )
        here.leave(self.now, names[0], "withdrawn")
        there.arrive(self.now, names[:1])

    @rule(at=either_event, capacity=st.none() | st.integers(0, 6))
    def change_capacity(self, at: int, capacity: int | None) -> None:
        """More places, fewer, or no limit at all."""
        hall = self.halls[at]
        facts = {"event": self.events[at], "capacity": capacity, "by": self.staff}
        if capacity is not None and capacity < hall.held:
            refused(scenes.resized, **facts)
            return
        scenes.resized(**facts)
        hall.capacity = capacity
        hall.settle(self.now)

    @precondition(lambda self: len(self.halls[1].standing()) > 5 and not self.halls[1].cancelled)
    @rule()
    def cancel(self) -> None:
        """The second event is cancelled."""
        schedule.cancel(event_id=self.events[1].pk, by=self.staff, reason="Болест.")
        self.halls[1].cancel()

    # --- Time -------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([-1, 1, 5, 29, 30, 31, 70]), worker_runs=st.booleans())
    def time_passes(self, hours: int, worker_runs: bool) -> None:
        """The clock goes on or steps back; the worker comes by or is late."""
        self.clock.shift(timedelta(hours=hours))
        if worker_runs:
            jobs.settle_overdue_offers()
            for hall in self.halls:
                if any(until <= self.now for until in hall.offers.values()):
                    hall.settle(self.now)

    # --- What must hold ---------------------------------------------------------------------

    @invariant()
    def the_portal_agrees_with_the_published_rules(self) -> None:
        """Every person, every turn, every offer and every overtaking is the same in both."""
        for event, hall in zip(self.events, self.halls, strict=True):
            queue_checks.agrees(event, hall)

    @invariant()
    def every_event_is_as_any_event_must_be(self) -> None:
        """Whatever the rules are: nothing oversold, nobody twice, each state with its moments."""
        for event in self.events:
            queue_checks.is_sound(event, self.now)

    # --- What the machine sees --------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def live(self, at: int, name: str) -> int:
        """The key of the person's live booking."""
        return self.events[at].bookings.live().get(person_id=int(name)).pk

    def is_open(self, at: int) -> bool:
        """Whether the staff may register people."""
        return not self.halls[at].cancelled and self.now < self.events[at].ends_at


def rotated(names: Iterable[str], start: int) -> list[str]:
    """The names in a fixed order, from another beginning."""
    ordered = sorted(names, key=int)
    start %= len(ordered) or 1
    return ordered[start:] + ordered[:start]


def refused(operation: object, **facts: object) -> None:
    """The operation must refuse; that it leaves no trace the invariants show."""
    assert callable(operation)
    with pytest.raises(Refusal):
        operation(**facts)
