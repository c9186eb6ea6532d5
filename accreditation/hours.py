"""The schedule of hours as it is read: each row with its number, their sum, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from centar.script import numbers

COLUMNS = ("topic", "way", "hours", "leader")
MOST_HOURS = Decimal(1000)
"""More than any programme has; what is above is a slip of the pen."""


def number(typed: str) -> Decimal | None:
    """Hours as people type them, „1,5“ or “1.5”; None for what is none."""
    try:
        found = numbers.read(typed)
    except ValueError:
        return None
    return found if 0 < found <= MOST_HOURS else None


def written(hours: Decimal) -> str:
    """Hours for the page, without needless decimals: „8“, „7,5“."""
    return str(number_format(int(hours) if hours == int(hours) else hours.normalize()))


@dataclass(frozen=True)
class Row:
    """A row as it was typed, and what is wrong in it, by the column."""

    topic: str
    way: str
    hours: str
    leader: str
    errors: Mapping[str, str]

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Row:
        """The row, looked at."""
        cells = {name: typed.get(name, "").strip() for name in COLUMNS}
        errors = {}
        if not cells["topic"]:
            errors["topic"] = _("Write what is done in these hours.")
        if number(cells["hours"]) is None:
            errors["hours"] = _("Write the hours in digits, such as 2 or 1,5.")
        return cls(**cells, errors=errors)


@dataclass(frozen=True)
class Hours:
    """The whole schedule beside the duration that the proposal says."""

    rows: Sequence[Row]
    duration: int | None

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]], duration: int | None) -> Hours:
        """The schedule of these rows."""
        return cls([Row.of(row) for row in rows], duration)

    @property
    def sum(self) -> Decimal:
        """Of what can be read."""
        return sum((number(row.hours) or Decimal(0) for row in self.rows), Decimal(0))

    @property
    def written_sum(self) -> str:
        """The sum for the page."""
        return written(self.sum)

    @property
    def difference(self) -> str:
        """That the sum is not the duration; nothing where it is, or one of them is unknown."""
        if self.duration is None or not self.rows or self.sum == self.duration:
            return ""
        return _("The rows make %(sum)s hours together, but the proposal lasts %(duration)s.") % {
            "sum": self.written_sum,
            "duration": self.duration,
        }

    def problems(self) -> list[str]:
        """What stands in the way of submitting, as sentences."""
        if not self.rows:
            return [_("The schedule is empty.")]
        found = [
            _("Row %(number)d: %(problem)s") % {"number": place, "problem": problem}
            for place, row in enumerate(self.rows, start=1)
            for problem in row.errors.values()
        ]
        return [*found, self.difference] if self.difference else found
