"""Taking assignments away, closing items and ending the work of panels."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.assessment import permissions
from centar.assessment.letters import assessors as letters
from centar.assessment.models import Assignment, Item, Panel
from centar.assessment.operations.locks import lock_assignment, lock_item, lock_panel
from centar.assessment.queries.conflicts import impartial
from centar.audit import trail
from centar.people.models import User

State = Assignment.State


@transaction.atomic
def end_assignment(*, assignment_id: int, by: User) -> Assignment:
    """Take away what is not sent yet, and tell the assessor; the draft stays in case they are
    asked again.
    """
    assignment = lock_assignment(assignment_id)
    demand(permissions.may_steer(assignment.item, by))
    if assignment.state != State.ASKED:
        raise Refusal(_("Only what somebody was asked for and has not sent can be taken away."))
    take_away(Assignment.objects.filter(pk=assignment.pk))
    trail.record("assessment.end_assignment", assignment, by=by, person=assignment.person_id)
    return assignment


@transaction.atomic
def close(*, item_id: int, by: User | None) -> Item:
    """Close an item: what was sent and is without conflict counts for ever, nobody is waited for.

    Closing twice changes nothing. The app above has asked who may, since it closes by its own
    deeds: a decision, or an author who withdraws.
    """
    item = lock_item(item_id)
    if item.closed_at is None:
        _close(item)
        trail.record("assessment.close", item, by=by)
    return item


@transaction.atomic
def end_panel(*, panel_id: int, by: User) -> Panel:
    """End the work of a panel: every item is closed, and nothing in it changes any more."""
    panel = lock_panel(panel_id)
    demand(permissions.may_chair(panel, by))
    if panel.ended_at is not None:
        raise Refusal(_("The work of this panel is over."))
    for item in panel.items.filter(closed_at=None):
        _close(item)
    panel.ended_at = timezone.now()
    panel.save(update_fields=["ended_at"])
    trail.record("assessment.end_panel", panel, by=by)
    return panel


def take_away(assignments: QuerySet[Assignment]) -> None:
    """End those of them that wait, and tell their assessors."""
    waiting = list(assignments.filter(state=State.ASKED).select_related("person__user", "item"))
    Assignment.objects.filter(pk__in=[one.pk for one in waiting]).update(state=State.ENDED)
    letters.queue_ended(waiting)


def drop_conflicted(assignments: QuerySet[Assignment]) -> None:
    """End also those that were sent, where the assessor has a conflict, so that they never count.

    Nobody is told: whoever declared it knows.
    """
    kept = impartial(Assignment.objects.filter(item__closed_at=None)).values("pk")
    live = assignments.filter(state__in=Assignment.LIVE).exclude(pk__in=kept)
    live.update(state=State.ENDED, sent_at=None)


def _close(item: Item) -> None:
    drop_conflicted(item.assignments.all())
    take_away(item.assignments.all())
    item.closed_at = timezone.now()
    item.save(update_fields=["closed_at"])
