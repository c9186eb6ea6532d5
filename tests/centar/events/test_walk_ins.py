"""People at the door who have not registered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.events.models import Booking, Presence
from centar.events.operations import walk_ins
from centar.people.models import Person
from centar.people.operations import Newcomer
from tests.centar.events import days, scenes
from tests.factories.events import BookingFactory, EventFactory
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.schools import SchoolFactory

State = Booking.State
pytestmark = pytest.mark.django_db
ANA = Newcomer(first_name="Ана", last_name="Јовић")


def let_in(event, by, newcomer=ANA):
    return walk_ins.walk_in(meeting_id=days.first_meeting(event).pk, newcomer=newcomer, by=by)


def known(**facts):
    return PersonFactory(first_name="Ана", last_name="Јовић", **facts)


@pytest.mark.parametrize("capacity", [None, 2])
def test_whoever_finds_a_free_place_gets_it_and_is_noted(capacity, staff, clock):
    event = days.going_on(capacity=capacity)
    days.placed(event)

    came = let_in(event, staff)

    assert str(came.booking.person) == "Ана Јовић"
    assert (came.booking.state, came.booking.placed_at) == (State.PLACED, timezone.now())
    assert (came.minutes, came.noted_by) == (360, staff)
    assert [action for action, *_ in scenes.trail()] == [
        "people.enter_at_the_door",
        "events.walk_in",
        "events.note_presence",
    ]
    assert scenes.letters() == []


@pytest.mark.parametrize("taken", [2, 3], ids=["full", "overfull"])
def test_nobody_is_let_in_over_the_number_of_places(taken, staff, clock):
    event = days.going_on(capacity=2)
    for _ in range(taken):
        days.placed(event)
    people = Person.objects.count()

    with pytest.raises(Refusal, match="No place is free"):
        let_in(event, staff)

    assert (event.bookings.count(), Person.objects.count()) == (taken, people)
    assert not Presence.objects.exists()


def test_a_held_offer_takes_a_place_from_whoever_is_at_the_door(staff, clock):
    event = days.going_on(capacity=1)
    BookingFactory(event=event, state=State.OFFERED)

    with pytest.raises(Refusal, match="No place is free"):
        let_in(event, staff)


def test_before_the_event_begins_the_queue_goes_first(staff, clock):
    event = EventFactory(starts_at=timezone.now() + timedelta(hours=1), capacity=2)
    days.placed(event)
    group = scenes.group(event, 2, scenes.TOGETHER, staff)

    with pytest.raises(Refusal, match="free places are for those who wait"):
        let_in(event, staff)

    assert scenes.states(*group) == [State.WAITING] * 2


def test_once_it_has_begun_whoever_is_there_sits_down(staff, clock):
    event = days.going_on(capacity=2)
    days.placed(event)
    ana = known(contact_email="ana@example.org")
    waiting = BookingFactory(event=event, person=ana, state=State.WAITING)
    BookingFactory(event=event, state=State.WAITING)

    came = let_in(
        event, staff, Newcomer(first_name="ana", last_name="jovic", email="ANA@example.org")
    )

    assert came.booking == waiting
    assert scenes.state(waiting) == State.PLACED


def test_somebody_of_the_queue_is_refused_when_it_is_full(staff, clock):
    event = days.going_on(capacity=1)
    days.placed(event)
    ana = known(contact_email="ana@example.org")
    waiting = BookingFactory(event=event, person=ana, state=State.WAITING)

    with pytest.raises(Refusal, match="No place is free"):
        let_in(event, staff, Newcomer(first_name="Ана", last_name="Јовић", email="ana@example.org"))

    assert scenes.state(waiting) == State.WAITING


def test_a_held_offer_becomes_the_place(staff, clock):
    event = days.going_on(capacity=1)
    ana = known(contact_email="ana@example.org")
    offer = BookingFactory(event=event, person=ana, state=State.OFFERED)

    let_in(event, staff, Newcomer(first_name="Ана", last_name="Јовић", email="ana@example.org"))

    offer.refresh_from_db()
    assert (offer.state, offer.offered_until) == (State.PLACED, None)


def test_whoever_has_a_place_is_only_noted(staff, clock):
    event = days.going_on(capacity=1)
    school = SchoolFactory()
    booking = BookingFactory(event=event, person=known(school=school))

    came = let_in(event, staff, Newcomer(first_name="Ana", last_name="Jović", school=school))
    again = let_in(event, staff, Newcomer(first_name="Ана", last_name="Јовић", school=school))

    assert (came.booking, again.pk) == (booking, came.pk)
    assert event.bookings.count() == 1


def test_whoever_withdrew_may_come_after_all(staff, clock):
    event = days.going_on(capacity=1)
    school = SchoolFactory()
    left = BookingFactory(event=event, person=known(school=school), state=State.WITHDRAWN)

    came = let_in(event, staff, Newcomer(first_name="Ана", last_name="Јовић", school=school))

    assert (came.booking.person, came.booking.state) == (left.person, State.PLACED)
    assert scenes.state(left) == State.WITHDRAWN


def test_two_of_one_name_in_a_school_are_not_guessed(staff, clock):
    school = SchoolFactory()
    pair = [known(school=school), known(school=school)]

    came = let_in(
        days.going_on(), staff, Newcomer(first_name="Ана", last_name="Јовић", school=school)
    )

    assert came.booking.person not in pair


def test_an_address_of_somebody_of_another_name_is_refused_beside_its_field(staff, clock):
    PersonFactory(user__email="drugi@example.org")

    with pytest.raises(Refusal, match="somebody of another name") as refused:
        let_in(
            days.going_on(),
            staff,
            Newcomer(first_name="Ана", last_name="Јовић", email="drugi@example.org"),
        )

    assert refused.value.field == "email"
    assert not Person.objects.filter(first_name="Ана").exists()


def test_who_may(clock):
    event = days.going_on()
    for user in (UserFactory(), days.another_trainer()):
        with pytest.raises(Refusal, match="Only the Centre's staff and the trainers"):
            let_in(event, user)

    assert let_in(event, days.trainer_of(event)).booking.state == State.PLACED
