"""The effect of an application, said before it is sent."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from centar.events.applications import effects
from centar.events.models import BookingGroup
from tests.centar.events import scenes
from tests.factories.events import EventFactory

Policy = BookingGroup.Policy
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("capacity", "size", "together", "split"),
    [
        (3, 5, "The group is larger than the whole event.", "3 get a place. 2 wait."),
        (30, 5, "5 get a place.", "5 get a place."),
        (1, 1, "1 gets a place.", "1 gets a place."),
        (0, 1, "The group is larger than the whole event.", "1 waits."),
        (None, 21, "21 get a place.", "21 get a place."),
    ],
)
def test_at_an_empty_event(capacity, size, together, split):
    event = EventFactory(capacity=capacity)
    now = timezone.now()

    assert effects.sentence(event, size, Policy.TOGETHER, now) == together
    assert effects.sentence(event, size, Policy.SPLIT, now) == split


def test_five_for_three_free_places():
    event = EventFactory(capacity=8)
    scenes.crowd(event, 5)
    now = timezone.now()

    assert effects.free_places(event) == "3 places are free."
    assert effects.sentence(event, 5, Policy.TOGETHER, now) == "5 wait."
    assert effects.sentence(event, 5, Policy.SPLIT, now) == "3 get a place. 2 wait."
    assert event.bookings.count() == 5


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (1, "1 особа добија место."),
        (2, "2 особе добијају место."),
        (5, "5 особа добија место."),
        (11, "11 особа добија место."),
        (21, "21 особа добија место."),
        (22, "22 особе добијају место."),
    ],
)
def test_numbers_in_serbian(size, sentence):
    event = EventFactory(capacity=30)

    with translation.override("sr"):
        assert effects.sentence(event, size, Policy.TOGETHER, timezone.now()) == sentence


@pytest.mark.parametrize(
    ("capacity", "sentence"),
    [
        (0, "Слободно је 0 места."),
        (1, "Слободно је 1 место."),
        (2, "Слободна су 2 места."),
        (5, "Слободно је 5 места."),
        (11, "Слободно је 11 места."),
        (21, "Слободно је 21 место."),
    ],
)
def test_free_places_in_serbian(capacity, sentence):
    with translation.override("sr"):
        assert effects.free_places(EventFactory(capacity=capacity)) == sentence
