"""On which days and at what hours a seminar goes on, from the hours of its programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as Hour

from django.utils import timezone

from trainings.models import Programme

Meeting = tuple[datetime, datetime]
"""When a day of a seminar begins and when it ends."""
SATURDAY = 5


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= SATURDAY


def number_of(programme: Programme) -> int:
    """How many days the programme takes at its most hours a day; at least one."""
    return max(1, -(-programme.hours // max(1, programme.hours_a_day)))


def following(first: date, number: int) -> list[date]:
    """So many days from the first on, all at weekends when the first is, else none."""
    return [day for day, _ in zip(_alike(first), range(number), strict=False)]


def _alike(first: date) -> Iterator[date]:
    day = first
    while True:
        if is_weekend(day) == is_weekend(first):
            yield day
        day += timedelta(days=1)


def meetings(
    programme: Programme, first: date, begins_at: Hour, hour_minutes: int
) -> list[Meeting]:
    """The days of a seminar of the programme, each with as many hours as a day may have.

    Pauses are not in it: the staff move the ends as they need them.
    """
    days = following(first, number_of(programme))
    left = max(1, programme.hours)
    found = []
    for day in days:
        hours = min(left, max(1, programme.hours_a_day))
        left -= hours
        begins = timezone.make_aware(datetime.combine(day, begins_at))
        found.append((begins, begins + timedelta(minutes=hours * hour_minutes)))
    return found
