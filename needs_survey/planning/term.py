"""On which days of the term, and at what time of the day, the seminars begin.

A time is worth the teachers whom it suits by what their schools said, and how quiet its week still
is. Several days in a row are of one kind: at weekends from Saturday on, else within one week.
Days of breaks are taken only in school holidays, and only for those who want that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needs_survey.planning import scores
from needs_survey.planning.demand import Asked, Way, counted
from trainings import days

ORDER = (Way.SATURDAY, Way.MORNING, Way.SUNDAY, Way.AFTERNOON, Way.HOLIDAYS)
"""Of times of the same worth, the first; Saturdays where nobody said anything."""
SUNDAY = 6


@dataclass(frozen=True)
class Break:
    """Days without lessons; in public holidays there are no seminars either."""

    first: date
    last: date
    has_seminars: bool = True


@dataclass(frozen=True)
class Start:
    """The first day of a seminar, the time that it keeps to, and the parts of their score."""

    on: date
    time: Way
    parts: scores.Parts


class Term:
    """The days of a term, and how many seminars begin in each week and on each day."""

    def __init__(
        self,
        first: date,
        last: date,
        taken: Iterable[date] = (),
        breaks: Collection[Break] = (),
    ) -> None:
        self._days = [first + timedelta(days=n) for n in range(max(0, (last - first).days + 1))]
        self._last = last
        self._on = Counter(taken)
        self._in_week = Counter(_week(day) for day in self._on.elements())
        self._holidays = _days_of(one for one in breaks if one.has_seminars)
        self._closed = _days_of(one for one in breaks if not one.has_seminars)

    def take(self, number: int, members: Sequence[Asked], weights: scores.Weights) -> Start | None:
        """The best time for a seminar of so many days; of equal ones the earliest.

        None when so many days of one kind are nowhere left in the term.
        """
        possible = [(day, time) for day in self._days for time in self._times(day, number)]
        if not possible:
            return None
        suits = {time: counted(members, _meant(time, number)) for _day, time in possible}
        busiest = max(self._in_week.values(), default=1)
        largest = {"suits": max(suits.values()), "quiet": busiest}

        def parts(day: date, time: Way) -> scores.Parts:
            quiet = busiest - self._in_week[_week(day)]
            return scores.weighed({"suits": suits[time], "quiet": quiet}, largest, weights)

        on, time = min(
            possible,
            key=lambda one: (
                -scores.score(parts(*one)),
                self._in_week[_week(one[0])],
                ORDER.index(one[1]),
                self._on[one[0]],
                one[0],
            ),
        )
        start = Start(on, time, parts(on, time))
        self._on[on] += 1
        self._in_week[_week(on)] += 1
        return start

    def _times(self, day: date, number: int) -> tuple[Way, ...]:
        """The times at which a seminar of so many days may begin on the day."""
        run = days.following(day, number)
        if run[-1] > self._last or not self._closed.isdisjoint(run):
            return ()
        if not self._holidays.isdisjoint(run):
            is_in_one = self._holidays.issuperset(run) and _is_in_a_week(run)
            return (Way.HOLIDAYS,) if is_in_one else ()
        if day.weekday() == days.SATURDAY:
            return (Way.SATURDAY,)
        if day.weekday() == SUNDAY:
            return (Way.SUNDAY,) if number == 1 else ()
        return (Way.MORNING, Way.AFTERNOON) if _is_in_a_week(run) else ()


def _meant(time: Way, number: int) -> tuple[Way, ...]:
    """The answers that a time suits: a weekend of several days has both of its days."""
    both = time is Way.SATURDAY and number > 1
    return (Way.SATURDAY, Way.SUNDAY) if both else (time,)


def _is_in_a_week(run: Sequence[date]) -> bool:
    """Whether the days follow each other in one working week, however many can be in one."""
    return (
        not days.is_weekend(run[0])
        and run[0].weekday() + min(len(run), days.SATURDAY) <= days.SATURDAY
    )


def _days_of(breaks: Iterable[Break]) -> set[date]:
    return {
        one.first + timedelta(days=n)
        for one in breaks
        for n in range((one.last - one.first).days + 1)
    }


def _week(day: date) -> tuple[int, int]:
    year, week, _weekday = day.isocalendar()
    return year, week
