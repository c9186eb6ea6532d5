"""Who assesses what: by hand, by a plan, and again for what was revised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.assessment import permissions
from centar.assessment.letters import assessors as letters
from centar.assessment.models import Assignment, Item, Panel, Rules, Seat
from centar.assessment.operations.locks import lock_item, lock_panel
from centar.assessment.queries import proposing
from centar.assessment.queries.conflicts import conflicts
from centar.audit import trail
from centar.people.models import Person, User

State = Assignment.State


@transaction.atomic
def assign(*, item_id: int, person_id: int, by: User, due_on: date | None = None) -> Assignment:
    """Ask somebody to assess an item; from whom it was taken away finds the old draft again.

    The last day is that of the panel unless another is given. Refuses a conflict, on either
    side, somebody without a seat or with as much as the panel allows, and who has declined.
    """
    item = lock_item(item_id)
    person = Person.objects.select_related("user").get(pk=person_id)
    demand(permissions.may_steer(item, by))
    demand(permissions.may_be_assigned(item, person))
    until = due_on or item.panel.due_on
    if until < timezone.localdate():
        raise Refusal(_("This last day is over; choose another."), field="due_on")
    facts = {
        "state": State.ASKED,
        "due_on": until,
        "assigned_at": timezone.now(),
        "reminders": 0,
        "reminded_on": None,
    }
    made, _is_new = Assignment.objects.update_or_create(item=item, person=person, defaults=facts)
    letters.queue_asked([made])
    trail.record("assessment.assign", made, by=by, person=person.pk)
    return made


@transaction.atomic
def propose_all(*, panel_id: int, seen: str, by: User) -> list[Assignment]:
    """Assign as `queries.proposing.plan` says; `seen` is the fingerprint of the plan that the
    user looked at. Refuses when it would be another plan by now.
    """
    panel = lock_panel(panel_id)
    demand(permissions.may_chair(panel, by))
    _demand_days(panel)
    plan = proposing.plan(panel, by)
    if not plan.rows:
        raise Refusal(_("There is nobody to propose."))
    if plan.fingerprint != seen:
        raise Refusal(_("Something has changed meanwhile. Please look at the proposal again."))
    made = _ask([(row.item, row.proposed.person) for row in plan.rows], panel.due_on)
    letters.queue_asked(made)
    trail.record("assessment.propose_all", panel, by=by, assignments=len(made))
    return made


@transaction.atomic
def follow(*, item_id: int, by: User | None, due_on: date | None = None) -> list[Assignment]:
    """Ask those who assess, or have assessed, what this item follows to assess it too.

    Who has left the panel or has a conflict now is left out. Without a given last day it is the
    panel's, or so many days from today as the rules say if that is later. The app above has
    asked who may, since authors cause it by what they submit.
    """
    item = lock_item(item_id)
    if item.follows_id is None:
        return []
    until = due_on or day_again(item.panel.due_on)
    made = _ask([(item, person) for person in _same_assessors(item)], until)
    letters.queue_again(made)
    trail.record("assessment.follow", item, by=by, assignments=len(made))
    return made


def day_again(due_on: date) -> date:
    """The last day for what somebody assesses again: that day, or so many days from today as
    the rules say if that is later.
    """
    return max(due_on, timezone.localdate() + timedelta(days=Rules.current().days_again))


def _same_assessors(item: Item) -> list[Person]:
    seated = Seat.objects.filter(panel=item.panel_id, left_at=None).values("person")
    before = Assignment.objects.filter(item=item.follows_id, person__in=seated)
    rows = before.exclude(state=State.DECLINED).order_by("assigned_at", "pk")
    people = [one.person for one in rows.select_related("person__user")]
    already = set(item.assignments.values_list("person", flat=True))
    apart = conflicts([item.pk], [person.pk for person in people])
    return [
        person
        for person in people
        if person.pk not in already and (item.pk, person.pk) not in apart
    ]


def _ask(pairs: Iterable[tuple[Item, Person]], due_on: date) -> list[Assignment]:
    """Assignments for people who were never asked about the item before."""
    now = timezone.now()
    return Assignment.objects.bulk_create(
        Assignment(item=item, person=person, due_on=due_on, assigned_at=now)
        for item, person in pairs
    )


def _demand_days(panel: Panel) -> None:
    if panel.ended_at is not None:
        raise Refusal(_("The work of this panel is over."))
    if panel.due_on < timezone.localdate():
        raise Refusal(_("The last day of the panel is over; move it first."))
