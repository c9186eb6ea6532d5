"""Days and hours in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from centar.events import moments


def at(text):
    """A moment, given in universal time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "24 March 2027 at 14:30"), ("sr", "24. марта 2027. у 14.30")],
)
def test_a_moment_is_written_as_people_write_it(language, expected):
    with translation.override(language):
        assert moments.written(at("2027-03-24T13:30")) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-03-27T09:00", "27 March 2027 at 10:00"),
        ("2027-03-28T00:59", "28 March 2027 at 01:59"),
        ("2027-03-28T01:00", "28 March 2027 at 03:00"),
        ("2027-10-31T00:59", "31 October 2027 at 02:59"),
        ("2027-10-31T01:00", "31 October 2027 at 02:00"),
        ("2027-12-31T23:00", "1 January 2028 at 00:00"),
    ],
)
def test_hours_are_those_of_the_clock_in_belgrade(moment, expected):
    assert moments.written(at(moment)) == expected


def test_a_day_needs_no_hour():
    assert moments.day(date(2027, 8, 1)) == "1 August 2027"


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2027-03-24T08:00", "2027-03-24T14:00", "24 March 2027, 09:00–15:00"),
        (
            "2027-03-24T20:00",
            "2027-03-24T23:00",
            "24 March 2027 at 21:00 – 25 March 2027 at 00:00",
        ),
        ("2027-03-27T23:30", "2027-03-28T02:00", "28 March 2027, 00:30–04:00"),
    ],
)
def test_a_meeting_over_midnight_names_both_days(starts, ends, expected):
    assert moments.span(at(starts), at(ends)) == expected
