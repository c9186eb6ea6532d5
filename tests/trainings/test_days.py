"""The days of a seminar, from the hours of its programme."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.utils import timezone

from trainings import days
from trainings.models import Programme

FRIDAY, SATURDAY = date(2027, 3, 26), date(2027, 3, 27)


@pytest.mark.parametrize(
    ("hours", "a_day", "number"),
    [(8, 8, 1), (9, 8, 2), (24, 8, 3), (0, 8, 1), (3, 0, 3)],
)
def test_there_are_as_many_days_as_the_hours_need(hours, a_day, number):
    assert days.number_of(Programme(hours=hours, hours_a_day=a_day)) == number


def test_days_follow_each_other_at_weekends_or_on_working_days():
    assert days.following(SATURDAY, 3) == [date(2027, 3, 27), date(2027, 3, 28), date(2027, 4, 3)]
    assert days.following(FRIDAY, 2) == [FRIDAY, date(2027, 3, 29)]


def test_hours_stay_by_the_clock_on_the_wall_when_summer_time_begins():
    """On 28 March 2027 the clocks go forward."""
    programme = Programme(hours=12, hours_a_day=8)

    found = days.meetings(programme, SATURDAY, time(9), 45)

    local = [[f"{timezone.localtime(moment):%d %H:%M}" for moment in day] for day in found]
    assert local == [["27 09:00", "27 15:00"], ["28 09:00", "28 12:00"]]
