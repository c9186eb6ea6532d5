"""Many people want the last places of one event at the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events import locks, seating
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from centar.outbox.models import Letter
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory
from tests.races import crowds

State = Booking.State
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def newcomers(event, number):
    """People about to register, each by an own click."""
    people = PersonFactory.create_batch(number)
    return [
        partial(bookings.enrol, event_id=event.pk, person=person, by=person.user)
        for person in people
    ]


def in_state(event, state):
    """The bookings in this state, in the order of their turns."""
    return list(event.bookings.filter(state=state).order_by("queued_at", "pk"))


def test_sixty_people_for_the_last_thirty_places():
    event = EventFactory(capacity=30)

    outcomes = crowds.at_once(newcomers(event, 60))

    assert {type(outcome) for outcome in outcomes} == {Booking}
    placed, waiting = in_state(event, State.PLACED), in_state(event, State.WAITING)
    assert (len(placed), len(waiting)) == (30, 30)
    assert len({booking.person_id for booking in (*placed, *waiting)}) == 60
    assert max(booking.queued_at for booking in placed) < waiting[0].queued_at
    assert len({booking.queued_at for booking in waiting}) == 30
    kinds = list(Letter.objects.order_by("kind").values_list("kind", flat=True))
    assert kinds == ["events.placed"] * 30 + ["events.waiting"] * 30
    assert Entry.objects.filter(action="events.enrol").count() == 60
    assert Event.objects.get(pk=event.pk).seats_changes == 60


def test_without_the_lock_the_same_sixty_people_oversell(monkeypatch):
    """The control: everybody counts before anybody writes."""
    event = EventFactory(capacity=30)
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    monkeypatch.setattr(seating, "seat", crowds.met(60, seating.seat))

    crowds.at_once(newcomers(event, 60))

    assert len(in_state(event, State.PLACED)) == 60


def test_withdrawals_and_more_places_at_the_same_moment(staff):
    event = EventFactory(capacity=30)
    made = scenes.crowd(event, 40)
    placed, waited = made[:30], made[30:]
    leaving = [
        partial(bookings.withdraw, booking_id=booking.pk, by=booking.created_by)
        for booking in placed[:10]
    ]

    outcomes = crowds.at_once(
        [*newcomers(event, 20), *leaving, partial(scenes.resized, event, 35, staff)]
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert event.bookings.holding().count() == 35
    assert scenes.states(*placed[:10]) == [State.WITHDRAWN] * 10
    assert scenes.states(*placed[10:]) == [State.PLACED] * 20
    assert scenes.states(*waited) == [State.OFFERED] * 10
    new = list(event.bookings.exclude(pk__in=[b.pk for b in made]).order_by("queued_at", "pk"))
    assert [booking.state in Booking.HOLDING for booking in new] == [True] * 5 + [False] * 15


def test_everybody_gives_the_place_back_while_everybody_wants_one():
    event = EventFactory(capacity=20)
    placed = scenes.crowd(event, 20)
    leaving = [
        partial(bookings.withdraw, booking_id=booking.pk, by=booking.created_by)
        for booking in placed
    ]

    outcomes = crowds.at_once([*leaving, *newcomers(event, 30)])

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert event.bookings.holding().count() == 20
    assert event.bookings.live().count() == 30
    assert event.bookings.count() == 50


def test_two_editors_of_the_number_of_places_and_people_who_register(staff):
    """Whoever comes second is judged by what the first one left."""
    event = EventFactory(capacity=20)
    scenes.crowd(event, 5)
    edits = [partial(scenes.resized, event, capacity, staff) for capacity in (6, 7, 6, 7)]

    outcomes = crowds.at_once([*edits, *newcomers(event, 16)])

    failed = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert {type(outcome) for outcome in failed} <= {Refusal}
    capacity = Event.objects.get(pk=event.pk).capacity
    assert event.bookings.holding().count() <= capacity
    assert event.bookings.live().count() == 21


def test_an_editor_without_the_lock_goes_below_the_places_taken(staff, monkeypatch):
    """The control: the places are checked, then somebody registers, then they are saved."""
    event = EventFactory(capacity=7)
    scenes.crowd(event, 6)
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    monkeypatch.setattr(
        scenes.schedule,
        "check_capacity",
        _then(scenes.schedule.check_capacity, newcomers(event, 1)[0]),
    )

    scenes.resized(event, 6, staff)

    assert event.bookings.holding().count() == 7
    assert Event.objects.get(pk=event.pk).capacity == 6


def _then(check, deed):
    """The check, and right after it the deed of somebody else."""

    def checked(*args):
        check(*args)
        [outcome] = crowds.at_once([deed])
        assert isinstance(outcome, Booking)

    return checked
