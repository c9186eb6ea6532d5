"""Reads of the ledger: sums that the database makes, entries, and who confirms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from centar import sql
from centar.people.models import Coordination, Person, User
from trainings.models import LedgerEntry
from trainings.models.ledger import LedgerEntryQuerySet

Kind = LedgerEntry.Kind

# One row for each year, kind, state and length of what was done: from these few rows every sum
# of a page is made, and how many programmes were long enough. What is taken back counts as -1.
SUMS = """
    SELECT person_id, school_year, kind, state, abs(hours), sum(hours), sum(points),
           sum(CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END)
      FROM trainings_ledgerentry
     WHERE person_id = ANY(%(people)s::bigint[]) AND state IN ('confirmed', 'pending')
     GROUP BY person_id, school_year, kind, state, abs(hours)
"""

COMPETENCES = """
    SELECT code, sum(hours), sum(points)
      FROM trainings_ledgerentry, unnest(competences) AS code
     WHERE person_id = %(person)s AND school_year = %(year)s AND state = 'confirmed'
     GROUP BY code ORDER BY code
"""


ENTRIES = """
    SELECT entry.id, entry.kind, entry.title, entry.activity, entry.part, entry.number,
           entry.earned_on, entry.hours, entry.points, array_to_string(entry.competences, ', '),
           entry.state, entry.reason, entry.reverses_id IS NOT NULL, coalesce(file.name, '')
      FROM trainings_ledgerentry AS entry
      LEFT JOIN files_privatefile AS file ON file.id = entry.proof_id
     WHERE entry.person_id = %(person)s AND entry.school_year = %(year)s
       AND (%(kind)s = '' OR entry.kind = %(kind)s)
     ORDER BY entry.earned_on DESC, entry.id DESC
"""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a list shows it; `proof` is the name of its file."""

    pk: int
    kind: str
    title: str
    activity: str
    part: str
    number: str
    earned_on: date
    hours: Decimal
    points: Decimal
    competences: str
    state: str
    reason: str
    takes_back: bool
    proof: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What one person earned in one school year by entries of one kind, state and length."""

    person_id: int
    school_year: int
    kind: str
    state: str
    length: Decimal
    hours: Decimal
    points: Decimal
    count: int

    @property
    def is_counted(self) -> bool:
        """Whether it is confirmed."""
        return self.state == LedgerEntry.State.CONFIRMED


@dataclass(slots=True)
class YearTotal:
    """The hours and points of a school year by kind, and the hours that still wait."""

    school_year: int
    hours: dict[str, Decimal] = field(default_factory=dict)
    points: dict[str, Decimal] = field(default_factory=dict)
    waiting: Decimal = Decimal(0)

    @property
    def inside(self) -> Decimal:
        """Hours in one's own institution."""
        return self.hours.get(Kind.IN_HOUSE, Decimal(0))

    @property
    def outside(self) -> Decimal:
        """Hours outside of it."""
        return sum((self.hours.get(kind, Decimal(0)) for kind in LedgerEntry.OUTSIDE), Decimal(0))

    @property
    def all_points(self) -> Decimal:
        """All points."""
        return sum(self.points.values(), Decimal(0))

    @property
    def by_kind(self) -> list[tuple[str, Decimal, Decimal]]:
        """Label, hours and points of each kind, in their order."""
        zero = Decimal(0)
        return [
            (str(kind.label), self.hours.get(kind, zero), self.points.get(kind, zero))
            for kind in Kind
        ]


def sums(people: Sequence[int]) -> list[Sum]:
    """The sums of these people, with one statement."""
    return [Sum(*row) for row in sql.rows(SUMS, people=list(people))]


def totals(found: Iterable[Sum]) -> dict[int, YearTotal]:
    """The total of each school year, the newest first."""
    years: dict[int, YearTotal] = {}
    for one in found:
        total = years.setdefault(one.school_year, YearTotal(one.school_year))
        if one.is_counted:
            total.hours[one.kind] = total.hours.get(one.kind, Decimal(0)) + one.hours
            total.points[one.kind] = total.points.get(one.kind, Decimal(0)) + one.points
        else:
            total.waiting += one.hours
    return {year: years[year] for year in sorted(years, reverse=True)}


def competences(person: Person, year: int) -> list[tuple[str, Decimal, Decimal]]:
    """Code, hours and points of each competence in a school year. An entry with several
    competences counts for each of them.
    """
    return [(row[0], row[1], row[2]) for row in sql.rows(COMPETENCES, person=person.pk, year=year)]


def entry_rows(person: Person, year: int, kind: str = "") -> list[EntryRow]:
    """The entries of a school year for a list, the newest first."""
    return [EntryRow(*row) for row in sql.rows(ENTRIES, person=person.pk, year=year, kind=kind)]


def entries(person: Person, year: int) -> LedgerEntryQuerySet:
    """The entries of a school year, whatever their state."""
    return LedgerEntry.objects.filter(person=person, school_year=year)


def to_confirm(by: User) -> QuerySet[LedgerEntry]:
    """What waits for `by` as a coordinator, oldest first; one's own is not among it."""
    rows = LedgerEntry.objects.waiting().confirmable_by(by).select_related("proof")
    return rows.order_by("created_at", "pk")


def coordinators_of(person: Person) -> QuerySet[Person]:
    """Those who may confirm this person's entries."""
    live = Coordination.objects.filter(school=person.school_id, ended_at=None)
    rows = Person.objects.filter(pk__in=live.values("person")).exclude(pk=person.pk)
    return rows.select_related("user").order_by("pk")


def without_coordinator() -> QuerySet[LedgerEntry]:
    """What only the staff can confirm: nobody else coordinates the person's school."""
    others = Coordination.objects.filter(school=OuterRef("person__school"), ended_at=None).exclude(
        person=OuterRef("person")
    )
    rows = LedgerEntry.objects.waiting().exclude(Exists(others))
    return rows.select_related("person").order_by("created_at", "pk")
