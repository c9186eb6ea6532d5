"""What follows from an edit of an event or of its days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events import jobs, locks
from centar.events.models import Booking, Event
from centar.events.operations import bookings, schedule
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.centar.events import scenes
from tests.factories.events import EventFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@transaction.atomic
def edited(event, by, **changes):
    """The staff change fields of the event, as the back office does it."""
    before = schedule.plan_of(event)
    row = locks.lock_event(event.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return schedule.revised(event_id=event.pk, before=before, by=by)


@transaction.atomic
def with_another_day(event, starts_at, by):
    """The staff add a day."""
    before = schedule.plan_of(event)
    locks.lock_event(event.pk)
    MeetingFactory(event=event, starts_at=starts_at)
    return schedule.revised(event_id=event.pk, before=before, by=by)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Нови наслов"},
        {"place": "ОШ „Мома Станојловић“"},
        {"address": "Кнеза Милоша 5"},
        {"online_link": "https://sastanak.example.org/1"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_plan_moves_calendars_and_is_told_to_everyone(change, staff, clock):
    event = EventFactory(capacity=1)
    leaves, offered, waiting = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=leaves.pk, by=staff)
    clock.shift(timedelta(hours=1))

    edited(event, staff, **change)

    event.refresh_from_db()
    assert (event.sequence, event.changed_at) == (1, timezone.now())
    assert [scenes.letters_to(booking)[-1] for booking in (leaves, offered, waiting)] == [
        "events.withdrawn",
        "events.changed",
        "events.changed",
    ]
    assert Entry.objects.get(action="events.revise").detail == {"plan_changed": True}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"capacity": 9},
        {"minimum": 4},
        {"offer_hours": 12},
        {"asks_birth": True},
        {"withdraw_until": timezone.now()},
    ],
    ids=lambda change: next(iter(change), "nothing"),
)
def test_what_no_calendar_shows_is_told_to_nobody(change, staff, clock):
    event = EventFactory(capacity=5)
    placed = scenes.enrolled(event)
    before = event.changed_at
    clock.shift(timedelta(hours=1))

    edited(event, staff, **change)

    event.refresh_from_db()
    assert (event.sequence, event.changed_at) == (0, before)
    assert scenes.letters_to(placed) == ["events.placed"]
    assert Entry.objects.get(action="events.revise").detail == {"plan_changed": False}


def test_the_first_and_the_last_day_follow_the_meetings(staff):
    event = EventFactory()
    later = event.starts_at + timedelta(days=7)
    with_another_day(event, later, staff)

    event.refresh_from_db()
    day = event.meetings.last()
    assert (event.starts_at, event.ends_at) == (event.meetings.first().starts_at, day.ends_at)
    assert event.sequence == 1


def test_a_moved_day_is_a_changed_plan(staff):
    event = EventFactory()
    placed = scenes.enrolled(event)
    later = event.starts_at + timedelta(days=7)

    scenes.moved(event, later, staff)

    event.refresh_from_db()
    assert (event.starts_at, event.sequence) == (later, 1)
    assert scenes.letters_to(placed) == ["events.placed", "events.changed"]


@transaction.atomic
def without_days(event, by):
    """The staff remove all days."""
    before = schedule.plan_of(event)
    locks.lock_event(event.pk)
    event.meetings.all().delete()
    return schedule.revised(event_id=event.pk, before=before, by=by)


def test_a_published_event_keeps_at_least_one_day(staff):
    event = EventFactory()

    with pytest.raises(Refusal, match=r"^A published event needs at least one meeting\.$"):
        without_days(event, staff)

    assert event.meetings.count() == 1


def test_a_draft_may_lose_all_its_days(staff):
    event = EventFactory(state=Event.State.DRAFT)

    without_days(event, staff)

    event.refresh_from_db()
    assert (event.starts_at, event.ends_at) == (None, None)


def test_an_edited_draft_writes_to_nobody(staff):
    event = EventFactory(state=Event.State.DRAFT)

    edited(event, staff, title="Нови наслов")

    assert Letter.objects.count() == 0


def test_places_cannot_go_below_those_held(staff):
    event = EventFactory(capacity=2)
    leaves, placed, offered, _ = scenes.crowd(event, 4)
    bookings.withdraw(booking_id=leaves.pk, by=staff)

    with pytest.raises(Refusal) as refusal:
        scenes.resized(event, 1, staff)

    assert str(refusal.value) == "2 places are already taken; there cannot be fewer."
    assert refusal.value.field == "capacity"
    event.refresh_from_db()
    assert event.capacity == 2
    assert scenes.states(placed, offered) == [Booking.State.PLACED, Booking.State.OFFERED]


def test_places_may_go_down_to_those_held_and_up_to_no_limit(staff):
    event = EventFactory(capacity=5)
    scenes.crowd(event, 2)

    for capacity in (2, None, 2):
        scenes.resized(event, capacity, staff)

    event.refresh_from_db()
    assert event.capacity == 2


def test_closing_right_after_a_change_does_not_swallow_the_letter_about_it(staff, mailoutbox):
    event = EventFactory()
    placed = scenes.enrolled(event)
    edited(event, staff, place="Нова сала")
    schedule.close(event_id=event.pk, by=staff)

    outbox.deliver_due()

    letter = Letter.objects.get(kind="events.changed", object_id=placed.pk)
    assert (letter.state, letter.error) == (Letter.State.SENT, "")


def test_closing_does_not_remind_twice(staff, clock):
    event = EventFactory(starts_at=timezone.now() + timedelta(days=1))
    placed = scenes.enrolled(event)
    jobs.queue_reminders()
    schedule.close(event_id=event.pk, by=staff)

    jobs.queue_reminders()

    assert scenes.letters_to(placed) == ["events.placed", "events.reminder"]
