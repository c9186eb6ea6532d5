"""Counters that the database raises: revisions for editors, changes of seats for kept pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from centar.audit.models import Stamp
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from tests.centar.events import scenes
from tests.factories.events import BookingFactory, EventFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def counters(event):
    """The revision of the event and its changes of seats."""
    return Event.objects.values_list("revision", "seats_changes").get(pk=event.pk)


def test_a_booking_changes_seats_and_not_the_revision_of_the_event():
    event = EventFactory(capacity=1)
    assert counters(event) == (1, 0)

    made = scenes.enrolled(event)
    assert counters(event) == (1, 1)

    bookings.withdraw(booking_id=made.pk, by=made.created_by)
    assert counters(event) == (1, 2)


def test_a_deleted_booking_changes_seats():
    made = BookingFactory()

    Booking.objects.all().delete()

    assert counters(made.event) == (1, 2)


def test_one_statement_over_many_bookings_counts_once():
    event = EventFactory()
    BookingFactory.create_batch(3, event=event)
    before = counters(event)

    event.bookings.update(note="Нема.")

    assert counters(event) == (before[0], before[1] + 1)


def test_a_statement_over_two_events_counts_for_both():
    first, second = BookingFactory.create_batch(2)

    Booking.objects.update(note="Нема.")

    assert [counters(made.event) for made in (first, second)] == [(1, 2), (1, 2)]


def test_a_statement_that_finds_nothing_counts_nothing():
    event = EventFactory()

    Booking.objects.filter(event=event).update(note="Нема.")

    assert counters(event) == (1, 0)


def test_an_edit_raises_the_revision_whichever_way_it_comes():
    event = EventFactory()

    event.save()
    assert counters(event) == (2, 0)

    Event.objects.filter(pk=event.pk).update(title="Други наслов")
    assert counters(event) == (3, 0)

    Event.objects.bulk_update([event], ["title"])
    assert counters(event) == (4, 0)


def test_a_full_save_of_a_stale_event_lowers_no_counter():
    stale = EventFactory(capacity=5)
    scenes.crowd(stale, 3)
    Event.objects.filter(pk=stale.pk).update(title="Други наслов")
    assert counters(stale) == (2, 3)

    stale.save()

    assert counters(stale) == (3, 3)


def test_nobody_sets_a_counter_by_hand():
    event = EventFactory()
    scenes.enrolled(event)

    Event.objects.filter(pk=event.pk).update(revision=900, seats_changes=900)

    assert counters(event) == (2, 1)


def test_a_booking_counts_its_own_changes():
    made = scenes.enrolled(EventFactory())

    bookings.withdraw(booking_id=made.pk, by=made.created_by)

    made.refresh_from_db()
    assert made.revision == 2


def test_a_changed_day_changes_what_kept_pages_are_true_for():
    meeting = MeetingFactory()
    before = Stamp.objects.get(table="events_meeting").changes

    meeting.ends_at += timedelta(hours=1)
    meeting.save()
    meeting.delete()

    assert Stamp.objects.get(table="events_meeting").changes == before + 2
