"""The plan of the next term's seminars, from what the schools ask for this year.

The first by score is a draft of a seminar already, and one row is changed by the staff, who say
why; what was asked for last year stands against what was held since.
"""

from __future__ import annotations

from centar.portal.demo.seminars import SATURDAY, Cast
from needs_survey.models import Plan, PlannedSeminar, Round, SchoolBreak
from needs_survey.operations import computing, drafts, plans
from needs_survey.queries import plans as queries

BEGINS, ENDS = 13, 30
"""The weeks of the term, from the present one."""
BREAK = 18
REASON = "Дом културе је слободан тек тада, а школа домаћин има пробни завршни испит."


def make(cast: Cast) -> None:
    """Make the plan and what has come of it so far."""
    _rest(cast)
    asked = Round.objects.filter(kind=Round.Kind.SCHOOLS).latest("opens_on")
    plan = plans.keep(
        plan=Plan(
            title=f"План семинара: {asked.title}",
            round=asked,
            starts_on=cast.day(BEGINS, 0),
            ends_on=cast.day(ENDS, 6),
        ),
        changed=["title", "round", "starts_on", "ends_on"],
        by=cast.staff,
    )
    _compute(plan, cast, most=1)
    drafts.create_seminars(plan_id=plan.pk, by=cast.staff)
    _compute(plan, cast, most=None)
    _change(plan.seminars.filter(seminar=None).latest("score", "pk"), cast)


def _rest(cast: Cast) -> None:
    """A week without lessons, at an invented time of the year."""
    SchoolBreak.objects.create(
        name="Распуст (демонстрација)",
        starts_on=cast.day(BREAK, 0),
        ends_on=cast.day(BREAK, 6),
    )


def _compute(plan: Plan, cast: Cast, *, most: int | None) -> None:
    computing.compute(
        plan_id=plan.pk, weights=queries.weights_of(plan), most_seminars=most, by=cast.staff
    )


def _change(row: PlannedSeminar, cast: Cast) -> None:
    row.on = cast.day(ENDS - 1, SATURDAY)
    row.note = REASON
    plans.keep_row(planned=row, changed=["on", "note"], by=cast.staff)
