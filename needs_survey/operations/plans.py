"""Plans of seminars: kept, changed by hand row by row."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from needs_survey.models import Plan, PlannedSeminar
from needs_survey.permissions import plans as permissions
from needs_survey.planning import scores
from trainings.models import Programme

TOGETHER = (
    ({"municipality", "is_online"}, (*scores.PLACE, scores.ONLINE)),
    ({"on", "begins_at"}, scores.TIME),
)
"""Fields that are one decision, and the parts of its score, which speak of it no more once the
staff decide otherwise."""


def lock_plan(plan_id: int) -> Plan:
    """The plan, fresh, and nobody else changes it or its rows until the transaction ends."""
    rows = Plan.objects.select_for_update(no_key=True, of=("self",)).select_related("round")
    return rows.get(pk=plan_id)


@transaction.atomic
def keep(*, plan: Plan, changed: Sequence[str], by: User) -> Plan:
    """Save a plan as the staff wrote it; `changed` names the fields.

    Refuses a round of anonymous answers, and another round once something is planned.
    """
    demand(permissions.may_change_plans(by))
    verdict = permissions.may_be_planned_from(plan.round)
    if not verdict:
        raise Refusal(verdict.reason, field="round")
    is_new = plan.pk is None
    if not is_new:
        lock_plan(plan.pk)
        if "round" in changed and plan.seminars.exists():
            raise Refusal(_("Something is planned from this round; it stays."), field="round")
    plan.before = None
    plan.save()
    action = "needs_survey.make_plan" if is_new else "needs_survey.revise_plan"
    trail.record(action, plan, by=by, changed=", ".join(changed))
    return plan


@transaction.atomic
def keep_row(*, planned: PlannedSeminar, changed: Sequence[str], by: User) -> PlannedSeminar:
    """Save a row as the staff wrote it; a new computation leaves these fields alone.

    Refuses a row of which there is a seminar, and a number of people that is no group.
    """
    demand(permissions.may_change_plans(by))
    plan = lock_plan(planned.plan_id)
    made = PlannedSeminar.objects.get(pk=planned.pk)
    demand(permissions.may_be_changed(made))
    if "people" in changed:
        _demand_group(planned.programme, planned.people)
    by_hand, parts = {*made.by_hand, *changed}, made.parts
    for fields, judged in TOGETHER:
        if fields & set(changed):
            by_hand |= fields
            parts = {name: part for name, part in parts.items() if name not in judged}
    planned.by_hand, planned.parts = sorted(by_hand), parts
    planned.save(update_fields=[*changed, "by_hand", "parts"])
    _settle_by_hand(plan)
    trail.record("needs_survey.revise_row", planned, by=by, changed=", ".join(changed))
    return planned


@transaction.atomic
def choose(*, plan_id: int, rows: Sequence[int], is_chosen: bool, by: User) -> int:
    """Say of these rows of the plan that they are to be held, or not; gives how many changed.

    Rows of which there is a seminar stay as they are.
    """
    demand(permissions.may_change_plans(by))
    plan = lock_plan(plan_id)
    unmade = plan.seminars.filter(pk__in=rows, seminar=None).exclude(is_chosen=is_chosen)
    changed = list(unmade)
    for row in changed:
        row.is_chosen = is_chosen
        row.by_hand = sorted({*row.by_hand, "is_chosen"})
    PlannedSeminar.objects.bulk_update(changed, ["is_chosen", "by_hand"])
    _settle_by_hand(plan)
    for row in changed:
        trail.record("needs_survey.choose", row, by=by, is_chosen=is_chosen)
    return len(changed)


@transaction.atomic
def add_row(*, plan_id: int, programme: Programme, people: int, by: User) -> PlannedSeminar:
    """One more group of a programme, which nobody has proposed; its day and place are to come.

    Refuses a programme that is withdrawn, and a number of people that is no group.
    """
    demand(permissions.may_change_plans(by))
    plan = lock_plan(plan_id)
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if programme.withdrawn_on is not None:
        raise Refusal(_("The programme is withdrawn from the catalogue."), field="programme")
    _demand_group(programme, people)
    before = plan.seminars.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    planned = PlannedSeminar.objects.create(
        plan=plan,
        programme=programme,
        number=before + 1,
        people=people,
        by_hand=["people", "programme"],
    )
    _settle_by_hand(plan)
    trail.record("needs_survey.add_row", planned, by=by, programme=programme.pk)
    return planned


def _demand_group(programme: Programme, people: int) -> None:
    verdict = permissions.may_have_people(programme, people)
    if not verdict:
        raise Refusal(verdict.reason, field="people")


def _settle_by_hand(plan: Plan) -> None:
    """What was changed by hand must not be lost by undoing what came before it."""
    plan.before = None
    plan.save(update_fields=["before"])
