"""Giving a place, an offer or a turn back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Booking
from centar.events.operations import bookings
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory, UserFactory

State = Booking.State
pytestmark = pytest.mark.django_db


def refused(booking, by):
    """The sentence with which withdrawing is refused."""
    with pytest.raises(Refusal) as refusal:
        bookings.withdraw(booking_id=booking.pk, by=by)
    return str(refusal.value)


def test_a_withdrawn_place_says_who_when_and_what_it_was(clock):
    made = scenes.enrolled(EventFactory(capacity=1))
    clock.shift(timedelta(hours=1))

    bookings.withdraw(booking_id=made.pk, by=made.person.user, reason="Болестан сам.")

    made.refresh_from_db()
    assert (made.state, made.ended_at, made.ended_by) == (
        State.WITHDRAWN,
        timezone.now(),
        made.person.user,
    )
    assert scenes.letters_to(made) == ["events.placed", "events.withdrawn"]
    last = Entry.objects.get(action="events.withdraw")
    assert (last.actor_id, last.object_id, last.reason, last.detail) == (
        made.person.user_id,
        made.pk,
        "Болестан сам.",
        {"was": State.PLACED},
    )


def test_removing_a_waiting_person_frees_nothing():
    event = EventFactory(capacity=1)
    placed, leaving, staying = scenes.crowd(event, 3)

    bookings.withdraw(booking_id=leaving.pk, by=leaving.person.user)

    assert scenes.states(placed, leaving, staying) == [
        State.PLACED,
        State.WITHDRAWN,
        State.WAITING,
    ]
    assert scenes.letters_to(staying) == ["events.waiting"]


def test_an_offer_given_back_goes_to_the_next_person():
    event = EventFactory(capacity=1)
    placed, second, third = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=placed.pk, by=placed.person.user)

    bookings.withdraw(booking_id=second.pk, by=second.person.user)

    assert scenes.states(second, third) == [State.WITHDRAWN, State.OFFERED]


def test_withdrawing_twice_is_refused_and_changes_nothing():
    event = EventFactory(capacity=1)
    placed, second, third = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=placed.pk, by=placed.person.user)
    before = scenes.letters()

    assert refused(placed, placed.person.user) == "This booking has already ended."

    assert scenes.states(second, third) == [State.OFFERED, State.WAITING]
    assert scenes.letters() == before


@pytest.mark.parametrize("ended", sorted(Booking.ENDED))
def test_what_has_ended_cannot_be_withdrawn_even_by_the_staff(ended, staff):
    made = scenes.enrolled(EventFactory())
    Booking.objects.filter(pk=made.pk).update(state=ended, ended_at=timezone.now())

    assert refused(made, staff) == "This booking has already ended."


@pytest.mark.parametrize("stranger", [UserFactory, lambda: None])
def test_somebody_elses_booking_cannot_be_withdrawn(stranger):
    made = scenes.enrolled(EventFactory())

    assert refused(made, stranger()) == "This booking is not yours."

    assert scenes.state(made) == State.PLACED


def test_whoever_applied_for_a_group_may_withdraw_its_people(staff):
    coordinator = scenes.coordinator()
    first, second = scenes.group(EventFactory(), 2, scenes.TOGETHER, coordinator)

    bookings.withdraw(booking_id=first.pk, by=coordinator)

    assert scenes.states(first, second) == [State.WITHDRAWN, State.PLACED]


@pytest.mark.parametrize(
    "deadlines",
    [
        {"withdraw_until": timedelta(days=3), "registration_closes_at": timedelta(days=9)},
        {"registration_closes_at": timedelta(days=3)},
        {"starts_at": timedelta(days=3)},
    ],
)
def test_a_place_is_kept_after_the_deadline_unless_the_staff_withdraw_it(deadlines, staff, clock):
    deadline = timezone.now() + timedelta(days=3)
    event = EventFactory(**{name: timezone.now() + days for name, days in deadlines.items()})
    first, second = scenes.crowd(event, 2)

    clock.move_to(deadline - timedelta(microseconds=1))
    bookings.withdraw(booking_id=first.pk, by=first.person.user)
    clock.move_to(deadline)
    sentence = refused(second, second.person.user)

    assert sentence == (
        "Withdrawing was possible until 4 February 2027 at 12:00. Please call the Centre."
    )
    bookings.withdraw(booking_id=second.pk, by=staff)
    assert scenes.states(first, second) == [State.WITHDRAWN, State.WITHDRAWN]


def test_those_without_a_place_may_leave_at_any_time(clock):
    deadline = timezone.now() + timedelta(days=3)
    event = EventFactory(capacity=1, withdraw_until=deadline, offer_hours=100)
    placed, offered, waiting = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=placed.pk, by=placed.person.user)
    clock.shift(timedelta(days=3, hours=1))

    bookings.withdraw(booking_id=waiting.pk, by=waiting.person.user)
    bookings.withdraw(booking_id=offered.pk, by=offered.person.user)

    assert scenes.states(offered, waiting) == [State.WITHDRAWN, State.WITHDRAWN]


def test_whoever_comes_back_stands_at_the_end():
    event = EventFactory(capacity=1)
    _, second, third = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=second.pk, by=second.person.user)

    again = scenes.enrolled(event, second.person)

    assert scenes.queue(event) == [third.pk, again.pk]


def test_a_booking_that_does_not_exist_is_no_booking():
    with pytest.raises(Booking.DoesNotExist):
        bookings.withdraw(booking_id=404, by=UserFactory())


def test_a_person_without_an_account_is_withdrawn_by_the_staff(staff):
    person = PersonFactory(user=None, contact_email="zvonko@example.org")
    made = bookings.enrol(event_id=EventFactory().pk, person=person, by=staff)

    assert refused(made, UserFactory()) == "This booking is not yours."
    bookings.withdraw(booking_id=made.pk, by=staff)

    assert scenes.letters(recipient="zvonko@example.org") == ["events.placed", "events.withdrawn"]
