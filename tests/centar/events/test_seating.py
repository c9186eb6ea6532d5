"""The rules of the queue as one pass, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from centar.events import seating
from centar.events.models import Booking, BookingGroup, Event

NOW = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)


def queue(units):
    """Waiting bookings from a sketch: „a b GGG c“ is one, one, a group of three, one.

    Capital letters stay together, small ones are alone, however often they stand there.
    """
    groups = {}
    waiting = []
    for letter in units.replace(" ", ""):
        group = None
        if letter.isupper():
            group = groups.setdefault(
                letter, BookingGroup(pk=ord(letter), policy=BookingGroup.Policy.TOGETHER)
            )
        waiting.append(Booking(pk=len(waiting) + 1, group=group, note=letter))
    return waiting, groups


def let_in(units, capacity, held=0, max_overtakes=3, overtaken=None):
    """Who is let in, in the letters of the sketch, and how often the groups were overtaken."""
    waiting, groups = queue(units)
    for letter, times in (overtaken or {}).items():
        groups[letter].overtaken = times
    event = Event(capacity=capacity, max_overtakes=max_overtakes)
    outcome = seating.seat(event, waiting, held)
    counted = {letter: group.overtaken for letter, group in groups.items()}
    return "".join(booking.note for booking in outcome.let_in), counted


@pytest.mark.parametrize(
    ("units", "capacity", "held", "expected"),
    [
        ("abc", 2, 0, "ab"),
        ("abc", 2, 1, "a"),
        ("abc", 2, 2, ""),
        ("abc", 2, 5, ""),  # somebody made the event smaller behind our back
        ("abc", 0, 0, ""),
        ("abc", None, 1000, "abc"),
        ("", 2, 0, ""),
        ("a GGG b", None, 0, "aGGGb"),
        ("GGG a", 3, 0, "GGG"),
        ("GGG a", 4, 0, "GGGa"),
        ("GaGbG", 3, 0, "GGG"),  # a group stands at the turn of its first member
        ("aGbGG", 4, 0, "aGGG"),
    ],
)
def test_the_queue_is_let_in_from_its_front(units, capacity, held, expected):
    assert let_in(units, capacity, held)[0] == expected


@pytest.mark.parametrize(
    ("units", "capacity", "held", "expected", "overtaken"),
    [
        ("GGG a b c", 5, 3, "ab", {"G": 2}),
        ("GGG HH a", 5, 3, "HH", {"G": 1, "H": 0}),  # a group that passes is one unit
        ("GGG HH a", 5, 4, "a", {"G": 1, "H": 1}),
        ("GGG a HH b", 5, 3, "ab", {"G": 2, "H": 1}),
        ("a GGG b", 5, 3, "ab", {"G": 1}),  # those in front of it do not overtake
        ("GGG HHH", 5, 3, "", {"G": 0, "H": 0}),
        ("GGG", 5, 3, "", {"G": 0}),
    ],
)
def test_a_group_that_does_not_fit_is_overtaken_and_it_is_counted(
    units, capacity, held, expected, overtaken
):
    assert let_in(units, capacity, held) == (expected, overtaken)


@pytest.mark.parametrize(
    ("max_overtakes", "before", "expected", "after"),
    [
        (0, 0, "", 0),
        (1, 0, "a", 1),
        (3, 2, "a", 3),
        (3, 3, "", 3),
        (3, 0, "abc", 3),
        (9, 0, "abcd", 4),
    ],
)
def test_a_group_is_overtaken_only_so_many_times(max_overtakes, before, expected, after):
    found = let_in("GGGGG a b c d e", 9, 5, max_overtakes, {"G": before})

    assert found == (expected, {"G": after})


def test_a_group_at_its_limit_holds_up_every_group_behind_it_too():
    assert let_in("GGG HH a", 5, 3, 3, {"G": 3}) == ("", {"G": 3, "H": 0})


def test_the_limit_of_any_passed_group_holds():
    assert let_in("GGGG HHH a b", 5, 3, 2, {"H": 1}) == ("a", {"G": 1, "H": 2})


def test_a_group_larger_than_the_whole_event_holds_nobody_up():
    assert let_in("GGGG a b c", 3, 0, 0) == ("abc", {"G": 0})


def test_a_split_group_is_people_alone():
    split = BookingGroup(pk=1, policy=BookingGroup.Policy.SPLIT)
    waiting = [Booking(pk=key, group=split) for key in (1, 2, 3)]

    outcome = seating.seat(Event(capacity=2), waiting, 0)

    assert [booking.pk for booking in outcome.let_in] == [1, 2]
    assert outcome.overtaken == []


@pytest.mark.parametrize(
    ("hours_to_start", "expected"),
    [(None, 48), (100, 48), (48, 48), (5, 5)],
)
def test_an_offer_ends_after_its_hours_or_at_the_start(hours_to_start, expected):
    starts_at = None if hours_to_start is None else NOW + timedelta(hours=hours_to_start)
    event = Event(offer_hours=48, starts_at=starts_at)

    assert seating.offer_end(event, NOW) == NOW + timedelta(hours=expected)
