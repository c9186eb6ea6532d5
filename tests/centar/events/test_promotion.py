"""Every path that frees a seat gives it to the queue, in the same transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from centar.events import jobs
from centar.events.models import Booking, Event
from centar.events.operations import bookings, schedule
from tests.centar.events import scenes
from tests.factories.events import EventFactory

State = Booking.State
pytestmark = pytest.mark.django_db


def person_withdraws(event, placed, offer, staff, clock):
    bookings.withdraw(booking_id=placed.pk, by=placed.person.user)


def staff_withdraw(event, placed, offer, staff, clock):
    bookings.withdraw(booking_id=placed.pk, by=staff, reason="Јавио се телефоном.")


def offer_is_declined(event, placed, offer, staff, clock):
    bookings.decline(booking_id=offer.pk, by=None)


def offer_is_given_back(event, placed, offer, staff, clock):
    bookings.withdraw(booking_id=offer.pk, by=offer.person.user)


def offer_expires(event, placed, offer, staff, clock):
    clock.shift(timedelta(hours=48))
    jobs.settle_overdue_offers()


def offer_expires_when_another_withdraws(event, placed, offer, staff, clock):
    """Two seats at once: one overdue offer, one place given back."""
    clock.shift(timedelta(hours=48))
    bookings.withdraw(booking_id=placed.pk, by=staff)


def more_places(event, placed, offer, staff, clock):
    scenes.resized(event, 3, staff)


def no_limit_any_more(event, placed, offer, staff, clock):
    scenes.resized(event, None, staff)


def moved_to_another_event(event, placed, offer, staff, clock):
    other = EventFactory(capacity=1)
    bookings.transfer(booking_id=placed.pk, to_event_id=other.pk, by=staff, reason="Друга група.")


PATHS = [
    person_withdraws,
    staff_withdraw,
    offer_is_declined,
    offer_is_given_back,
    offer_expires,
    offer_expires_when_another_withdraws,
    more_places,
    no_limit_any_more,
    moved_to_another_event,
]


@pytest.mark.parametrize("state", [Event.State.OPEN, Event.State.CLOSED])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_a_freed_seat_goes_to_the_first_in_the_queue(path, state, staff, clock):
    event = EventFactory(capacity=2)
    leaves, placed, offer, first, second = scenes.crowd(event, 5)
    bookings.withdraw(booking_id=leaves.pk, by=leaves.person.user)
    Event.objects.filter(pk=event.pk).update(state=state)
    assert scenes.states(placed, offer, first, second) == [
        State.PLACED,
        State.OFFERED,
        State.WAITING,
        State.WAITING,
    ]
    two_seats = path in (offer_expires_when_another_withdraws, no_limit_any_more)

    path(event, placed, offer, staff, clock)

    expected = [State.OFFERED, State.OFFERED if two_seats else State.WAITING]
    assert scenes.states(first, second) == expected
    assert scenes.letters_to(first) == ["events.waiting", "events.offered"]


def test_a_smaller_number_of_places_frees_nothing(staff):
    event = EventFactory(capacity=3)
    *placed, first = scenes.crowd(event, 4)
    bookings.withdraw(booking_id=placed[0].pk, by=staff)
    bookings.decline(booking_id=first.pk, by=None)

    scenes.resized(event, 2, staff)

    assert scenes.states(*placed) == [State.WITHDRAWN, State.PLACED, State.PLACED]
    assert scenes.state(scenes.enrolled(event)) == State.WAITING


def test_promotion_and_the_freeing_are_one_transaction():
    """Whoever undoes the withdrawal undoes the offer with it."""
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)

    with transaction.atomic():
        bookings.withdraw(booking_id=placed.pk, by=placed.person.user)
        transaction.set_rollback(True)

    assert scenes.states(placed, waiting) == [State.PLACED, State.WAITING]
    assert scenes.letters_to(waiting) == ["events.waiting"]


def test_nobody_is_called_to_an_event_that_has_ended(staff, clock):
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)
    clock.move_to(event.ends_at + timedelta(seconds=1))

    bookings.withdraw(booking_id=placed.pk, by=staff)

    assert scenes.state(waiting) == State.WAITING


def test_nobody_is_called_to_a_cancelled_event(staff):
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)
    schedule.cancel(event_id=event.pk, by=staff, reason="Предавач је болестан.")

    assert scenes.states(placed, waiting) == [State.CANCELLED, State.CANCELLED]
    assert "events.offered" not in scenes.letters()


def test_the_places_are_offered_in_the_order_of_the_turns(staff):
    event = EventFactory(capacity=0)
    waiting = scenes.crowd(event, 5)

    scenes.resized(event, 3, staff)

    assert scenes.states(*waiting) == [State.OFFERED] * 3 + [State.WAITING] * 2
    assert timezone.now() < min(
        booking.offered_until for booking in event.bookings.filter(state=State.OFFERED)
    )
