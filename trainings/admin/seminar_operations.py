"""What the back office does with a seminar: publish, confirm, close, copy, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage
from centar.events import early, states
from centar.events.models import Event
from centar.events.operations import schedule
from trainings.models import SeminarEvent
from trainings.operations import certificate_batches
from trainings.operations import seminars as operations

State = Event.State


def _people_told(event: Event) -> Sequence[str | Promise]:
    registered = event.bookings.live().count()
    return (
        _("People registered or waiting, who get a letter: %(number)d.") % {"number": registered},
    )


def _step(name: str) -> Any:
    return lambda event: name in states.actions_from(event.state)


def _publish(event: Event, by: Any, fields: dict[str, Any]) -> Event:
    return schedule.publish(event_id=event.pk, by=by)


def _close(event: Event, by: Any, fields: dict[str, Any]) -> Event:
    return schedule.close(event_id=event.pk, by=by)


def _reopen(event: Event, by: Any, fields: dict[str, Any]) -> Event:
    return schedule.reopen(event_id=event.pk, by=by)


def _confirm(event: Event, by: Any, fields: dict[str, Any]) -> Event:
    return schedule.confirm_runs(event_id=event.pk, by=by)


def _cancel(event: Event, by: Any, fields: dict[str, Any]) -> Event:
    return schedule.cancel(event_id=event.pk, by=by, reason=fields["reason"])


def _copy(event: SeminarEvent, by: Any, fields: dict[str, Any]) -> Event:
    return operations.copy_seminar(seminar=event.seminar, by=by).event


def _is_over(event: Event) -> bool:
    is_held = event.state in (State.OPEN, State.CLOSED)
    return is_held and event.ends_at is not None and event.ends_at <= timezone.now()


def _certificates(event: SeminarEvent, by: Any, fields: dict[str, Any]) -> Event:
    certificate_batches.order(seminar_id=event.pk, by=by)
    return event


PAGES = (
    OperationPage(
        "objava",
        gettext_lazy("Publish"),
        run=_publish,
        done=gettext_lazy("The seminar is public and takes registrations."),
        offered=_step("publish"),
        effects=lambda event: (
            early.foretold(event) or (_("Everyone sees the seminar and can register."),)
        ),
    ),
    OperationPage(
        "potvrda",
        gettext_lazy("Confirm that it runs"),
        run=_confirm,
        done=gettext_lazy("Everyone with a place gets a letter that the seminar runs."),
        offered=lambda event: (
            event.state in (State.OPEN, State.CLOSED) and event.confirmed_at is None
        ),
        effects=_people_told,
    ),
    OperationPage(
        "zatvaranje",
        gettext_lazy("Close registration"),
        run=_close,
        done=gettext_lazy("No more registrations; the waiting list goes on moving."),
        offered=_step("close"),
    ),
    OperationPage(
        "otvaranje",
        gettext_lazy("Open registration again"),
        run=_reopen,
        done=gettext_lazy("The seminar takes registrations again."),
        offered=_step("reopen"),
    ),
    OperationPage(
        "uverenja",
        gettext_lazy("Issue certificates"),
        run=_certificates,
        done=gettext_lazy("The worker issues them; how far it is stands under “certificates”."),
        offered=_is_over,
        effects=lambda event: (
            _("Everybody who has earned a certificate gets one, and a letter; nobody gets two."),
            _("Whoever gets none is listed with the reason."),
        ),
    ),
    OperationPage(
        "kopija",
        gettext_lazy("Copy for the next year"),
        run=_copy,
        done=gettext_lazy("This is a draft copy, 52 weeks later. Check its days."),
        offered=lambda event: True,
        effects=lambda event: (_("A draft with the same data, 52 weeks later, is made."),),
    ),
    OperationPage(
        "otkazivanje",
        gettext_lazy("Cancel the seminar"),
        run=_cancel,
        done=gettext_lazy("The seminar is cancelled and everyone was told."),
        offered=_step("cancel"),
        effects=_people_told,
        form=ReasonForm,
        dangerous=True,
    ),
)
