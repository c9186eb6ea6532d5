"""Computing a plan from what the schools asked for, and taking a computation back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core import serializers
from django.db import transaction
from django.utils import timezone

from centar.access import demand
from centar.audit import trail
from centar.people.models import User
from needs_survey.models import Plan, PlannedSeminar, PlanRules, SchoolBreak, Wish
from needs_survey.operations.plans import lock_plan
from needs_survey.permissions import plans as permissions
from needs_survey.planning.demand import Asked, Way
from needs_survey.planning.proposals import Group, Proposal, propose
from needs_survey.planning.scores import ONLINE, PARTS, PLACE, PROGRAMME, TIME, Parts, score
from needs_survey.planning.term import Break, Term
from needs_survey.queries import plans as queries

COMPUTED = (
    "municipality", "is_online", "on", "begins_at", "people", "score", "parts", "is_chosen",
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
    rules, term = PlanRules.current(), _term_of(plan, rows.values())
    proposal = propose(queries.wanted(plan), queries.weights_of(plan), term, centre=rules.centre_id)
    every = _fill(plan, proposal, rows, rules)
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
    """The days of the term that are still to come, without breaks; days that stay are taken."""
    first = max(plan.starts_on, timezone.localdate() + timedelta(days=1))
    taken = [row.on for row in rows if row.on is not None and _stays(row, "on")]
    free = SchoolBreak.objects.filter(starts_on__lte=plan.ends_on, ends_on__gte=first)
    breaks = [Break(one.starts_on, one.ends_on, one.has_seminars) for one in free]
    return Term(first, plan.ends_on, taken, breaks)


def _stays(row: PlannedSeminar, field: str) -> bool:
    return row.seminar_id is not None or field in row.by_hand


def _fill(
    plan: Plan,
    proposal: Proposal,
    rows: dict[tuple[int, int], PlannedSeminar],
    rules: PlanRules,
) -> list[PlannedSeminar]:
    """The rows with what is proposed. Of the others those go that nobody has touched."""
    found = []
    for group in proposal.groups:
        row = rows.pop((group.programme, group.number), None)
        found.append(_filled(row or PlannedSeminar(plan=plan), group, rules))
    judged = {group.programme: group.judged for group in proposal.groups}
    gone = []
    for row in rows.values():
        if row.seminar_id is None and not row.by_hand:
            gone.append(row.pk)
            continue
        if row.seminar_id is None:
            row.parts = {}
        _score(row, judged.get(row.programme_id, {}))
        found.append(row)
    plan.seminars.filter(pk__in=gone).delete()
    return found


def _filled(row: PlannedSeminar, group: Group, rules: PlanRules) -> PlannedSeminar:
    row.programme_id, row.number = group.programme, group.number
    _score(row, group.judged)
    if not _stays(row, "municipality"):
        row.municipality_id = group.place.municipality
        row.is_online = group.place.municipality is None
        _write_parts(row, (*PLACE, ONLINE), group.place.parts)
    if not _stays(row, "on"):
        row.on = group.start.on if group.start else None
        in_afternoon = group.start is not None and group.start.time is Way.AFTERNOON
        row.begins_at = rules.afternoon_begins_at if in_afternoon else rules.begins_at
        _write_parts(row, TIME, group.start.parts if group.start else {})
    if not _stays(row, "people"):
        row.people = group.people
    return row


def _score(row: PlannedSeminar, judged: Parts) -> None:
    row.score = score(judged)
    _write_parts(row, PROGRAMME, judged)


def _write_parts(row: PlannedSeminar, names: Collection[str], parts: Parts) -> None:
    """Put these parts in the place of all that are named."""
    others = {name: part for name, part in row.parts.items() if name not in names}
    row.parts = others | {name: asdict(part) for name, part in parts.items()}


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
            room=_room(one),
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
            room=_room(one),
            left_out=why,
        )
        for wanted, those, why in proposal.left_out
        for one in those
    ]
    Wish.objects.bulk_create([*placed, *left])


def _room(one: Asked) -> str:
    if Way.ROOM in one.ways:
        return Wish.Room.OFFERED
    return Wish.Room.BY_AGREEMENT if Way.ROOM_BY_AGREEMENT in one.ways else ""
