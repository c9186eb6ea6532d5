"""People applied for together."""

from __future__ import annotations

import pytest

from centar.access import Refusal
from centar.events.models import Booking, BookingGroup
from centar.events.operations import bookings
from tests.centar.events import scenes
from tests.centar.events.scenes import SPLIT, TOGETHER
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory, UserFactory

State = Booking.State
pytestmark = pytest.mark.django_db


def refused(event, people, policy, by):
    """The sentence with which a group is refused; nothing of it may stay."""
    groups, rows = BookingGroup.objects.count(), event.bookings.count()
    before = (scenes.letters(), scenes.trail())
    with pytest.raises(Refusal) as refusal:
        bookings.enrol_group(event_id=event.pk, people=people, policy=policy, by=by)
    assert (BookingGroup.objects.count(), event.bookings.count()) == (groups, rows)
    assert (scenes.letters(), scenes.trail()) == before
    return str(refusal.value)


@pytest.mark.parametrize("policy", [TOGETHER, SPLIT])
def test_a_group_that_fits_gets_its_places_letters_and_one_record(policy, staff):
    event = EventFactory(capacity=3)

    made = scenes.group(event, 3, policy, staff)

    assert scenes.states(*made) == [State.PLACED] * 3
    assert scenes.letters() == ["events.placed"] * 3
    assert scenes.trail() == [("events.enrol_group", staff.pk, "")]
    assert {booking.group.policy for booking in made} == {policy}


def test_five_who_stay_together_do_not_take_three_seats(staff):
    event = EventFactory(capacity=5)
    scenes.crowd(event, 2)

    made = scenes.group(event, 5, TOGETHER, staff)

    assert scenes.states(*made) == [State.WAITING] * 5
    assert scenes.letters_to(made[0]) == ["events.waiting"]


def test_five_who_come_each_alone_take_the_three_seats_in_their_order(staff):
    event = EventFactory(capacity=5)
    scenes.crowd(event, 2)

    made = scenes.group(event, 5, SPLIT, staff)

    assert scenes.states(*made) == [State.PLACED] * 3 + [State.WAITING] * 2
    assert scenes.queue(event) == [booking.pk for booking in made[3:]]


def test_a_group_larger_than_the_event_is_refused_when_it_stays_together(staff):
    event = EventFactory(capacity=4)
    people = PersonFactory.create_batch(5)

    sentence = refused(event, people, TOGETHER, staff)

    assert sentence == "The group is larger than the whole event; choose “each alone”."
    bookings.enrol_group(event_id=event.pk, people=people, policy=SPLIT, by=staff)
    assert event.bookings.count() == 5


def test_an_empty_group_is_refused(staff):
    assert refused(EventFactory(), [], SPLIT, staff) == "Name at least one person."


def test_the_same_person_named_twice_refuses_the_whole_group(staff):
    person, other = PersonFactory.create_batch(2)

    sentence = refused(EventFactory(), [person, other, person], SPLIT, staff)

    assert sentence == "The same person is named twice."


def test_somebody_registered_already_refuses_the_whole_group_by_name(staff):
    event = EventFactory(capacity=1)
    scenes.enrolled(event)
    waiting = scenes.enrolled(event)

    sentence = refused(event, [PersonFactory(), waiting.person], SPLIT, staff)

    assert sentence == f"{waiting.person} is already registered."


def test_a_group_keeps_its_turn_until_all_fit(staff):
    event = EventFactory(capacity=3, max_overtakes=0)
    placed = scenes.crowd(event, 3)
    made = scenes.group(event, 2, TOGETHER, staff)
    behind = scenes.enrolled(event)

    bookings.withdraw(booking_id=placed[0].pk, by=staff)
    assert scenes.states(*made, behind) == [State.WAITING] * 3

    bookings.withdraw(booking_id=placed[1].pk, by=staff)
    assert scenes.states(*made, behind) == [State.OFFERED, State.OFFERED, State.WAITING]


def test_newcomers_pass_a_group_only_as_often_as_announced(staff):
    event = EventFactory(capacity=6, max_overtakes=2)
    scenes.crowd(event, 3)
    made = scenes.group(event, 4, TOGETHER, staff)

    newcomers = scenes.crowd(event, 3)

    assert scenes.states(*newcomers) == [State.PLACED, State.PLACED, State.WAITING]
    assert BookingGroup.objects.get().overtaken == 2
    assert scenes.queue(event) == [*(booking.pk for booking in made), newcomers[2].pk]


def test_a_group_that_shrinks_until_it_fits_is_called_at_once(staff):
    event = EventFactory(capacity=4)
    scenes.crowd(event, 2)
    made = scenes.group(event, 3, TOGETHER, staff)

    bookings.withdraw(booking_id=made[1].pk, by=staff)

    assert scenes.states(*made) == [State.OFFERED, State.WITHDRAWN, State.OFFERED]


def test_a_blocking_group_that_gives_up_lets_the_others_through(staff):
    event = EventFactory(capacity=3, max_overtakes=0)
    scenes.crowd(event, 2)
    made = scenes.group(event, 2, TOGETHER, staff)
    behind = scenes.enrolled(event)
    assert scenes.state(behind) == State.WAITING

    bookings.withdraw(booking_id=made[0].pk, by=staff)
    assert scenes.states(made[1], behind) == [State.OFFERED, State.WAITING]

    bookings.decline(booking_id=made[1].pk, by=None)
    assert scenes.state(behind) == State.OFFERED


def test_each_member_answers_the_offer_alone(staff):
    event = EventFactory(capacity=2)
    placed = scenes.crowd(event, 2)
    made = scenes.group(event, 2, TOGETHER, staff)
    for booking in placed:
        bookings.withdraw(booking_id=booking.pk, by=staff)
    behind = scenes.enrolled(event)

    bookings.accept(booking_id=made[0].pk, by=None)
    bookings.decline(booking_id=made[1].pk, by=None)

    assert scenes.states(*made, behind) == [State.PLACED, State.DECLINED, State.OFFERED]


def test_a_group_too_large_for_a_smaller_event_holds_nobody_up(staff):
    event = EventFactory(capacity=3, max_overtakes=0)
    placed = scenes.crowd(event, 3)
    made = scenes.group(event, 3, TOGETHER, staff)
    behind = scenes.enrolled(event)
    bookings.withdraw(booking_id=placed[0].pk, by=staff)
    assert scenes.state(behind) == State.WAITING

    scenes.resized(event, 2, staff)  # two are still placed
    bookings.withdraw(booking_id=placed[1].pk, by=staff)

    assert scenes.states(*made, behind) == [State.WAITING] * 3 + [State.OFFERED]


def test_a_coordinator_registers_the_people_of_the_own_school():
    coordinator = scenes.coordinator()

    made = scenes.group(EventFactory(), 2, TOGETHER, coordinator)

    assert scenes.states(*made) == [State.PLACED] * 2


@pytest.mark.parametrize("by", [UserFactory, scenes.coordinator])
def test_nobody_registers_the_people_of_another_school(by):
    sentence = refused(EventFactory(), PersonFactory.create_batch(2), SPLIT, by())

    assert sentence == (
        "You may register yourself and, as a coordinator, the people of your school."
    )


def test_nobody_registers_a_group_without_an_account():
    assert refused(EventFactory(), [PersonFactory()], SPLIT, None) == "Sign in to register."
