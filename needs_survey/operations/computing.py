"""Computing a plan from what the schools asked for, and taking a computation back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core import serializers
from django.db import transaction
from django.utils import timezone

from centar.access import demand
from centar.audit import trail
from centar.people.models import User
from needs_survey.models import Plan, PlannedSeminar, Wish
from needs_survey.operations.plans import lock_plan
from needs_survey.permissions import plans as permissions
from needs_survey.planning.proposals import Group, Proposal, propose
from needs_survey.planning.scores import PARTS
from needs_survey.planning.term import Term
from needs_survey.queries import plans as queries

COMPUTED = (
    "municipality", "is_online", "on", "people", "score", "parts", "is_chosen",
)  # fmt: skip
KEPT = ("most_seminars", "computed_at", *(f"weight_{name}" for name in PARTS))
"""What of the plan itself a computation may change."""


@transaction.atomic
def compute(
    *, plan_id: int, weights: Mapping[str, int], most_seminars: int | None, by: User
) -> Plan:
    """Propose the seminars anew, with these weights, from the answers as they are now.

    Whatever the staff changed by hand stays, and so does every row of which there is a seminar.
    Until somebody changes the plan by hand it can be undone.
    """
    demand(permissions.may_change_plans(by))
    plan = lock_plan(plan_id)
    before = _snapshot(plan)
    for name, weight in weights.items():
        setattr(plan, f"weight_{name}", weight)
    plan.most_seminars = most_seminars
    rows = {(row.programme_id, row.number): row for row in plan.seminars.all()}
    wanted = queries.wanted(plan)
    proposal = propose(wanted, queries.weights_of(plan), _term_of(plan, rows.values()))
    every = _fill(plan, proposal, rows)
    _choose(plan, every)
    _write(every)
    _write_wishes(plan, proposal, {(row.programme_id, row.number): row for row in every})
    plan.before = before
    # Whole seconds: a snapshot would keep no finer ones.
    plan.computed_at = timezone.now().replace(microsecond=0)
    plan.save()
    detail: dict[str, Any] = {**queries.weights_of(plan), "rows": len(every)}
    trail.record("needs_survey.compute_plan", plan, by=by, **detail)
    return plan


@transaction.atomic
def undo(*, plan_id: int, by: User) -> Plan:
    """Bring the plan back to what it was before the last computation, its weights included.

    Refuses once something was changed by hand or became a seminar since.
    """
    demand(permissions.may_change_plans(by))
    plan = lock_plan(plan_id)
    demand(permissions.may_undo(plan))
    before = plan.before or {}
    plan.seminars.all().delete()
    plan.wishes.all().delete()
    for part in ("rows", "wishes"):
        for kept in serializers.deserialize("python", before[part]):
            kept.save(force_insert=True)
    for name, value in before["plan"].items():
        setattr(plan, name, value)
    plan.before = None
    plan.save()
    trail.record("needs_survey.undo_computation", plan, by=by)
    return plan


def _snapshot(plan: Plan) -> dict[str, Any]:
    rows, wishes = plan.seminars.order_by("pk"), plan.wishes.order_by("pk")
    return {
        "plan": {name: getattr(plan, name) for name in KEPT},
        "rows": serializers.serialize("python", rows),
        "wishes": serializers.serialize("python", wishes),
    }


def _term_of(plan: Plan, rows: Iterable[PlannedSeminar]) -> Term:
    """The days of the term that are still to come; days that stay in any case are taken."""
    first = max(plan.starts_on, timezone.localdate() + timedelta(days=1))
    taken = [row.on for row in rows if row.on is not None and _stays(row, "on")]
    return Term(first, plan.ends_on, taken)


def _stays(row: PlannedSeminar, field: str) -> bool:
    return row.seminar_id is not None or field in row.by_hand


def _fill(
    plan: Plan, proposal: Proposal, rows: dict[tuple[int, int], PlannedSeminar]
) -> list[PlannedSeminar]:
    """The rows with what is proposed. Of the others those go that nobody has touched."""
    found = []
    for group in proposal.groups:
        row = rows.pop((group.programme, group.number), None)
        found.append(_filled(row or PlannedSeminar(plan=plan), group))
    of_programme = {group.programme: group for group in proposal.groups}
    gone = []
    for row in rows.values():
        if row.seminar_id is None and not row.by_hand:
            gone.append(row.pk)
            continue
        _score(row, of_programme.get(row.programme_id))
        found.append(row)
    plan.seminars.filter(pk__in=gone).delete()
    return found


def _filled(row: PlannedSeminar, group: Group) -> PlannedSeminar:
    row.programme_id, row.number = group.programme, group.number
    _score(row, group)
    if not _stays(row, "municipality"):
        row.municipality_id = group.municipality
        row.is_online = group.municipality is None
    if not _stays(row, "on"):
        row.on = group.on
    if not _stays(row, "people"):
        row.people = group.people
    return row


def _score(row: PlannedSeminar, group: Group | None) -> None:
    row.score = group.score if group else 0
    row.parts = {
        name: {
            "value": part.value,
            "largest": part.largest,
            "weight": part.weight,
            "points": str(part.points),
        }
        for name, part in (group.parts.items() if group else ())
    }


def _choose(plan: Plan, rows: Iterable[PlannedSeminar]) -> None:
    """Choose the first by score, up to the most; what the staff have chosen counts first."""
    every = sorted(rows, key=lambda row: (-row.score, row.programme_id, row.number))
    left = plan.most_seminars if plan.most_seminars is not None else len(every)
    left -= sum(1 for row in every if row.is_chosen and _stays(row, "is_chosen"))
    for row in every:
        if not _stays(row, "is_chosen"):
            row.is_chosen = left > 0
            left -= row.is_chosen


def _write(rows: Iterable[PlannedSeminar]) -> None:
    every = list(rows)
    PlannedSeminar.objects.bulk_create([row for row in every if row.pk is None])
    known = [row for row in every if row.pk is not None]
    PlannedSeminar.objects.bulk_update(known, COMPUTED)


def _write_wishes(
    plan: Plan, proposal: Proposal, rows: Mapping[tuple[int, int], PlannedSeminar]
) -> None:
    plan.wishes.all().delete()
    placed = [
        Wish(
            plan=plan,
            programme_id=group.programme,
            title=group.title,
            school_id=one.school,
            teachers=one.teachers,
            planned=rows[group.programme, group.number],
        )
        for group in proposal.groups
        for one in group.members
    ]
    left = [
        Wish(
            plan=plan,
            programme_id=wanted.key,
            title=wanted.title,
            school_id=one.school,
            teachers=one.teachers,
            left_out=why,
        )
        for wanted, those, why in proposal.left_out
        for one in those
    ]
    Wish.objects.bulk_create([*placed, *left])
