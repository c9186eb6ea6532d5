"""The life of an event: publish, close, reopen, confirm, cancel."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.events import states
from centar.events.models import Booking, Event
from centar.events.operations import bookings, schedule
from tests.centar.events import scenes
from tests.factories.events import EventFactory

State = Event.State
STEPS = {"publish": schedule.publish, "close": schedule.close, "reopen": schedule.reopen}
pytestmark = pytest.mark.django_db


def event_in(state):
    """An event in this state."""
    cancelled_at = timezone.now() if state == State.CANCELLED else None
    return EventFactory(state=state, cancelled_at=cancelled_at)


def refused(operation, **arguments):
    """The sentence with which a step is refused."""
    with pytest.raises(Refusal) as refusal:
        operation(**arguments)
    return str(refusal.value)


def cancel(event, by, reason="Предавач је болестан."):
    """Cancel with a reason."""
    return schedule.cancel(event_id=event.pk, by=by, reason=reason)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("action", ["publish", "close", "reopen", "cancel"])
def test_an_event_goes_only_where_the_table_leads(action, state, staff):
    event = event_in(state)
    target = states.after(action, state)
    arguments = {"reason": "Предавач је болестан."} if action == "cancel" else {}
    operation = {**STEPS, "cancel": schedule.cancel}[action]

    if target is None:
        sentence = refused(operation, event_id=event.pk, by=staff, **arguments)
        label = State(state).label
        assert sentence == f"This cannot be done while the event is in the state “{label}”."
        target = state
    else:
        operation(event_id=event.pk, by=staff, **arguments)

    event.refresh_from_db()
    assert event.state == target


@pytest.mark.parametrize("state", State.values)
def test_the_buttons_are_those_of_the_table(state):
    assert (
        states.actions_from(state)
        == {
            State.DRAFT: ["publish"],
            State.OPEN: ["close", "cancel"],
            State.CLOSED: ["reopen", "cancel"],
            State.CANCELLED: [],
        }[State(state)]
    )


def test_a_draft_without_a_day_is_not_published(staff):
    event = EventFactory(state=State.DRAFT, starts_at=None)

    sentence = refused(schedule.publish, event_id=event.pk, by=staff)

    assert sentence == "Add at least one meeting before publishing."


def test_a_draft_in_the_past_is_not_published(staff, clock):
    event = EventFactory(state=State.DRAFT)
    clock.move_to(event.starts_at)

    sentence = refused(schedule.publish, event_id=event.pk, by=staff)

    assert sentence == "The first meeting is in the past."


def test_the_waiting_list_of_a_closed_event_goes_on_moving(staff):
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)
    schedule.close(event_id=event.pk, by=staff)

    bookings.withdraw(booking_id=placed.pk, by=placed.person.user)
    bookings.accept(booking_id=waiting.pk, by=None)

    assert scenes.state(waiting) == Booking.State.PLACED


def test_a_reopened_event_takes_people_again(staff):
    event = EventFactory(state=State.CLOSED)
    schedule.reopen(event_id=event.pk, by=staff)

    assert scenes.state(scenes.enrolled(event)) == Booking.State.PLACED


@pytest.mark.parametrize("operation", [schedule.close, schedule.reopen, schedule.confirm_runs])
def test_what_no_calendar_shows_does_not_move_calendars(operation, staff, clock):
    state = State.CLOSED if operation is schedule.reopen else State.OPEN
    event = EventFactory(state=state)
    before = (event.sequence, event.changed_at)
    clock.shift(timedelta(days=1))

    operation(event_id=event.pk, by=staff)

    event.refresh_from_db()
    assert (event.sequence, event.changed_at) == before


def test_a_cancellation_moves_calendars(staff, clock):
    event = EventFactory()
    clock.shift(timedelta(days=1))

    cancel(event, staff)

    event.refresh_from_db()
    assert (event.sequence, event.changed_at) == (1, timezone.now())


def test_everybody_with_a_place_is_told_that_it_runs(staff, clock):
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)

    schedule.confirm_runs(event_id=event.pk, by=staff)

    event.refresh_from_db()
    assert (event.confirmed_at, event.confirmed_by) == (timezone.now(), staff)
    assert scenes.letters_to(placed) == ["events.placed", "events.runs"]
    assert scenes.letters_to(waiting) == ["events.waiting"]


def test_an_event_is_confirmed_once(staff):
    event = EventFactory()
    schedule.confirm_runs(event_id=event.pk, by=staff)

    sentence = refused(schedule.confirm_runs, event_id=event.pk, by=staff)

    assert sentence == "This event is confirmed already."


@pytest.mark.parametrize("state", [State.DRAFT, State.CANCELLED])
def test_only_a_published_event_is_confirmed(state, staff):
    sentence = refused(schedule.confirm_runs, event_id=event_in(state).pk, by=staff)

    assert sentence == "Only a published event can be confirmed."


def test_cancelling_ends_every_live_booking_and_tells_everyone(staff, clock):
    event = EventFactory(capacity=2)
    leaves, placed, offered, waiting = scenes.crowd(event, 4)
    bookings.withdraw(booking_id=leaves.pk, by=leaves.person.user)
    clock.shift(timedelta(hours=1))

    cancel(event, staff, reason="  Предавач је болестан.  ")

    event.refresh_from_db()
    assert (event.state, event.cancelled_at, event.cancelled_by, event.cancel_reason) == (
        State.CANCELLED,
        timezone.now(),
        staff,
        "Предавач је болестан.",
    )
    assert scenes.state(leaves) == Booking.State.WITHDRAWN
    for booking in (placed, offered, waiting):
        booking.refresh_from_db()
        assert (booking.state, booking.ended_at, booking.ended_by, booking.offered_until) == (
            Booking.State.CANCELLED,
            timezone.now(),
            staff,
            None,
        )
        assert scenes.letters_to(booking)[-1] == "events.cancelled"
    assert scenes.letters_to(leaves)[-1] == "events.withdrawn"


@pytest.mark.parametrize("reason", ["", " \n\t "])
def test_nothing_is_cancelled_without_a_reason(reason, staff):
    event = EventFactory()
    placed = scenes.enrolled(event)

    with pytest.raises(Refusal) as refusal:
        cancel(event, staff, reason=reason)

    assert str(refusal.value) == "Write the reason; everyone registered will read it."
    assert refusal.value.field == "reason"
    assert scenes.state(placed) == Booking.State.PLACED


def test_an_offer_of_a_cancelled_event_cannot_be_accepted(staff):
    event = EventFactory(capacity=1)
    placed, offered = scenes.crowd(event, 2)
    bookings.withdraw(booking_id=placed.pk, by=staff)
    cancel(event, staff)

    sentence = refused(bookings.accept, booking_id=offered.pk, by=None)

    assert sentence == "This event is cancelled."
