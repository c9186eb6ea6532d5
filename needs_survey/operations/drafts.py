"""Drafts of seminars made from the rows of a plan, each once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from needs_survey.models import PlannedSeminar, PlanRules
from needs_survey.operations import plans
from needs_survey.permissions import plans as permissions
from needs_survey.queries import plans as queries
from trainings import days
from trainings.operations import seminars
from trainings.queries import planning


@transaction.atomic
def create_seminars(*, plan_id: int, by: User) -> list[PlannedSeminar]:
    """Make a draft of every row that is to be held and has none; gives the rows that have one now.

    A row that cannot become a seminar is left as it is, and the others are made. Refuses when
    nothing at all can be made, with a sentence for each row.
    """
    demand(permissions.may_change_plans(by))
    plan = plans.lock_plan(plan_id)
    waiting = list(queries.to_make(plan))
    if not waiting:
        raise Refusal(_("Every row that is to be held is a seminar already."))
    rules, hour_minutes = PlanRules.current(), planning.minutes_of_an_hour()
    made, refused = [], []
    for row in waiting:
        try:
            made.append(_made(row, rules, hour_minutes, by))
        except Refusal as refusal:
            refused.append(f"{row.programme}: {refusal}")
    if not made:
        raise Refusal(" ".join(refused))
    plan.before = None
    plan.save(update_fields=["before"])
    trail.record("needs_survey.create_seminars", plan, by=by, made=len(made), refused=len(refused))
    return made


@transaction.atomic
def _made(row: PlannedSeminar, rules: PlanRules, hour_minutes: int, by: User) -> PlannedSeminar:
    """The row with its draft; a refusal leaves nothing of it."""
    demand(permissions.may_become_seminar(row, timezone.localdate()))
    assert row.on is not None  # asked just now
    row.seminar = seminars.plan_seminar(
        programme=row.programme,
        by=by,
        town=row.municipality.name if row.municipality else "",
        address=queries.host_of(row),
        days=days.meetings(row.programme, row.on, row.begins_at or rules.begins_at, hour_minutes),
    )
    row.save(update_fields=["seminar"])
    return row


def not_made(rows: Iterable[PlannedSeminar]) -> list[str]:
    """For each row that is to be held and cannot become a seminar now, why it cannot."""
    today = timezone.localdate()
    waiting = [row for row in rows if row.is_chosen and row.seminar_id is None]
    verdicts = [(row, permissions.may_become_seminar(row, today)) for row in waiting]
    return [f"{row.programme}: {verdict.reason}" for row, verdict in verdicts if not verdict]
