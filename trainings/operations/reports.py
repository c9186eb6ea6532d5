"""That schools were told of a seminar, and that the institute has its report."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import permissions
from centar.events.models import Event
from centar.people.models import User
from trainings.models import Seminar


@transaction.atomic
def mark_announced(*, seminar_id: int, by: User) -> Seminar:
    """Note that the schools were told today. Refuses a draft, and a second time."""
    demand(permissions.may_change_event(by))
    seminar = _lock(seminar_id)
    if seminar.event.state == Event.State.DRAFT:
        raise Refusal(_("This event is not published yet."))
    if seminar.announced_on is not None:
        raise Refusal(_("The seminar is marked as announced already."))
    seminar.announced_on = timezone.localdate()
    seminar.save(update_fields=["announced_on"])
    trail.record("trainings.mark_announced", seminar, by=by)
    return seminar


@transaction.atomic
def mark_reported(*, seminar_id: int, by: User) -> Seminar:
    """Note that the report was sent to the institute today.

    Refuses before the end, for a seminar that was not held, and a second time.
    """
    demand(permissions.may_change_event(by))
    seminar = _lock(seminar_id)
    event = seminar.event
    held = event.state in (Event.State.OPEN, Event.State.CLOSED)
    if not held or event.ends_at is None or event.ends_at > timezone.now():
        raise Refusal(_("There is a report only of a seminar that was held."))
    if seminar.reported_on is not None:
        raise Refusal(_("The report is marked as sent already."))
    seminar.reported_on = timezone.localdate()
    seminar.save(update_fields=["reported_on"])
    trail.record("trainings.mark_reported", seminar, by=by)
    return seminar


def _lock(seminar_id: int) -> Seminar:
    rows = Seminar.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    return rows.get(pk=seminar_id)
