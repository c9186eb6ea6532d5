"""The letters to whoever leads a panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.assessment import kinds as subjects
from centar.assessment.letters.assessors import morning, version_of
from centar.assessment.models import Assignment, Item, Panel, Seat
from centar.assessment.queries import conflicts, work
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.script import faces

ALL_IN = "assessment.all_in"
DECLINED = "assessment.declined"


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    all_in = gettext_lazy("all assessments are in")
    declined = gettext_lazy("an assessor has declined")
    kinds.register(kinds.Kind(ALL_IN, all_in, _all_in, secret=True))
    kinds.register(kinds.Kind(DECLINED, declined, _declined, secret=True))


def queue_all_in(item: Item, chairs: Sequence[Person], now: datetime) -> None:
    """Tell the chairs on the next morning, by one letter whatever else comes in until then."""
    today = timezone.localdate(now)
    day = today if now <= morning(today) else today + timedelta(days=1)
    operations.queue_many(
        Letter(
            kind=ALL_IN,
            object_id=item.panel_id,
            recipient=chair.email,
            version=version_of(day),
            face=chair.face,
            context={"person": chair.pk},
            next_attempt_at=morning(day),
        )
        for chair in chairs
    )


def queue_declined(assignment: Assignment, chairs: Sequence[Person]) -> None:
    """Tell the chairs at once, since another assessor is needed."""
    now = timezone.now()
    operations.queue_many(
        Letter(
            kind=DECLINED,
            object_id=assignment.pk,
            recipient=chair.email,
            version=f"{now:%Y-%m-%d %H:%M:%S.%f}",
            face=chair.face,
            context={"person": chair.pk},
        )
        for chair in chairs
    )


def _all_in(letter: Letter) -> kinds.Message:
    panel = Panel.objects.filter(pk=letter.object_id).first()
    if panel is None:
        raise kinds.NoLongerTrue(_("Nothing of this waits any more."))
    chair = _chair(letter, panel)
    items = list(work.all_in(panel))
    apart = conflicts.conflicts([item.pk for item in items], [chair.pk])
    shown = [item for item in items if (item.pk, chair.pk) not in apart]
    if not shown:
        raise kinds.NoLongerTrue(_("Nothing of this waits any more."))
    context = {"person": chair, "panel": panel, "items": shown, "address": _address(letter, panel)}
    subject = _("All assessments are in: %(panel)s") % {"panel": panel}
    return kinds.Message(subject, texts.written("assessment/letters/all_in.txt", context))


def _declined(letter: Letter) -> kinds.Message:
    rows = Assignment.objects.select_related("item__panel", "person")
    assignment = rows.filter(pk=letter.object_id, state=Assignment.State.DECLINED).first()
    if assignment is None:
        raise kinds.NoLongerTrue(_("Nothing of this waits any more."))
    panel = assignment.item.panel
    chair = _chair(letter, panel)
    if conflicts.conflicts([assignment.item_id], [chair.pk]):
        raise kinds.NoLongerTrue(_("The recipient has a conflict of interest here."))
    context = {"person": chair, "assignment": assignment, "address": _address(letter, panel)}
    subject = _("An assessor has declined: %(panel)s") % {"panel": panel}
    return kinds.Message(subject, texts.written("assessment/letters/declined.txt", context))


def _chair(letter: Letter, panel: Panel) -> Person:
    """The recipient, as long as they lead the panel."""
    seats = panel.seats.filter(person=letter.context["person"], role=Seat.Role.CHAIR, left_at=None)
    seat = seats.select_related("person__user").first()
    if seat is None:
        raise kinds.NoLongerTrue(_("The recipient does not lead the panel any more."))
    return seat.person


def _address(letter: Letter, panel: Panel) -> str:
    path = subjects.of(panel).panel_path(panel)
    return settings.SITE_URL + faces.address(path, faces.by_code(letter.face))
