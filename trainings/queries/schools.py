"""What a school's coordinator sees: hours and points of everybody, summed by the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from centar.people.models import Coordination, Person, User
from centar.schools.models import School
from centar.script.sorting import Order
from trainings import progress
from trainings.models import SchoolYear
from trainings.progress import Progress
from trainings.queries import ledger, targets
from trainings.queries.ledger import Sum, YearTotal
from trainings.queries.targets import TargetRow


@dataclass(frozen=True)
class PersonPoints:
    """One person's hours and points in a school year, and the way to each target."""

    person: Person
    total: YearTotal
    targets: list[Progress]


@dataclass(frozen=True)
class SchoolPoints:
    """A school in a school year."""

    school: School
    year: int
    targets: list[TargetRow]
    rows: list[PersonPoints]

    @property
    def fulfilled(self) -> list[tuple[str, int]]:
        """The name of each target, and how many have fulfilled all of it."""
        ways = [row.targets for row in self.rows]
        return [
            (target.name, sum(way[place].is_met for way in ways))
            for place, target in enumerate(self.targets)
        ]


def schools_seen_by(user: User) -> QuerySet[School]:
    """Schools whose people's points the user sees: those coordinated, and to the staff all."""
    if user.has_perm("trainings.change_ledgerentry"):
        return School.objects.all()
    live = Coordination.objects.filter(person__user=user, ended_at=None)
    return School.objects.filter(pk__in=live.values("school"))


def year_totals(people: Sequence[Person], year: int) -> dict[int, YearTotal]:
    """What these people have in a school year, by their keys; with one query."""
    found: dict[int, list[Sum]] = defaultdict(list)
    for one in ledger.sums([person.pk for person in people]):
        found[one.person_id].append(one)
    return {
        person.pk: ledger.totals(found[person.pk]).get(year, YearTotal(year)) for person in people
    }


def points_of(
    school: School, year: int, *, today: date, calendar: SchoolYear, order: Order
) -> SchoolPoints:
    """Everybody of the school in the order of the script, with a constant number of queries.

    Targets are those of the school year's last day, or of today in the present one.
    """
    day = min(today, calendar.begins(year + 1) - timedelta(days=1))
    day = max(day, calendar.begins(year))
    people = list(Person.objects.filter(school=school).order_by(f"sort_{order}", "pk"))
    keys = [person.pk for person in people]
    sums: dict[int, list[Sum]] = defaultdict(list)
    for one in ledger.sums(keys):
        sums[one.person_id].append(one)
    holding = targets.holding_on(day, keys)
    rows = [
        PersonPoints(
            person,
            ledger.totals(sums[person.pk]).get(year, YearTotal(year)),
            progress.towards(person.pk, holding, sums[person.pk], day, calendar),
        )
        for person in people
    ]
    return SchoolPoints(school, year, holding, rows)
