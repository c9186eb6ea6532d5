"""A computer's clock may step back; the order of arrival may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from centar.events import jobs
from centar.events.models import Booking
from centar.events.operations import bookings, turns
from tests.centar.events import scenes
from tests.factories.events import EventFactory

State = Booking.State
pytestmark = pytest.mark.django_db


def test_whoever_comes_after_the_clock_stepped_back_stands_behind(clock):
    event = EventFactory(capacity=0)
    first = scenes.crowd(event, 2)
    clock.shift(timedelta(minutes=-10))
    second = scenes.crowd(event, 2)

    assert scenes.queue(event) == [booking.pk for booking in (*first, *second)]


def test_a_group_after_a_step_back_keeps_its_own_order_too(clock, staff):
    event = EventFactory(capacity=0)
    first = scenes.enrolled(event)
    clock.shift(timedelta(hours=-1))
    group = scenes.group(event, 3, scenes.SPLIT, staff)
    last = scenes.enrolled(event)

    assert scenes.queue(event) == [booking.pk for booking in (first, *group, last)]


def test_many_arrivals_in_one_moment_of_the_clock_stay_in_their_order(clock):
    event = EventFactory(capacity=0)

    made = scenes.crowd(event, 5)

    assert scenes.queue(event) == [booking.pk for booking in made]
    assert len(set(event.bookings.values_list("queued_at", flat=True))) == 5


def test_a_reorder_after_a_step_back_does_what_it_says(clock, staff):
    event = EventFactory(capacity=0)
    made = scenes.crowd(event, 3)
    clock.shift(timedelta(minutes=-10))

    turns.reorder(booking_id=made[2].pk, position=1, by=staff, reason="Замена.")
    newcomer = scenes.enrolled(event)

    expected = [made[2].pk, made[0].pk, made[1].pk, newcomer.pk]
    assert scenes.queue(event) == expected


def test_after_a_step_back_an_offer_lasts_longer_and_is_not_lost(clock):
    event = EventFactory(capacity=1, offer_hours=2)
    placed, offered, waiting = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=placed.pk, by=placed.created_by)
    clock.shift(timedelta(hours=-1))

    jobs.settle_overdue_offers()
    bookings.accept(booking_id=offered.pk, by=None)

    assert scenes.states(offered, waiting) == [State.PLACED, State.WAITING]
