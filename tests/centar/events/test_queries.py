"""Reads for pages and for the worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from centar.events import queries
from centar.events.models import Booking, Event
from centar.events.operations import bookings, turns
from tests.centar.events import scenes
from tests.factories.events import BookingFactory, EventFactory
from tests.factories.people import PersonFactory, UserFactory

State = Booking.State
pytestmark = pytest.mark.django_db


def test_seats_and_turns_are_counted_together(staff):
    event = EventFactory(capacity=2)
    leaves, _, _, _ = scenes.crowd(event, 4)
    bookings.withdraw(booking_id=leaves.pk, by=staff)
    EventFactory()

    counted = Event.objects.with_seats().order_by("pk")

    assert [(one.held, one.waiting) for one in counted] == [(2, 1), (0, 0)]


@pytest.mark.parametrize(
    ("capacity", "held", "waiting", "full"),
    [
        (None, 9, 0, False),
        (0, 0, 0, True),
        (2, 1, 0, False),
        (2, 2, 0, True),
        (2, 1, 1, True),  # a party waits before the free seat
        (2, 3, 0, True),
    ],
)
def test_an_event_is_full_when_a_newcomer_would_wait(capacity, held, waiting, full):
    event = Event(capacity=capacity)
    event.held_count, event.waiting_count = held, waiting

    assert event.is_full is full


def test_a_turn_counts_those_before_and_all():
    event = EventFactory(capacity=1)
    _, *waiting = scenes.crowd(event, 4)
    scenes.crowd(EventFactory(capacity=0), 2)

    found = [queries.turn(booking) for booking in waiting]

    assert found == [queries.Turn(position, 3) for position in (1, 2, 3)]


def test_turns_are_those_of_the_queue_after_a_reorder(staff):
    event = EventFactory(capacity=0)
    made = scenes.crowd(event, 3)
    turns.reorder(booking_id=made[2].pk, position=1, by=staff, reason="Замена.")
    fresh = list(event.bookings.order_by("pk"))

    assert queries.turns(fresh) == {
        made[0].pk: queries.Turn(2, 3),
        made[1].pk: queries.Turn(3, 3),
        made[2].pk: queries.Turn(1, 3),
    }
    assert [queries.turn(booking) for booking in fresh] == list(queries.turns(fresh).values())


def test_whoever_was_let_in_meanwhile_has_no_turn_and_breaks_no_page(staff):
    event, other = EventFactory(capacity=1), EventFactory(capacity=0)
    placed, read_before, behind = scenes.crowd(event, 3)
    alone = scenes.enrolled(other)
    bookings.withdraw(booking_id=placed.pk, by=staff)
    scenes.resized(other, 1, staff)

    assert queries.turns([read_before, behind, alone]) == {behind.pk: queries.Turn(1, 1)}


def test_without_anybody_waiting_no_queue_is_read(django_assert_num_queries):
    placed = scenes.enrolled(EventFactory())

    with django_assert_num_queries(0):
        assert queries.turns([placed]) == {}


class TestMyBookings:
    """A person's bookings, sorted for "my page"."""

    @pytest.fixture
    def person(self):
        return PersonFactory()

    def test_each_stands_in_its_section(self, person, staff):
        now = timezone.now()
        offer_event = EventFactory(title="понуда", capacity=1)
        first = scenes.enrolled(offer_event)
        scenes.enrolled(offer_event, person)
        bookings.withdraw(booking_id=first.pk, by=staff)
        scenes.enrolled(EventFactory(title="место"), person)
        scenes.enrolled(EventFactory(title="ред", capacity=0), person)
        declined = scenes.enrolled(EventFactory(title="одустао"), person)
        bookings.withdraw(booking_id=declined.pk, by=staff)
        for title, state in (("био", State.PLACED), ("чекао", State.WAITING)):
            over = EventFactory(title=title, starts_at=now - timedelta(days=2))
            BookingFactory(event=over, person=person, state=state)

        mine = queries.bookings_of(person, now)

        def titles(section):
            return [one.booking.event.title for one in section]

        assert titles(mine.offers) == ["понуда"]
        assert titles(mine.coming) == ["место"]
        assert titles(mine.waiting) == ["ред"]
        assert sorted(titles(mine.past)) == ["био", "одустао", "чекао"]
        assert mine.waiting[0].turn == queries.Turn(1, 1)

    def test_the_soonest_is_first_and_the_latest_past_is_first(self, person):
        now = timezone.now()
        for days in (9, 3, 6, -9, -3, -6):
            event = EventFactory(title=str(days), starts_at=now + timedelta(days=days))
            BookingFactory(event=event, person=person)

        mine = queries.bookings_of(person, now)

        assert [one.booking.event.title for one in mine.coming] == ["3", "6", "9"]
        assert [one.booking.event.title for one in mine.past] == ["-3", "-6", "-9"]

    def test_what_goes_on_now_is_still_coming(self, person):
        event = EventFactory(starts_at=timezone.now() - timedelta(hours=1))
        BookingFactory(event=event, person=person)

        assert len(queries.bookings_of(person, timezone.now()).coming) == 1

    @pytest.mark.parametrize("number", [1, 3])
    def test_three_cost_as_many_queries_as_one(self, number, person, django_assert_num_queries):
        for _ in range(number):
            scenes.enrolled(EventFactory(capacity=0), person)

        with django_assert_num_queries(2):
            queries.bookings_of(person, timezone.now())


def test_the_live_booking_is_found_and_an_ended_one_is_not(staff):
    event = EventFactory()
    booking = scenes.enrolled(event)
    assert queries.live_booking(event, booking.person) == booking

    bookings.withdraw(booking_id=booking.pk, by=staff)

    assert queries.live_booking(event, booking.person) is None
    assert queries.live_booking(event, None) is None


def test_events_with_overdue_offers_are_named_once():
    now = timezone.now()
    event = EventFactory()
    for until in (now, now - timedelta(hours=1), now + timedelta(microseconds=1)):
        BookingFactory(event=event, state=State.OFFERED, offered_until=until)
    BookingFactory(state=State.OFFERED, offered_until=now + timedelta(microseconds=1))

    assert queries.events_with_overdue_offers(now) == [event.pk]


@pytest.mark.parametrize(
    ("facts", "reminded"),
    [
        ({"starts_at": timedelta(days=2)}, True),
        ({"starts_at": timedelta(days=2, microseconds=1)}, False),
        ({"starts_at": timedelta(microseconds=1)}, True),
        ({"starts_at": timedelta()}, False),
        ({"starts_at": timedelta(days=6), "reminder_days": 7}, True),
        ({"starts_at": timedelta(hours=1), "reminder_days": 0}, False),
        ({"starts_at": timedelta(days=1), "state": Event.State.CLOSED}, True),
        ({"starts_at": timedelta(days=1), "state": Event.State.DRAFT}, False),
    ],
    ids=str,
)
def test_people_are_reminded_their_events_own_days_before(facts, reminded, clock):
    now = timezone.now()
    event = EventFactory(**{**facts, "starts_at": now + facts["starts_at"]})
    booking = BookingFactory(event=event)
    for state in (State.WAITING, State.OFFERED, State.WITHDRAWN):
        BookingFactory(event=event, state=state)

    assert queries.bookings_to_remind(now) == ([booking] if reminded else [])


@pytest.mark.parametrize(
    "start",
    # The mornings after the clocks were moved: two days before is 48 hours before.
    [datetime(2027, 3, 28, 8, 0, tzinfo=UTC), datetime(2027, 10, 31, 9, 0, tzinfo=UTC)],
)
def test_over_a_change_of_the_clocks_two_days_are_48_hours(start):
    booking = BookingFactory(event=EventFactory(starts_at=start))
    before = start - timedelta(hours=48)

    assert queries.bookings_to_remind(before - timedelta(microseconds=1)) == []
    assert queries.bookings_to_remind(before) == [booking]


def test_offers_about_to_expire_come_in_the_order_of_their_ends():
    now = timezone.now()
    later, sooner, _ = (
        BookingFactory(state=State.OFFERED, offered_until=now + timedelta(hours=hours))
        for hours in (5, 2, 7)
    )

    assert queries.offers_about_to_expire(now, timedelta(hours=6)) == [sooner, later]


@pytest.mark.parametrize(
    ("facts", "listed"),
    [
        ({}, True),
        ({"minimum": 2}, False),
        ({"state": Event.State.CLOSED}, True),
        ({"state": Event.State.DRAFT}, False),
        ({"confirmed_at": timedelta()}, False),
        ({"starts_at": timedelta(days=22)}, False),
        ({"starts_at": timedelta(days=-1)}, False),
    ],
    ids=str,
)
def test_small_groups_that_start_soon_are_work(facts, listed):
    now = timezone.now()
    moments = {name: now + value for name, value in facts.items() if isinstance(value, timedelta)}
    standard = {"minimum": 3, "starts_at": now + timedelta(days=20)}
    event = EventFactory(**{**standard, **facts, **moments})
    BookingFactory.create_batch(2, event=event)
    BookingFactory(event=event, state=State.WAITING)

    found = queries.below_minimum(Event.objects.with_seats(), now)

    assert list(found) == ([event] if listed else [])


def test_drafts_are_seen_only_by_those_who_see_events(staff):
    draft = EventFactory(state=Event.State.DRAFT)
    public = EventFactory()

    assert set(Event.objects.visible_to(staff)) == {draft, public}
    for user in (UserFactory(), AnonymousUser(), None):
        assert list(Event.objects.visible_to(user)) == [public]


def test_nobody_has_bookings_of_ones_own():
    booking = BookingFactory()
    BookingFactory()

    assert list(Booking.objects.of(booking.person.user)) == [booking]
    for user in (UserFactory(), AnonymousUser(), None):
        assert list(Booking.objects.of(user)) == []


def test_what_has_not_ended_is_coming():
    now = timezone.now()
    EventFactory(starts_at=now - timedelta(days=1))
    on_now = EventFactory(starts_at=now - timedelta(hours=1))
    ahead = EventFactory()

    assert list(Event.objects.coming(now).order_by("pk")) == [on_now, ahead]
