"""An offered place: held, accepted, declined, expired."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.events import jobs
from centar.events.models import Booking
from centar.events.operations import bookings
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import UserFactory

State = Booking.State
ANSWERS = [bookings.accept, bookings.decline]
pytestmark = pytest.mark.django_db


def offered(event, waiting=1):
    """A full event of one place whose seat was just freed: the offer, then those who wait."""
    placed, *queue = scenes.crowd(event, 1 + waiting)
    bookings.withdraw(booking_id=placed.pk, by=placed.person.user)
    queue[0].refresh_from_db()
    return queue


def refused(answer, booking, by=None):
    """The sentence with which an answer is refused."""
    with pytest.raises(Refusal) as refusal:
        answer(booking_id=booking.pk, by=by)
    return str(refusal.value)


def test_an_offer_lasts_as_many_hours_as_the_event_says(clock):
    event = EventFactory(capacity=1, offer_hours=36)

    offer, *_ = offered(event)

    assert (offer.state, offer.offered_at, offer.offered_until) == (
        State.OFFERED,
        timezone.now(),
        timezone.now() + timedelta(hours=36),
    )
    assert scenes.letters_to(offer) == ["events.waiting", "events.offered"]


def test_an_offer_never_lasts_past_the_start(clock):
    event = EventFactory(capacity=1, starts_at=timezone.now() + timedelta(hours=5))

    offer, *_ = offered(event)

    assert offer.offered_until == event.starts_at


@pytest.mark.parametrize(
    "before_the_change",
    # Last Sundays of March and October 2027, when the clocks on the wall are moved.
    [datetime(2027, 3, 27, 20, 0, tzinfo=UTC), datetime(2027, 10, 30, 20, 0, tzinfo=UTC)],
)
def test_over_a_change_of_the_clocks_an_offer_lasts_its_full_hours(clock, before_the_change):
    clock.move_to(before_the_change)
    offer, next_one = offered(EventFactory(capacity=1, offer_hours=12), waiting=2)

    clock.shift(timedelta(hours=12, microseconds=-1))
    jobs.settle_overdue_offers()
    assert scenes.states(offer, next_one) == [State.OFFERED, State.WAITING]

    clock.shift(timedelta(microseconds=1))
    jobs.settle_overdue_offers()
    assert scenes.states(offer, next_one) == [State.EXPIRED, State.OFFERED]


def test_accepting_gives_the_place_and_a_letter(clock):
    offer, *_ = offered(EventFactory(capacity=1))
    clock.shift(timedelta(hours=2))

    bookings.accept(booking_id=offer.pk, by=offer.person.user)

    offer.refresh_from_db()
    assert (offer.state, offer.placed_at, offer.offered_until) == (
        State.PLACED,
        timezone.now(),
        None,
    )
    assert scenes.letters_to(offer) == ["events.waiting", "events.offered", "events.placed"]
    assert scenes.trail()[-1] == ("events.accept", offer.person.user_id, "")


def test_declining_passes_the_place_on(clock):
    offer, next_one = offered(EventFactory(capacity=1), waiting=2)

    bookings.decline(booking_id=offer.pk, by=offer.person.user)

    offer.refresh_from_db()
    assert (offer.state, offer.ended_at, offer.ended_by, offer.offered_until) == (
        State.DECLINED,
        timezone.now(),
        offer.person.user,
        None,
    )
    assert scenes.state(next_one) == State.OFFERED
    assert scenes.trail()[-1] == ("events.decline", offer.person.user_id, "")


def test_the_link_of_the_letter_answers_without_a_name():
    offer, next_one = offered(EventFactory(capacity=1), waiting=2)

    bookings.decline(booking_id=offer.pk, by=None)
    bookings.accept(booking_id=next_one.pk, by=None)

    assert scenes.trail()[-2:] == [("events.decline", None, ""), ("events.accept", None, "")]


@pytest.mark.parametrize("answer", ANSWERS)
def test_answering_twice_is_one_answer(answer):
    offer, next_one = offered(EventFactory(capacity=1), waiting=2)
    answer(booking_id=offer.pk, by=None)
    before = (scenes.states(offer, next_one), scenes.letters(), scenes.trail())

    again = answer(booking_id=offer.pk, by=None)

    assert again.state == scenes.state(offer)
    assert (scenes.states(offer, next_one), scenes.letters(), scenes.trail()) == before


def test_what_was_accepted_is_given_back_by_withdrawing_not_by_declining():
    offer, *_ = offered(EventFactory(capacity=1))
    bookings.accept(booking_id=offer.pk, by=None)

    sentence = refused(bookings.decline, offer)

    assert sentence == "You have already accepted; the place is yours."
    assert scenes.state(offer) == State.PLACED


def test_what_was_declined_cannot_be_accepted():
    offer, *_ = offered(EventFactory(capacity=1))
    bookings.decline(booking_id=offer.pk, by=None)

    assert refused(bookings.accept, offer) == "You have already declined this place."


def test_withdrawing_an_accepted_place_does_not_offer_it_to_the_same_person_again():
    event = EventFactory(capacity=1)
    offer, *_ = offered(event)
    bookings.accept(booking_id=offer.pk, by=None)
    bookings.withdraw(booking_id=offer.pk, by=offer.person.user)

    assert refused(bookings.accept, offer) == "You have withdrawn from this event."
    assert not event.bookings.live().exists()


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_in_the_last_moment_counts_and_one_at_the_end_does_not(answer, clock):
    event = EventFactory(capacity=1)
    offer, *_ = offered(event)
    late, *_ = offered(EventFactory(capacity=1))
    ends = offer.offered_until

    clock.move_to(ends - timedelta(microseconds=1))
    answer(booking_id=offer.pk, by=None)
    clock.move_to(ends)
    sentence = refused(answer, late)

    assert sentence == "The time to answer has passed; the place went to the next person."


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_expired_offer_cannot_be_answered(answer, clock):
    offer, *_ = offered(EventFactory(capacity=1))
    clock.shift(timedelta(days=3))
    jobs.settle_overdue_offers()

    sentence = refused(answer, offer)

    assert sentence == "The time to answer has passed; the place went to the next person."


@pytest.mark.parametrize("answer", ANSWERS)
def test_whoever_waits_has_nothing_to_answer(answer):
    _, waiting = offered(EventFactory(capacity=1), waiting=2)

    assert refused(answer, waiting) == "You are on the waiting list; no place is free."


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_stranger_does_not_answer_for_another(answer, staff):
    offer, *_ = offered(EventFactory(capacity=1))

    assert refused(answer, offer, by=UserFactory()) == "This booking is not yours."
    assert scenes.state(offer) == State.OFFERED

    answer(booking_id=offer.pk, by=staff)
    assert scenes.state(offer) != State.OFFERED


def test_expiry_ends_the_offer_tells_both_and_is_recorded_once(clock):
    event = EventFactory(capacity=1)
    offer, next_one = offered(event, waiting=2)
    records = len(scenes.trail())
    clock.shift(timedelta(hours=48))

    assert jobs.settle_overdue_offers() == 1

    offer.refresh_from_db()
    assert (offer.state, offer.ended_at, offer.ended_by, offer.offered_until) == (
        State.EXPIRED,
        timezone.now(),
        None,
        None,
    )
    assert scenes.state(next_one) == State.OFFERED
    assert scenes.letters_to(offer)[-1] == "events.expired"
    assert scenes.letters_to(next_one)[-1] == "events.offered"
    assert scenes.trail()[records:] == [("events.settle_overdue", None, "")]


def test_expiring_again_does_nothing(clock):
    event = EventFactory(capacity=1)
    offered(event)
    clock.shift(timedelta(hours=48))
    bookings.settle_overdue(event.pk)
    before = (scenes.letters(), scenes.trail())

    bookings.settle_overdue(event.pk)

    assert (scenes.letters(), scenes.trail()) == before
    assert jobs.settle_overdue_offers() == 0


def test_any_operation_ends_an_overdue_offer_before_the_worker_does(clock):
    event = EventFactory(capacity=1)
    offer, *_ = offered(event)
    clock.shift(timedelta(hours=48))

    newcomer = scenes.enrolled(event)

    assert scenes.states(offer, newcomer) == [State.EXPIRED, State.PLACED]


def test_after_the_start_an_expired_offer_calls_nobody_from_home(clock):
    event = EventFactory(capacity=1, starts_at=timezone.now() + timedelta(hours=5))
    offer, waiting = offered(event, waiting=2)
    clock.move_to(event.starts_at)

    jobs.settle_overdue_offers()

    assert scenes.states(offer, waiting) == [State.EXPIRED, State.WAITING]


def test_an_event_brought_forward_shortens_its_offers(staff, clock):
    """Nobody accepts a place in something that has already begun."""
    event = EventFactory(capacity=1, offer_hours=48)
    offer, *_ = offered(event)
    earlier = timezone.now() + timedelta(hours=6)

    scenes.moved(event, earlier, staff)

    offer.refresh_from_db()
    assert offer.offered_until == earlier
