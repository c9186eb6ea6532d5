"""How far somebody has come towards each target that holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.template.defaultfilters import floatformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar.events import moments
from trainings.models import LedgerEntry, SchoolYear, Target
from trainings.queries.ledger import Sum
from trainings.queries.targets import TargetRow

Kind = LedgerEntry.Kind
LABELS = {
    "in_house_hours": gettext_lazy("hours in the institution"),
    "programmes": gettext_lazy("accredited programmes"),
    "meetings": gettext_lazy("professional meetings"),
    "approved_hours": gettext_lazy("hours of accredited programmes"),
    "points": gettext_lazy("points together"),
    "approved_points": gettext_lazy("points from accredited programmes"),
}


class Requirement(NamedTuple):
    """One thing that a target asks, and how much of it is done.

    `what` is the field of the target; `least` the hours that each programme must have.
    """

    what: str
    unit: str
    done: Decimal
    asked: int
    least: int = 0

    @property
    def label(self) -> str:
        """What is asked, in words."""
        if self.what == "programmes" and self.least:
            return ngettext(
                "accredited programmes of at least %(hours)d hour",
                "accredited programmes of at least %(hours)d hours",
                self.least,
            ) % {"hours": self.least}
        return str(LABELS[self.what])

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

    @property
    def written(self) -> str:
        """All of it in short, for tables: „Сати у установи: 32 од 44“."""
        return f"{capfirst(self.label)}: {self.so_far}"


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


class Progress(NamedTuple):
    """A target in its present period, with everything that it asks."""

    target: int
    name: str
    source: str
    certainty: str
    years: int
    is_own: bool
    """Whether the person has entered when the period began; otherwise it is a guess."""
    first_year: int
    last_year: int
    until: date
    requirements: tuple[Requirement, ...]

    @property
    def is_met(self) -> bool:
        """Whether all of it is fulfilled."""
        return all(one.is_met for one in self.requirements)

    @property
    def until_written(self) -> str:
        """The last day of the period in words."""
        return moments.day(self.until)

    @property
    def certainty_written(self) -> str:
        """How sure its numbers are, in words."""
        return str(Target.Certainty(self.certainty).label)


def towards(
    person: int,
    targets: Iterable[TargetRow],
    sums: Sequence[Sum],
    day: date,
    calendar: SchoolYear,
) -> list[Progress]:
    """The person's progress towards each target in the period that holds the day.

    Periods follow one another from the school year that the person has entered, else from that
    in which the target begins. `sums` are those of the person.
    """
    return [
        _progress(target, target.own_beginnings.get(person), sums, day, calendar)
        for target in targets
    ]


def _progress(
    target: TargetRow, own: int | None, sums: Sequence[Sum], day: date, calendar: SchoolYear
) -> Progress:
    begins = calendar.of(target.starts_on) if own is None else own
    present = calendar.of(day)
    first = begins + (present - begins) // target.years * target.years
    last = first + target.years - 1
    counted = [one for one in sums if one.is_counted and first <= one.school_year <= last]
    return Progress(
        target=target.pk,
        name=target.name,
        source=target.source,
        certainty=target.certainty,
        years=target.years,
        is_own=own is not None,
        first_year=first,
        last_year=last,
        until=calendar.begins(last + 1) - timedelta(days=1),
        requirements=tuple(_requirements(target, counted)),
    )


def _requirements(target: TargetRow, sums: list[Sum]) -> Iterator[Requirement]:
    inside = [one for one in sums if one.kind == Kind.IN_HOUSE]
    approved = [one for one in sums if one.kind == Kind.PROGRAMME]
    if asked := target.in_house_hours:
        yield Requirement("in_house_hours", "hours", _hours(inside), asked)
    if asked := target.programmes:
        least = target.programme_hours
        long_enough = [one for one in approved if one.length is not None and one.length >= least]
        yield Requirement("programmes", "programmes", _number(long_enough), asked, least)
    if asked := target.meetings:
        meetings = [one for one in sums if one.kind == Kind.MEETING]
        yield Requirement("meetings", "meetings", _number(meetings), asked)
    if asked := target.approved_hours:
        yield Requirement("approved_hours", "hours", _hours(approved), asked)
    if asked := target.points:
        yield Requirement("points", "points", _points(sums), asked)
    if asked := target.approved_points:
        yield Requirement("approved_points", "points", _points(approved), asked)


def _hours(sums: list[Sum]) -> Decimal:
    return sum((one.hours for one in sums), Decimal(0))


def _points(sums: list[Sum]) -> Decimal:
    return sum((one.points for one in sums), Decimal(0))


def _number(sums: list[Sum]) -> Decimal:
    return Decimal(sum(one.number for one in sums))


def year_name(year: int) -> str:
    """A school year as it is written: „2026/2027“."""
    return f"{year}/{year + 1}"
