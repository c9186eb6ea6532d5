"""The same thing done twice at the same moment, and two things that exclude each other."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from centar.access import Refusal
from centar.events import locks
from centar.events.models import Booking, CalendarToken, Event
from centar.events.operations import bookings, calendars
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory
from tests.races import crowds

State = Booking.State
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def kinds_of(outcomes):
    """What came of each deed, sorted by name."""
    return sorted(type(outcome).__name__ for outcome in outcomes)


def offered(event):
    """A full event of one place whose seat was just freed: the offer and who waits behind."""
    placed, first, second = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=placed.pk, by=placed.created_by)
    return first, second


def registrations(event, number):
    """One person clicks so many times."""
    person = PersonFactory()
    deed = partial(bookings.enrol, event_id=event.pk, person=person, by=person.user)
    return [deed] * number


def test_one_person_who_clicks_many_times_has_one_booking():
    event = EventFactory(capacity=5)

    outcomes = crowds.at_once(registrations(event, 8))

    assert kinds_of(outcomes) == ["Booking"] + ["Refusal"] * 7
    assert event.bookings.count() == 1
    assert scenes.letters() == ["events.placed"]


def test_without_the_lock_the_database_is_the_second_belt(monkeypatch):
    """The control: both clicks pass the check before either writes."""
    event = EventFactory(capacity=5)
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    monkeypatch.setattr(bookings, "settle", crowds.met(2, bookings.settle))

    outcomes = crowds.at_once(registrations(event, 2))

    assert kinds_of(outcomes) == ["Booking", IntegrityError.__name__]
    assert event.bookings.count() == 1


def test_an_offer_accepted_twice_at_once_is_one_acceptance():
    offer, _ = offered(EventFactory(capacity=1))

    outcomes = crowds.at_once([partial(bookings.accept, booking_id=offer.pk, by=None)] * 6)

    assert kinds_of(outcomes) == ["Booking"] * 6
    assert scenes.letters_to(offer).count("events.placed") == 1
    assert [action for action, *_ in scenes.trail()].count("events.accept") == 1


def test_an_offer_accepted_and_declined_at_once_is_answered_once():
    for _ in range(5):
        offer, waiting = offered(EventFactory(capacity=1))

        outcomes = crowds.at_once(
            [
                partial(bookings.accept, booking_id=offer.pk, by=None),
                partial(bookings.decline, booking_id=offer.pk, by=None),
            ]
        )

        assert kinds_of(outcomes) == ["Booking", "Refusal"]
        assert scenes.states(offer, waiting) in (
            [State.PLACED, State.WAITING],
            [State.DECLINED, State.OFFERED],
        )


def test_an_offer_accepted_while_it_expires_is_one_or_the_other():
    for _ in range(6):
        event = EventFactory(capacity=1)
        offer, waiting = offered(event)
        event.bookings.filter(pk=offer.pk).update(
            offered_until=timezone.now() + timedelta(milliseconds=4)
        )

        accepted, _expired = crowds.at_once(
            [
                partial(bookings.accept, booking_id=offer.pk, by=None),
                *[partial(bookings.settle_overdue, event.pk)] * 4,
            ]
        )[:2]
        bookings.settle_overdue(event.pk)

        if isinstance(accepted, Booking):
            assert scenes.states(offer, waiting) == [State.PLACED, State.WAITING]
        else:
            assert isinstance(accepted, Refusal)
            time.sleep(0.005)
            bookings.settle_overdue(event.pk)
            assert scenes.states(offer, waiting) == [State.EXPIRED, State.OFFERED]


def test_the_clock_is_read_after_the_lock():
    """Whoever waited for the lock past the end of the offer is late."""
    event = EventFactory(capacity=1)
    offer, _ = offered(event)
    late = timezone.now() + timedelta(hours=49)
    outcome = []

    def accept():
        outcome.extend(crowds.at_once([partial(bookings.accept, booking_id=offer.pk, by=None)]))

    with transaction.atomic():
        locks.lock_event(event.pk)
        waiting = threading.Thread(target=accept)
        waiting.start()
        wait_until_blocked()
        traveller = time_machine.travel(late)
        traveller.start()
    waiting.join(crowds.PATIENCE_SECONDS)
    traveller.stop()

    assert kinds_of(outcome) == ["Refusal"]
    assert scenes.state(offer) == State.OFFERED


def wait_until_blocked():
    """Until some other connection waits for a row of ours."""
    for _ in range(crowds.PATIENCE_SECONDS * 100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.01)
    raise AssertionError("Nobody waited for the lock.")


def crossing(staff, pairs):
    """People on their way from one event to another, and as many back."""
    here, there = EventFactory.create_batch(2, capacity=2 * pairs)
    deeds = []
    for source, target in ((here, there), (there, here)):
        deeds += [
            partial(
                bookings.transfer,
                booking_id=booking.pk,
                to_event_id=target.pk,
                by=staff,
                reason="Замена.",
            )
            for booking in scenes.crowd(source, pairs)
        ]
    return here, there, deeds


def test_transfers_that_cross_between_two_events_do_not_wait_for_each_other(staff):
    here, there, deeds = crossing(staff, pairs=10)

    outcomes = crowds.at_once(deeds)

    assert kinds_of(outcomes) == ["Booking"] * 20
    for event in (here, there):
        assert event.bookings.holding().count() == 10
        assert event.bookings.filter(state=State.WITHDRAWN).count() == 10


def test_without_an_order_of_locks_crossing_transfers_block_each_other(staff, monkeypatch):
    """The control: each locks its first event, then both want the other's."""
    *_, deeds = crossing(staff, pairs=1)
    both_hold_one = threading.Barrier(2)

    def in_the_order_of_asking(first, second):
        held = locks.lock_event(first)
        both_hold_one.wait(crowds.PATIENCE_SECONDS)
        return [held, locks.lock_event(second)]

    monkeypatch.setattr(locks, "lock_events", in_the_order_of_asking)

    outcomes = crowds.at_once(deeds)

    assert kinds_of(outcomes) == ["Booking", OperationalError.__name__]


def test_a_calendar_address_opened_many_times_at_once_is_one_address():
    person = PersonFactory()

    outcomes = crowds.at_once([partial(calendars.open_address, person=person, by=person.user)] * 6)

    assert kinds_of(outcomes) == ["CalendarToken"] * 6
    assert CalendarToken.objects.filter(person=person, revoked_at=None).count() == 1
