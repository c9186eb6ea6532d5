"""What was asked for in a round against what was held afterwards, per programme and school.

What counts are seminars that were held after the round's last day and until the next round of
schools ends, or until now. Whoever came counts for the school where they work now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from centar.schools.models import School
from needs_survey.models import Round
from needs_survey.queries import demand
from trainings.queries import held
from trainings.queries.held import Came

NOBODY = Came()


@dataclass(frozen=True)
class SchoolHeld:
    """A school: for how many it asked, how many came, and how many of them have certificates."""

    school: int
    name: str
    municipality: str
    asked: int
    came: int
    certificates: int


@dataclass(frozen=True)
class ProgrammeHeld:
    """A programme with its seminars that were held, and the schools that asked for it."""

    key: int
    title: str
    seminars: int
    schools: list[SchoolHeld]

    @property
    def asked(self) -> int:
        """For how many teachers all schools asked."""
        return sum(one.asked for one in self.schools)

    @property
    def came(self) -> int:
        """How many came from the schools that asked."""
        return sum(one.came for one in self.schools)

    @property
    def certificates(self) -> int:
        """How many of them have certificates."""
        return sum(one.certificates for one in self.schools)


def period(round: Round) -> tuple[datetime, datetime]:
    """From the day after the round's last one until the next round of schools ends, or now."""
    now = timezone.now()
    following = Round.objects.filter(
        kind=Round.Kind.SCHOOLS, opened_at__isnull=False, opens_on__gt=round.closes_on
    )
    last = following.order_by("closes_on").values_list("closes_on", flat=True).first()
    since = _midnight_after(round.closes_on)
    return since, min(now, _midnight_after(last)) if last is not None else now


def of_round(round: Round, filters: Mapping[str, Any] | None = None) -> list[ProgrammeHeld]:
    """Everything that was asked for; nine statements for any number of programmes and schools."""
    asked = demand.of_programmes(round, filters)
    since, until = period(round)
    keys = [one.key for one in asked]
    seminars = held.seminars(keys, since, until)
    came = held.came(keys, since, until)
    return [
        ProgrammeHeld(
            key=one.key,
            title=one.title,
            seminars=seminars.get(one.key, 0),
            schools=[
                _school(asking, came.get((one.key, asking.school), NOBODY)) for asking in one.asked
            ],
        )
        for one in asked
    ]


@dataclass(frozen=True)
class OwnHeld:
    """A programme as one school reads it."""

    title: str
    asked: int
    came: int
    seminars: int


def of_school(round: Round, school: School) -> list[OwnHeld]:
    """What one school asked for, and what came of it; a constant number of statements."""
    return [
        OwnHeld(one.title, mine.asked, mine.came, one.seminars)
        for one in of_round(round, {"school": school.pk})
        for mine in one.schools
    ]


def by_school(programmes: Iterable[ProgrammeHeld]) -> list[SchoolHeld]:
    """The same summed up for each school over all programmes, most asked for first."""
    rows: dict[int, list[SchoolHeld]] = defaultdict(list)
    for programme in programmes:
        for one in programme.schools:
            rows[one.school].append(one)
    summed = [
        SchoolHeld(
            school=key,
            name=those[0].name,
            municipality=those[0].municipality,
            asked=sum(one.asked for one in those),
            came=sum(one.came for one in those),
            certificates=sum(one.certificates for one in those),
        )
        for key, those in rows.items()
    ]
    return sorted(summed, key=lambda one: (-one.asked, one.name))


def _school(asking: demand.Asking, came: Came) -> SchoolHeld:
    return SchoolHeld(
        school=asking.school,
        name=asking.name,
        municipality=asking.municipality,
        asked=asking.teachers,
        came=came.people,
        certificates=came.certificates,
    )


def _midnight_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
