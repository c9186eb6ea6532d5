"""Schools that asked for a seminar are invited before everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.audit import trail
from centar.events import early, moments, signals
from centar.events import permissions as event_permissions
from centar.events.models import Event
from centar.events.operations import schedule
from centar.people.models import User
from needs_survey.letters import first as letters
from needs_survey.models import PlanRules
from needs_survey.queries import plans as queries


def register() -> None:
    """Hear of published events, and let the schools that asked in first; called once."""
    signals.published.connect(_published, dispatch_uid="needs_survey.first")
    early.register(early.Precedence(admits=queries.may_come_first, foretold=foretold))


def _published(sender: Any, event: Event, by: User, **kwargs: Any) -> None:
    invite(event=event, by=by)


@transaction.atomic
def invite(*, event: Event, by: User) -> int:
    """Write to the coordinators of the schools that asked for the event; gives to how many.

    Registration opens for everybody else so many days later as the rules of planning say, unless
    the staff have chosen a later moment, or it would then be too late for the event.
    """
    planned = queries.planned_as(event)
    invited = queries.coordinators_invited(planned) if planned is not None else []
    if planned is None or not invited:
        return 0
    opens_at = _opens_at(event)
    if opens_at is not None:
        schedule.open_registration_at(event_id=event.pk, opens_at=opens_at, by=by)
    letters.queue(planned, invited)
    trail.record("needs_survey.invite_first", planned, by=by, letters=len(invited))
    return len(invited)


def foretold(event: Event) -> Sequence[str]:
    """What publishing the event will do for the schools that asked for it."""
    planned = queries.planned_as(event)
    number = len(queries.coordinators_invited(planned)) if planned is not None else 0
    if not number:
        return ()
    letter = ngettext(
        "%(number)d coordinator of the schools that asked for it gets a letter and can apply.",
        "%(number)d coordinators of the schools that asked for it get a letter and can apply.",
        number,
    ) % {"number": number}
    opens_at = _opens_at(event) or event.registration_opens_at
    if opens_at is None:
        return (letter, _("Everyone sees the seminar and can register."))
    when = _("Everyone sees the seminar; registration opens for them on %(when)s.")
    return (letter, when % {"when": moments.written(opens_at)})


def _opens_at(event: Event) -> datetime | None:
    """When registration is to open for everybody; None where the event's own moment stays."""
    opens_at = timezone.now() + timedelta(days=PlanRules.current().head_start_days)
    is_later = event.registration_opens_at is not None and event.registration_opens_at >= opens_at
    if is_later or not event_permissions.may_open_at(event, opens_at):
        return None
    return opens_at
