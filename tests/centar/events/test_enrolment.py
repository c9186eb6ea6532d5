"""Registering one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import CoordinationFactory, PersonFactory, UserFactory

State = Booking.State
OWN_PEOPLE_ONLY = "You may register yourself and, as a coordinator, the people of your school."
pytestmark = pytest.mark.django_db


def refused(event, person=None, by=None):
    """The sentence with which a registration is refused."""
    person = person or PersonFactory()
    with pytest.raises(Refusal) as refusal:
        bookings.enrol(event_id=event.pk, person=person, by=by or person.user)
    return str(refusal.value)


def test_the_first_people_get_places_and_the_next_ones_turns():
    event = EventFactory(capacity=2)

    made = scenes.crowd(event, 4)

    assert scenes.states(*made) == [State.PLACED, State.PLACED, State.WAITING, State.WAITING]
    assert scenes.queue(event) == [made[2].pk, made[3].pk]


def test_a_place_is_written_down_with_its_moments(clock):
    event = EventFactory(capacity=1)
    person = PersonFactory()

    made = bookings.enrol(event_id=event.pk, person=person, by=person.user, note="Доћи ћу касније.")

    made.refresh_from_db()
    now = timezone.now()
    assert (made.state, made.placed_at, made.created_at, made.queued_at) == (
        State.PLACED,
        now,
        now,
        now,
    )
    assert (made.offered_at, made.offered_until, made.ended_at) == (None, None, None)
    assert (made.created_by, made.note) == (person.user, "Доћи ћу касније.")


def test_a_place_is_told_by_one_letter_and_recorded_once():
    made = scenes.enrolled(EventFactory(capacity=1))

    assert scenes.letters_to(made) == ["events.placed"]
    assert scenes.trail() == [("events.enrol", made.created_by_id, "")]


def test_a_turn_is_told_by_a_letter_of_its_own():
    event = EventFactory(capacity=0)

    made = scenes.enrolled(event)

    assert scenes.letters_to(made) == ["events.waiting"]


def test_with_no_places_at_all_everybody_waits():
    made = scenes.crowd(EventFactory(capacity=0), 3)

    assert scenes.states(*made) == [State.WAITING] * 3


def test_without_a_limit_everybody_gets_a_place():
    made = scenes.crowd(EventFactory(capacity=None), 5)

    assert scenes.states(*made) == [State.PLACED] * 5


def test_an_offer_holds_its_seat_against_a_newcomer():
    event = EventFactory(capacity=1)
    first, second = scenes.crowd(event, 2)
    bookings.withdraw(booking_id=first.pk, by=first.created_by)

    newcomer = scenes.enrolled(event)

    assert scenes.states(second, newcomer) == [State.OFFERED, State.WAITING]


def test_a_newcomer_never_overtakes_the_queue():
    """A seat freed past the operations is first offered to whoever waits."""
    event = EventFactory(capacity=1)
    waiting = scenes.crowd(event, 3)[1:]
    Event.objects.filter(pk=event.pk).update(capacity=2)

    newcomer = scenes.enrolled(event)

    assert scenes.states(*waiting, newcomer) == [State.OFFERED, State.WAITING, State.WAITING]


def test_a_second_registration_is_refused_and_changes_nothing():
    event = EventFactory(capacity=5)
    made = scenes.enrolled(event)
    before = (scenes.letters(), scenes.trail())

    assert refused(event, made.person) == "You are already registered for this event."

    assert event.bookings.count() == 1
    assert (scenes.letters(), scenes.trail()) == before


@pytest.mark.parametrize("ended", sorted(Booking.ENDED))
def test_whoever_has_left_may_come_back_as_a_newcomer(ended):
    event = EventFactory(capacity=1)
    person = PersonFactory()
    Booking.objects.create(
        event=event,
        person=person,
        state=ended,
        queued_at=timezone.now(),
        ended_at=timezone.now(),
    )

    again = scenes.enrolled(event, person)

    assert scenes.state(again) == State.PLACED
    assert event.bookings.filter(person=person).count() == 2


def test_a_draft_takes_nobody(staff):
    event = EventFactory(state=Event.State.DRAFT)

    assert refused(event) == "This event is not published yet."
    assert refused(event, by=staff) == "This event is not published yet."


def test_a_cancelled_event_takes_nobody(staff):
    event = EventFactory(state=Event.State.CANCELLED, cancelled_at=timezone.now())

    assert refused(event) == "This event is cancelled."
    assert refused(event, by=staff) == "This event is cancelled."


def test_an_event_that_is_over_takes_nobody(staff, clock):
    event = EventFactory()
    clock.move_to(event.ends_at)

    assert refused(event) == "This event is over."
    assert refused(event, by=staff) == "This event is over."


def test_once_it_has_begun_only_the_staff_let_people_in(staff, clock):
    event = EventFactory(capacity=5)
    clock.move_to(event.starts_at)

    assert refused(event) == "This event has begun; registration is closed."
    made = bookings.enrol(event_id=event.pk, person=PersonFactory(), by=staff)
    assert scenes.state(made) == State.PLACED


def test_the_staff_register_people_after_the_deadline_and_after_closing(staff, clock):
    deadline = timezone.now() + timedelta(days=5)
    event = EventFactory(state=Event.State.CLOSED, registration_closes_at=deadline)
    clock.move_to(deadline)

    made = bookings.enrol(event_id=event.pk, person=PersonFactory(), by=staff)

    assert scenes.state(made) == State.PLACED


def test_the_last_second_before_the_deadline_still_counts(clock):
    deadline = timezone.now() + timedelta(days=5)
    event = EventFactory(registration_closes_at=deadline)
    clock.move_to(deadline - timedelta(microseconds=1))

    assert scenes.state(scenes.enrolled(event)) == State.PLACED

    clock.move_to(deadline)
    assert refused(event) == "Registration closed on 6 February 2027 at 12:00."


def test_before_it_opens_the_day_of_opening_is_said(clock):
    opens = timezone.now() + timedelta(days=1)
    event = EventFactory(registration_opens_at=opens)

    assert refused(event) == "Registration opens on 2 February 2027 at 12:00."

    clock.move_to(opens)
    assert scenes.state(scenes.enrolled(event)) == State.PLACED


def test_closed_by_the_centre_says_so():
    event = EventFactory(state=Event.State.CLOSED)

    assert refused(event) == "The Centre has closed the registration."


def test_at_the_door_the_staff_fill_free_seats_past_those_who_stayed_at_home(staff, clock):
    """Once it has begun nobody is called from home any more."""
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)
    clock.move_to(event.starts_at)
    bookings.withdraw(booking_id=placed.pk, by=staff)

    made = bookings.enrol(event_id=event.pk, person=PersonFactory(), by=staff)

    assert scenes.states(waiting, made) == [State.WAITING, State.PLACED]


def test_at_the_door_of_a_full_event_even_the_staff_get_only_a_turn(staff, clock):
    event = EventFactory(capacity=1)
    scenes.enrolled(event)
    clock.move_to(event.starts_at)

    made = bookings.enrol(event_id=event.pk, person=PersonFactory(), by=staff)

    assert scenes.state(made) == State.WAITING


def test_a_person_without_an_address_is_registered_without_a_letter(staff):
    person = PersonFactory(user=None, contact_email="")

    made = bookings.enrol(event_id=EventFactory().pk, person=person, by=staff)

    assert scenes.state(made) == State.PLACED
    assert scenes.letters() == []


def test_nobody_registers_a_stranger():
    event = EventFactory()

    assert refused(event, by=UserFactory()) == OWN_PEOPLE_ONLY

    assert not event.bookings.exists()


def test_nobody_registers_without_an_account():
    event = EventFactory()

    with pytest.raises(Refusal, match=r"^Sign in to register\.$"):
        bookings.enrol(event_id=event.pk, person=PersonFactory(), by=None)

    assert not event.bookings.exists()


def test_a_coordinator_whose_time_is_over_registers_nobody():
    coordination = CoordinationFactory(ended_at=timezone.now() + timedelta(days=1))
    colleague = PersonFactory(school=coordination.school)

    sentence = refused(EventFactory(), colleague, by=coordination.person.user)

    assert sentence == OWN_PEOPLE_ONLY
