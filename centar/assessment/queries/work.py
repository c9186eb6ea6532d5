"""What waits for assessors and chairs, and what they may still read."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from centar.assessment.models import Assignment, Item, Panel, Rules, Seat
from centar.assessment.queries.conflicts import conflicts, impartial, without_conflicts
from centar.outbox.models import Letter
from centar.people.models import Person, User

State = Assignment.State


def visible_to(user: User) -> QuerySet[Assignment]:
    """The user's own assignments, those of closed items too; without conflicts, and without
    those that were declined or taken away.
    """
    own = Assignment.objects.filter(person__user=user, state__in=(State.ASKED, State.SENT))
    return impartial(own).select_related("item__panel", "person__user")


def waiting_for(person: Person) -> QuerySet[Assignment]:
    """What waits for this person, over all panels, the most urgent first."""
    return impartial(_open().filter(person=person))


def _open() -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(
        state=State.ASKED, item__closed_at=None, item__panel__ended_at=None
    )
    return rows.select_related("item__panel").order_by("due_on", "item__code", "pk")


def panels_led_by(user: User) -> QuerySet[Panel]:
    """The panels that the user leads, ended ones too."""
    seats = Seat.objects.filter(person__user=user, role=Seat.Role.CHAIR, left_at=None)
    return Panel.objects.filter(pk__in=seats.values("panel"))


def all_in(panel: Panel) -> QuerySet[Item]:
    """Open items for whose assessments nobody waits any more, though there are some."""
    sent = Assignment.objects.filter(item=OuterRef("pk"), state=State.SENT)
    expected = Assignment.objects.filter(item=OuterRef("pk"), state=State.ASKED)
    return panel.items.filter(Exists(impartial(sent)), ~Exists(impartial(expected)), closed_at=None)


def chairs_of(item: Item) -> list[Person]:
    """Who leads the item's panel and has no conflict about it."""
    seats = Seat.objects.filter(panel=item.panel_id, role=Seat.Role.CHAIR, left_at=None)
    chairs = [seat.person for seat in seats.select_related("person__user")]
    apart = conflicts([item.pk], [chair.pk for chair in chairs])
    return [chair for chair in chairs if (item.pk, chair.pk) not in apart]


def to_remind(rules: Rules, today: date) -> list[Assignment]:
    """Assignments whose day of reminding has come since they were made or last reminded."""
    quiet_since = today - timedelta(days=max(1, rules.days_after))
    near = _open().filter(
        Q(reminded_on=None) | Q(reminded_on__lte=quiet_since),
        due_on__lte=today + timedelta(days=rules.days_before),
        reminders__lt=rules.most_reminders,
        assigned_at__date__lt=today,
    )
    rows = list(near.select_related("person__user"))
    return [one for one in without_conflicts(rows) if _is_due(one, rules, today)]


def _is_due(assignment: Assignment, rules: Rules, today: date) -> bool:
    """Before the last day once, and after it every so many days."""
    since = assignment.reminded_on or timezone.localdate(assignment.assigned_at)
    if today > assignment.due_on:
        return today >= max(assignment.due_on, since) + timedelta(days=max(1, rules.days_after))
    return since < assignment.due_on - timedelta(days=rules.days_before) <= today


def to_digest(kind: str, version: str, today: date) -> list[Person]:
    """People for whom something waits since before today, and to whom no letter of this kind
    and version was queued.
    """
    told = Letter.objects.filter(kind=kind, version=version, object_id=OuterRef("person"))
    older = _open().filter(~Exists(told), assigned_at__date__lt=today)
    rows = without_conflicts(list(older.select_related("person__user")))
    return list({one.person_id: one.person for one in rows}.values())
