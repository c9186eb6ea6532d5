"""How far somebody has come towards each target that holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.events import moments
from trainings.models import LedgerEntry, SchoolYear, Target
from trainings.queries.ledger import Sum

Kind = LedgerEntry.Kind


@dataclass(frozen=True)
class Requirement:
    """One thing that a target asks, and how much of it is done."""

    label: str
    unit: str
    done: Decimal
    asked: int

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return self.done >= self.asked

    @property
    def meter(self) -> Decimal:
        """What the bar shows: never less than nothing or more than all."""
        return min(max(self.done, Decimal(0)), Decimal(self.asked))

    @property
    def meter_value(self) -> str:
        """The bar's value as HTML writes numbers, whatever the language."""
        return f"{self.meter:.1f}"

    @property
    def so_far(self) -> str:
        """What is done of what is asked: „32 од 44“."""
        return _("%(done)s of %(asked)s") % {
            "done": floatformat(self.done, -1),
            "asked": self.asked,
        }

    @property
    def missing(self) -> str:
        """What is missing, in words: „недостаје још 12 сати“, or that it is fulfilled."""
        if self.is_met:
            return _("fulfilled")
        return missing(self.unit, self.asked - self.done)


def missing(unit: str, number: Decimal) -> str:
    """How much of the unit is missing, with verb and noun in their right forms."""
    # A fraction takes the form of the few in Serbian, and the plural in English.
    counted = int(number) if number == int(number) else 2
    sentence = {
        "hours": ngettext(
            "%(number)s hour is still missing", "%(number)s hours are still missing", counted
        ),
        "points": ngettext(
            "%(number)s point is still missing", "%(number)s points are still missing", counted
        ),
        "programmes": ngettext(
            "%(number)s programme is still missing",
            "%(number)s programmes are still missing",
            counted,
        ),
        "meetings": ngettext(
            "%(number)s meeting is still missing",
            "%(number)s meetings are still missing",
            counted,
        ),
    }[unit]
    return sentence % {"number": floatformat(number, -1)}


@dataclass(frozen=True)
class Progress:
    """A target in its present period, with everything that it asks."""

    target: Target
    first_year: int
    last_year: int
    until: date
    requirements: list[Requirement]

    @property
    def is_met(self) -> bool:
        """Whether all of it is fulfilled."""
        return all(one.is_met for one in self.requirements)

    @property
    def until_written(self) -> str:
        """The last day of the period in words."""
        return moments.day(self.until)


def towards(
    targets: Iterable[Target], sums: Sequence[Sum], day: date, calendar: SchoolYear
) -> list[Progress]:
    """The progress towards each target in the period that holds the day.

    Periods follow one another from the school year in which the target begins. `sums` are those
    of one person.
    """
    return [_progress(target, sums, day, calendar) for target in targets]


def _progress(target: Target, sums: Sequence[Sum], day: date, calendar: SchoolYear) -> Progress:
    begins, present = calendar.of(target.starts_on), calendar.of(day)
    first = begins + (present - begins) // target.years * target.years
    last = first + target.years - 1
    counted = [one for one in sums if one.is_counted and first <= one.school_year <= last]
    return Progress(
        target=target,
        first_year=first,
        last_year=last,
        until=calendar.begins(last + 1) - timedelta(days=1),
        requirements=[one for one in _requirements(target, counted) if one.asked],
    )


def _requirements(target: Target, sums: list[Sum]) -> list[Requirement]:
    inside = [one for one in sums if one.kind == Kind.IN_HOUSE]
    approved = [one for one in sums if one.kind == Kind.PROGRAMME]
    long_enough = [one for one in approved if one.length >= target.programme_hours]
    meetings = [one for one in sums if one.kind == Kind.MEETING]
    programmes = (
        ngettext(
            "accredited programmes of at least %(hours)d hour",
            "accredited programmes of at least %(hours)d hours",
            target.programme_hours,
        )
        % {"hours": target.programme_hours}
        if target.programme_hours
        else _("accredited programmes")
    )
    return [
        Requirement(_("hours in the institution"), "hours", _hours(inside), target.in_house_hours),
        Requirement(programmes, "programmes", _count(long_enough), target.programmes),
        Requirement(_("professional meetings"), "meetings", _count(meetings), target.meetings),
        Requirement(
            _("hours of accredited programmes"), "hours", _hours(approved), target.approved_hours
        ),
        Requirement(_("points together"), "points", _points(sums), target.points),
        Requirement(
            _("points from accredited programmes"),
            "points",
            _points(approved),
            target.approved_points,
        ),
    ]


def _hours(sums: list[Sum]) -> Decimal:
    return sum((one.hours for one in sums), Decimal(0))


def _points(sums: list[Sum]) -> Decimal:
    return sum((one.points for one in sums), Decimal(0))


def _count(sums: list[Sum]) -> Decimal:
    return Decimal(sum(one.count for one in sums))


def year_name(year: int) -> str:
    """A school year as it is written: „2026/2027“."""
    return f"{year}/{year + 1}"
