"""On which days of the term the seminars begin: at weekends on Saturdays, else so early in the
week that all days are in it.

No data about school holidays or public holidays are known, so none are avoided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from trainings import days


class Term:
    """The days of a term, and how many seminars begin in each week and on each day."""

    def __init__(self, first: date, last: date, taken: Iterable[date] = ()) -> None:
        self._days = [first + timedelta(days=n) for n in range(max(0, (last - first).days + 1))]
        self._last = last
        self._on = Counter(taken)
        self._in_week = Counter(_week(day) for day in self._on.elements())

    def take(self, number: int, *, at_weekend: bool) -> date | None:
        """A first day for a seminar of so many days: in the emptiest week, the earliest of these.

        None when no days of this kind are left in the term for so many.
        """
        fitting = [
            day
            for day in self._days
            if _may_begin(day, number, at_weekend) and days.following(day, number)[-1] <= self._last
        ]
        if not fitting:
            return None
        found = min(
            fitting,
            key=lambda day: (self._in_week[_week(day)], self._on[day], day),
        )
        self._on[found] += 1
        self._in_week[_week(found)] += 1
        return found


def _may_begin(day: date, number: int, at_weekend: bool) -> bool:
    if at_weekend:
        return day.weekday() == days.SATURDAY
    return day.weekday() + min(number, days.SATURDAY) <= days.SATURDAY


def _week(day: date) -> tuple[int, int]:
    year, week, _weekday = day.isocalendar()
    return year, week
