"""The days by which a professional meeting must be filed, counted back from the wished day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accreditation.models import Rules


@dataclass(frozen=True)
class FilingDays:
    """What the wished day means today: `last` is the last day to file with the institute.

    The rule: a meeting is filed so many days before it starts (DOMAIN, national institute; the
    number is a row of the rules).
    """

    wished_on: date
    days: int
    today: date

    @classmethod
    def of(cls, wished_on: date, today: date) -> FilingDays:
        """The days for the wished day, by the rules in force."""
        return cls(wished_on, Rules.current().meeting_days, today)

    @property
    def last(self) -> date:
        """The last day to file."""
        return self.wished_on - timedelta(days=self.days)

    @property
    def is_late(self) -> bool:
        """Whether that day is over."""
        return self.last < self.today

    @property
    def left(self) -> int:
        """Days that are left, today not counted; none when it is late."""
        return max((self.last - self.today).days, 0)

    @property
    def earliest(self) -> date:
        """The first day a meeting can start that is filed today."""
        return self.today + timedelta(days=self.days)
