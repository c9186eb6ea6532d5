"""What the database itself refuses, whoever writes past the operations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from centar.events import locks
from centar.events.models import Booking, CalendarToken, Event, Meeting
from tests.factories.events import BookingFactory, EventFactory, MeetingFactory

State = Booking.State
pytestmark = pytest.mark.django_db


def refuses(constraint, write):
    """The write is refused by the database under this name."""
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        write()


@pytest.mark.parametrize("first", Booking.LIVE)
@pytest.mark.parametrize("second", Booking.LIVE)
def test_one_live_booking_of_a_person_at_an_event(first, second):
    made = BookingFactory(state=first)

    refuses(
        "events_one_live_booking",
        lambda: BookingFactory(event=made.event, person=made.person, state=second),
    )


def test_ended_bookings_stay_beside_a_live_one():
    made = BookingFactory()
    for state in Booking.ENDED:
        BookingFactory(event=made.event, person=made.person, state=state)

    assert made.event.bookings.count() == 1 + len(Booking.ENDED)


@pytest.mark.parametrize(
    ("constraint", "state", "facts"),
    [
        ("events_offer_has_its_end", State.OFFERED, {"offered_until": None}),
        ("events_offer_has_its_end", State.PLACED, {"offered_until": timezone.now()}),
        ("events_offer_has_its_end", State.WAITING, {"offered_until": timezone.now()}),
        ("events_offer_has_its_end", State.EXPIRED, {"offered_until": timezone.now()}),
        ("events_placed_has_its_moment", State.PLACED, {"placed_at": None}),
        ("events_ended_has_its_moment", State.WITHDRAWN, {"ended_at": None}),
        ("events_ended_has_its_moment", State.DECLINED, {"ended_at": None}),
        ("events_ended_has_its_moment", State.EXPIRED, {"ended_at": None}),
        ("events_ended_has_its_moment", State.CANCELLED, {"ended_at": None}),
        ("events_ended_has_its_moment", State.PLACED, {"ended_at": timezone.now()}),
        ("events_ended_has_its_moment", State.WAITING, {"ended_at": timezone.now()}),
        ("events_ended_has_its_moment", State.OFFERED, {"ended_at": timezone.now()}),
    ],
)
def test_a_state_of_a_booking_goes_with_its_moments(constraint, state, facts):
    refuses(constraint, lambda: BookingFactory(state=state, **facts))


def test_a_live_booking_was_ended_by_nobody():
    made = BookingFactory()

    refuses(
        "events_ended_has_its_moment",
        lambda: Booking.objects.filter(pk=made.pk).update(ended_by=made.person.user),
    )


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("events_cancelled_has_its_moment", {"state": Event.State.CANCELLED}),
        ("events_cancelled_has_its_moment", {"cancelled_at": timezone.now()}),
        ("events_cancelled_has_its_moment", {"cancel_reason": "Без разлога."}),
        ("events_published_has_a_day", {"starts_at": None, "ends_at": None}),
        ("events_offer_lasts_some_time", {"offer_hours": 0}),
        ("events_event_capacity_check", {"capacity": -1}),
    ],
)
def test_the_facts_of_an_event_agree(constraint, facts):
    event = EventFactory()

    refuses(constraint, lambda: Event.objects.filter(pk=event.pk).update(**facts))


def test_an_event_ends_after_it_starts():
    event = EventFactory()

    refuses(
        "events_ends_after_start",
        lambda: Event.objects.filter(pk=event.pk).update(ends_at=event.starts_at),
    )


def test_registration_closes_after_it_opens():
    now = timezone.now()

    refuses(
        "events_registration_closes_after_opening",
        lambda: EventFactory(registration_opens_at=now, registration_closes_at=now),
    )


def test_a_meeting_ends_after_it_starts():
    now = timezone.now()

    refuses("events_meeting_ends_after_start", lambda: MeetingFactory(starts_at=now, ends_at=now))


def test_a_person_has_one_live_calendar_address():
    person = BookingFactory().person
    CalendarToken.objects.create(person=person, revoked_at=timezone.now())
    CalendarToken.objects.create(person=person)

    refuses("events_one_live_calendar_address", lambda: CalendarToken.objects.create(person=person))


def test_whoever_has_a_booking_is_not_deleted_and_neither_is_its_event():
    made = BookingFactory()

    for row in (made.person, made.event):
        with pytest.raises(ProtectedError):
            row.delete()


def test_two_events_have_two_calendar_identities():
    first, second = EventFactory.create_batch(2)

    refuses(
        "events_event_uid_key",
        lambda: Event.objects.filter(pk=first.pk).update(uid=second.uid),
    )


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_refused_outside_a_transaction():
    event = EventFactory()

    with pytest.raises(transaction.TransactionManagementError, match="lock_event"):
        locks.lock_event(event.pk)


def test_a_locked_event_is_the_row_of_this_moment():
    stale = EventFactory(capacity=3)
    Event.objects.filter(pk=stale.pk).update(capacity=4)

    assert locks.lock_event(stale.pk).capacity == 4


def test_several_events_are_given_in_the_order_they_were_asked_for():
    first, second = EventFactory.create_batch(2)

    assert locks.lock_events(second.pk, first.pk, second.pk) == [second, first, second]


def test_a_meeting_of_one_minute_is_enough():
    start = timezone.now()

    made = MeetingFactory(starts_at=start, ends_at=start + timedelta(minutes=1))

    assert Meeting.objects.get() == made
