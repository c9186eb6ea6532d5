"""Panels: who sits in them, and by which criteria they assess."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal, demand
from centar.assessment import permissions
from centar.assessment.models import Assignment, Criterion, Panel, Seat
from centar.assessment.operations.ending import take_away
from centar.assessment.operations.locks import lock_panel
from centar.assessment.queries import panels as queries
from centar.audit import trail
from centar.people.models import User

WORDING = frozenset({"title", "guidance", "order"})
"""What of a criterion may be mended once there are points by it."""
BLINDNESS_STAYS = gettext_lazy("Somebody is assigned already: who knows whom stays as it is.")
CRITERIA_STAY = gettext_lazy(
    "Somebody has given points already: only names, guidance and order of criteria can change."
)


@transaction.atomic
def keep(*, panel: Panel, changed: Collection[str], by: User) -> Panel:
    """Save a panel as the staff wrote it; `changed` names the fields.

    A new last day is also that of everything that waits and had the old one. Refuses to change
    who knows whom once somebody is assigned.
    """
    demand(permissions.may_write_panels(by))
    is_new = panel.pk is None
    if not is_new:
        before = lock_panel(panel.pk)
        if panel.blindness != before.blindness and queries.somebody_is_assigned(panel):
            raise Refusal(BLINDNESS_STAYS, field="blindness")
        waiting = Assignment.objects.filter(item__panel=panel, state=Assignment.State.ASKED)
        waiting.filter(due_on=before.due_on).update(due_on=panel.due_on)
    panel.save()
    action = "assessment.make_panel" if is_new else "assessment.change_panel"
    trail.record(action, panel, by=by, changed=", ".join(changed))
    return panel


@transaction.atomic
def keep_criteria(
    *,
    panel_id: int,
    kept: Sequence[tuple[Criterion, Collection[str]]],
    removed: Iterable[Criterion] = (),
    by: User,
) -> None:
    """Save criteria of a panel, each with the names of its changed fields, and take others away.

    Once there are points, drafts included, only their wording and order can change.
    """
    demand(permissions.may_write_panels(by))
    panel = lock_panel(panel_id)
    removed = list(removed)
    is_more = removed or any(one.pk is None or set(changed) - WORDING for one, changed in kept)
    if is_more and queries.something_is_scored(panel):
        raise Refusal(CRITERIA_STAY)
    for criterion, _changed in kept:
        criterion.panel = panel
        criterion.save()
    for criterion in removed:
        criterion.delete()
    trail.record("assessment.keep_criteria", panel, by=by, kept=len(kept), removed=len(removed))


@transaction.atomic
def copy(*, panel_id: int, due_on: date, by: User) -> Panel:
    """A panel with the same guidance, rules and criteria, another last day, and nobody in it."""
    demand(permissions.may_write_panels(by))
    old = Panel.objects.get(pk=panel_id)
    copied = Panel.objects.create(
        title=old.title,
        guidance=old.guidance,
        blindness=old.blindness,
        due_on=due_on,
        assessors_each=old.assessors_each,
        most_each=old.most_each,
        asks_recommendation=old.asks_recommendation,
    )
    Criterion.objects.bulk_create(_copies(old.pk, copied, first=1))
    trail.record("assessment.copy_panel", copied, by=by, copied_from=old.pk)
    return copied


@transaction.atomic
def copy_criteria(*, panel_id: int, from_id: int, by: User) -> Panel:
    """Add the criteria of another panel to this one, after its own.

    Refuses when there are points already, and a panel without criteria.
    """
    demand(permissions.may_write_panels(by))
    panel = lock_panel(panel_id)
    if queries.something_is_scored(panel):
        raise Refusal(CRITERIA_STAY)
    copies = _copies(from_id, panel, first=panel.criteria.count() + 1)
    if not copies:
        raise Refusal(_("That panel has no criteria."), field="source")
    Criterion.objects.bulk_create(copies)
    trail.record("assessment.copy_criteria", panel, by=by, copied_from=from_id)
    return panel


@transaction.atomic
def seat(*, panel_id: int, person_id: int, role: str, topics: Sequence[str] = (), by: User) -> Seat:
    """Give somebody a seat in the panel, or change the one they have; who left comes back."""
    demand(permissions.may_write_panels(by))
    panel = lock_panel(panel_id)
    if panel.ended_at is not None:
        raise Refusal(_("The work of this panel is over."))
    facts = {"role": role, "topics": list(topics), "left_at": None}
    kept, is_new = Seat.objects.update_or_create(panel=panel, person_id=person_id, defaults=facts)
    action = "assessment.seat" if is_new else "assessment.change_seat"
    trail.record(action, kept, by=by, person=person_id, role=role)
    return kept


@transaction.atomic
def leave(*, seat_id: int, by: User) -> Seat:
    """End somebody's seat: what they have not sent is taken away, what they have sent stays."""
    demand(permissions.may_write_panels(by))
    left = Seat.objects.select_related("panel", "person__user").get(pk=seat_id)
    lock_panel(left.panel_id)
    left.refresh_from_db(fields=["left_at"])
    if left.left_at is not None:
        raise Refusal(_("This person has left the panel already."))
    left.left_at = timezone.now()
    left.save(update_fields=["left_at"])
    take_away(Assignment.objects.filter(item__panel=left.panel_id, person=left.person_id))
    trail.record("assessment.leave", left, by=by, person=left.person_id)
    return left


def _copies(from_id: int, panel: Panel, *, first: int) -> list[Criterion]:
    """The criteria of a panel as those of another, numbered from `first`; not saved yet."""
    copies = list(Criterion.objects.filter(panel=from_id))
    for number, one in zip(count(first), copies, strict=False):
        one.pk, one.panel, one.order, one.revision = None, panel, number, 1
        one._state.adding = True
    return copies
