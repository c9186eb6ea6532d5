"""Demand, plans, and what was held, as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from centar.events import moments
from centar.script import faces
from needs_survey.models import Plan, PlannedSeminar, Round
from needs_survey.queries import held, plans, reasons
from needs_survey.queries.demand import CompetenceDemand, ProgrammeDemand
from trainings.reports.workbooks import Cell, Sheet, written

HUNDREDTH = Decimal("0.01")


def of_demand(
    round: Round,
    programmes: Sequence[ProgrammeDemand],
    competences: Sequence[CompetenceDemand],
    face: faces.Face,
) -> bytes:
    """Programmes, competences, and who asked for what."""
    counts = ((_("Schools"), 10), (_("Teachers"), 10), (_("Municipalities"), 12))
    sheets = [
        Sheet(
            name=_("Programmes"),
            title=round.title,
            columns=((_("Programme"), 70), *counts, (_("In the catalogue"), 14)),
            rows=[
                (
                    one.title,
                    one.schools,
                    one.teachers,
                    one.municipalities,
                    _("yes") if one.is_offered else _("no"),
                )
                for one in programmes
            ],
        ),
        Sheet(
            name=_("Competences"),
            title=round.title,
            columns=(
                (_("Competence"), 60),
                (_("Programmes"), 12),
                *counts,
                (_("Urgency (1–5)"), 12),
            ),
            rows=[
                (
                    f"{one.code} {one.name}",
                    one.programmes,
                    one.schools,
                    one.teachers,
                    one.municipalities,
                    one.urgency and one.urgency.quantize(HUNDREDTH),
                )
                for one in competences
            ],
        ),
        Sheet(
            name=_("Who asked"),
            title=round.title,
            columns=(*_who(), (_("Teachers"), 10)),
            rows=[
                (one.title, asking.name, asking.municipality, asking.teachers)
                for one in programmes
                for asking in one.asked
            ],
        ),
    ]
    return written(sheets, face)


def of_plan(plan: Plan, rows: Sequence[PlannedSeminar], face: faces.Face) -> bytes:
    """The groups with the parts of their scores, who is in them, and who is in none."""
    names = [str(name).capitalize() for name in reasons.PART_NAMES.values()]
    sheets = [
        Sheet(
            name=_("Plan"),
            title=plan.title,
            columns=(
                (_("Programme"), 60),
                (_("Group"), 8),
                (_("To be held"), 10),
                (_("Place"), 20),
                (_("First day"), 18),
                (_("People"), 10),
                (_("Score"), 10),
                *((name, 14) for name in names),
                (_("Note"), 40),
            ),
            rows=[_row_of(row) for row in rows],
        ),
        Sheet(
            name=_("Groups"),
            title=plan.title,
            columns=(*_who(), (_("Group"), 8), (_("Teachers"), 10)),
            rows=[
                (
                    wish.title,
                    str(wish.school),
                    wish.school.municipality.name,
                    row.number,
                    wish.teachers,
                )
                for row in rows
                for wish in row.wishes.all()
            ],
        ),
        Sheet(
            name=_("In no group"),
            title=plan.title,
            columns=(*_who(), (_("Teachers"), 10), (_("Why"), 50)),
            rows=[
                (one.title, one.school, one.municipality, one.teachers, one.reason)
                for one in plans.left_out(plan)
            ],
        ),
    ]
    return written(sheets, face)


def of_held(round: Round, programmes: Sequence[held.ProgrammeHeld], face: faces.Face) -> bytes:
    """Asked for and held: by programme, by school, and by both."""
    counts = ((_("Asked for"), 10), (_("Came"), 10), (_("Certificates"), 12))
    sheets = [
        Sheet(
            name=_("Programmes"),
            title=round.title,
            columns=((_("Programme"), 70), (_("Seminars"), 10), *counts),
            rows=[
                (one.title, one.seminars, one.asked, one.came, one.certificates)
                for one in programmes
            ],
        ),
        Sheet(
            name=_("Schools"),
            title=round.title,
            columns=((_("School"), 45), (_("Municipality"), 20), *counts),
            rows=[
                (one.name, one.municipality, one.asked, one.came, one.certificates)
                for one in held.by_school(programmes)
            ],
        ),
        Sheet(
            name=_("Schools and programmes"),
            title=round.title,
            columns=(*_who(), *counts),
            rows=[
                (
                    one.title,
                    school.name,
                    school.municipality,
                    school.asked,
                    school.came,
                    school.certificates,
                )
                for one in programmes
                for school in one.schools
            ],
        ),
    ]
    return written(sheets, face)


def _row_of(row: PlannedSeminar) -> list[Cell]:
    parts = reasons.parts_of(row)
    return [
        str(row.programme),
        row.number,
        _("yes") if row.is_chosen else _("no"),
        _("online") if row.is_online else str(row.municipality or ""),
        moments.day(row.on) if row.on else None,
        row.people,
        row.score,
        *(parts[name].points if name in parts else None for name in reasons.PART_NAMES),
        row.note,
    ]


def _who() -> tuple[tuple[str, int], ...]:
    return ((_("Programme"), 60), (_("School"), 45), (_("Municipality"), 20))
