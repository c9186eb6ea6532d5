"""Reads of the ledger: sums that the database makes, entries, and who confirms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from centar import sql
from centar.people.models import Coordination, Person, User
from trainings.models import LedgerEntry, SchoolYear
from trainings.models.ledger import LedgerEntryQuerySet

Kind = LedgerEntry.Kind
KINDS: tuple[str, ...] = tuple(Kind.values)
ZERO = Decimal(0)

KEEPER = """
    SELECT person.id, calendar.first_month, calendar.first_day
      FROM people_person AS person
      LEFT JOIN trainings_schoolyear AS calendar ON true
     WHERE person.user_id = %(user)s
"""

# One row for each year, kind and state, and for programmes each length: from these few rows every
# sum of a page is made, and how many programmes were long enough. What is taken back counts as -1.
SUMS = """
    SELECT person_id, school_year, kind, state, CASE kind WHEN 'programme' THEN abs(hours) END,
           sum(hours), sum(points), sum(CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END)
      FROM trainings_ledgerentry
     WHERE person_id = ANY(%(people)s::bigint[]) AND state IN ('confirmed', 'pending')
     GROUP BY 1, 2, 3, 4, 5
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


class EntryRow(NamedTuple):
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


class Sum(NamedTuple):
    """What one person earned in one school year by entries of one kind and state.

    `length` is the hours of each single one, told apart for programmes alone.
    """

    person_id: int
    school_year: int
    kind: str
    state: str
    length: Decimal | None
    hours: Decimal
    points: Decimal
    number: int

    @property
    def is_counted(self) -> bool:
        """Whether it is confirmed."""
        return self.state == LedgerEntry.State.CONFIRMED


class Amount(NamedTuple):
    """Hours and points of one kind or competence; `code` says of which."""

    code: str
    hours: Decimal
    points: Decimal


NOTHING = tuple(Amount(kind, ZERO, ZERO) for kind in KINDS)


class YearTotal(NamedTuple):
    """What counts in a school year by kind, in their order, and the hours that still wait."""

    school_year: int
    by_kind: tuple[Amount, ...] = NOTHING
    waiting: Decimal = ZERO

    @property
    def inside(self) -> Decimal:
        """Hours in one's own institution."""
        return sum((one.hours for one in self.by_kind if one.code == Kind.IN_HOUSE), ZERO)

    @property
    def outside(self) -> Decimal:
        """Hours outside of it."""
        return sum((one.hours for one in self.by_kind if one.code != Kind.IN_HOUSE), ZERO)

    @property
    def all_points(self) -> Decimal:
        """All points."""
        return sum((one.points for one in self.by_kind), ZERO)


def keeper(user: User) -> tuple[int, SchoolYear] | None:
    """The key of the user's person and the beginning of school years, or None without a person."""
    found = sql.rows(KEEPER, user=user.pk)
    if not found:
        return None
    ((person, month, day),) = found
    if month is None:
        return person, SchoolYear(pk=1)
    return person, SchoolYear(pk=1, first_month=month, first_day=day)


def sums(people: Sequence[int]) -> list[Sum]:
    """The sums of these people, with one statement."""
    return [Sum._make(row) for row in sql.rows(SUMS, people=list(people))]


def totals(found: Iterable[Sum]) -> dict[int, YearTotal]:
    """The total of each school year, the newest first."""
    years: dict[int, list[Sum]] = defaultdict(list)
    for one in found:
        years[one.school_year].append(one)
    return {year: _total(year, years[year]) for year in sorted(years, reverse=True)}


def _total(year: int, found: list[Sum]) -> YearTotal:
    hours, points, waiting = dict.fromkeys(KINDS, ZERO), dict.fromkeys(KINDS, ZERO), ZERO
    for one in found:
        if one.is_counted:
            hours[one.kind] += one.hours
            points[one.kind] += one.points
        else:
            waiting += one.hours
    by_kind = tuple(Amount(kind, hours[kind], points[kind]) for kind in KINDS)
    return YearTotal(year, by_kind, waiting)


def competences(person: int, year: int) -> tuple[Amount, ...]:
    """Hours and points of each competence in a school year, by its code. An entry with several
    competences counts for each of them.
    """
    return tuple(Amount._make(row) for row in sql.rows(COMPETENCES, person=person, year=year))


def entry_rows(person: int, year: int, kind: str = "") -> list[EntryRow]:
    """The entries of a school year for a list, the newest first."""
    return [EntryRow._make(row) for row in sql.rows(ENTRIES, person=person, year=year, kind=kind)]


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
