"""What stands in each paper, in the reader's language and script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from centar.people.models import Person
from centar.script import faces
from centar.script.latin import to_latin
from trainings import progress
from trainings.models import LedgerEntry, PlannedActivity
from trainings.queries.schools import SchoolPoints

Kind = LedgerEntry.Kind
Cell = str | Decimal | date


@dataclass(frozen=True)
class Table:
    """A table with its heading; `total` is its last row, or nothing."""

    title: str
    columns: list[str]
    rows: list[list[Cell]]
    total: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """A paper: facts with their names in front, then tables. `name` begins the file's name."""

    name: str
    title: str
    facts: list[tuple[str, str]]
    tables: list[Table]
    signatures: list[str] = field(default_factory=list)


def yearly_report(person: Person, year: int, entries: Iterable[LedgerEntry]) -> Paper:
    """What a person did in a school year, in the columns that schools ask for: outside and inside
    the institution, with the totals of both. `entries` are those that count.
    """
    outside: list[LedgerEntry] = []
    inside: list[LedgerEntry] = []
    for entry in entries:
        (inside if entry.kind == Kind.IN_HOUSE else outside).append(entry)
    return Paper(
        name=f"izvestaj-{year}-{year + 1}",
        title=_("Report on professional development"),
        facts=_of_person(person, year),
        tables=[
            Table(
                _("Outside the institution"),
                [_("Programme or meeting"), _("Number"), _("Points or hours"), _("Competences")],
                [
                    [one.title, one.number, one.amount, ", ".join(one.competences)]
                    for one in outside
                ],
                [_("Together"), "", _amounts(outside), ""],
            ),
            Table(
                _("In the institution"),
                [
                    _("Kind of activity"),
                    _("Title"),
                    _("Way of taking part"),
                    _("Date"),
                    _("Points or hours"),
                ],
                [[one.activity, one.title, one.part, one.earned_on, one.amount] for one in inside],
                [_("Together"), "", "", "", _amounts(inside)],
            ),
        ],
        signatures=[_("Teacher"), _("Principal")],
    )


def personal_plan(person: Person, year: int, activities: Sequence[PlannedActivity]) -> Paper:
    """What a person plans for a school year."""
    return Paper(
        name=f"plan-{year}-{year + 1}",
        title=_("Personal plan of professional development"),
        facts=_of_person(person, year),
        tables=[
            Table(
                _("Planned activities"),
                [_("Kind"), _("Title"), _("When"), _("Hours")],
                [[one.get_kind_display(), one.title, one.when, one.hours] for one in activities],
                [_("Together"), "", "", sum((one.hours for one in activities), Decimal(0))],
            )
        ],
        signatures=[_("Teacher"), _("Principal")],
    )


def school_overview(school: SchoolPoints) -> Paper:
    """Hours and points of everybody in a school, and which targets each has fulfilled."""
    return Paper(
        name=f"bodovi-skole-{school.year}-{school.year + 1}",
        title=_("Professional development in the school"),
        facts=[
            (_("School"), str(school.school)),
            (_("School year"), progress.year_name(school.year)),
        ],
        tables=[
            Table(
                _("Employees"),
                [
                    _("Last and first name"),
                    _("Hours in the institution"),
                    _("Hours outside"),
                    _("Points"),
                    *(target.name for target in school.targets),
                ],
                [
                    [
                        f"{row.person.last_name} {row.person.first_name}",
                        row.total.inside,
                        row.total.outside,
                        row.total.all_points,
                        *(_fulfilment(one) for one in row.targets),
                    ]
                    for row in school.rows
                ],
            )
        ],
    )


def _fulfilment(one: progress.Progress) -> str:
    if one.is_met:
        return _("fulfilled")
    return "; ".join(asked.written for asked in one.requirements if not asked.is_met)


def _of_person(person: Person, year: int) -> list[tuple[str, str]]:
    return [
        (_("First and last name"), str(person)),
        (_("Institution"), str(person.school) if person.school else person.employer),
        (_("School year"), progress.year_name(year)),
    ]


def _amounts(entries: Iterable[LedgerEntry]) -> Decimal:
    return sum((entry.amount for entry in entries), Decimal(0))


def in_face(text: str, face: faces.Face) -> str:
    """A text of the paper in the reader's script."""
    return to_latin(text) if face.is_latin else text


def written(cell: Cell) -> str:
    """A cell as it is printed: „1,5“, „5.10.2026.“."""
    if isinstance(cell, Decimal):
        return floatformat(cell, -1)
    return f"{cell.day}.{cell.month}.{cell.year}." if isinstance(cell, date) else cell
