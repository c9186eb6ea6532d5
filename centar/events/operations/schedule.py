"""The life of an event: publish, close, confirm, cancel, and changes of its plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import letters, locks, permissions, signals, states
from centar.events.applications import letters as application_letters
from centar.events.models import Booking, Event
from centar.events.operations.settling import seats_held, settle
from centar.people.models import User

# Closing and reopening stand on the pages only. A raised SEQUENCE also means a new plan to the
# letters: one about the plan before is dropped, and people are reminded again.
MOVES_CALENDARS = ("publish", "cancel")


@dataclass(frozen=True)
class Plan:
    """What subscribers of a calendar see of an event; two plans are compared after an edit."""

    title: str
    place: str
    address: str
    online_link: str
    meetings: tuple[tuple[object, object, str], ...]


def plan_of(event: Event) -> Plan:
    """The plan as the database has it now."""
    meetings = event.meetings.order_by("starts_at", "pk")
    return Plan(
        event.title,
        event.place,
        event.address,
        event.online_link,
        tuple(meetings.values_list("starts_at", "ends_at", "place")),
    )


@transaction.atomic
def publish(*, event_id: int, by: User) -> Event:
    """Show a draft to the public and open its registration.

    The apps above hear of it (`signals.published`) and may open it later.
    """
    event = _step(event_id, "publish", by)
    if event.starts_at is None:
        raise Refusal(_("Add at least one meeting before publishing."))
    if event.starts_at <= timezone.now():
        raise Refusal(_("The first meeting is in the past."))
    event = _save_step(event, "publish", by)
    signals.published.send(Event, event=event, by=by)
    event.refresh_from_db()
    return event


@transaction.atomic
def open_registration_at(*, event_id: int, opens_at: datetime, by: User) -> Event:
    """Let registration open at this moment and not before.

    Refuses a moment after the event begins or after registration closes.
    """
    event = locks.lock_event(event_id)
    demand(permissions.may_change_event(by))
    if not permissions.may_open_at(event, opens_at):
        raise Refusal(_("Registration would open too late."), field="registration_opens_at")
    event.registration_opens_at = opens_at
    event.save(update_fields=["registration_opens_at"])
    trail.record("events.open_registration_at", event, by=by, opens_at=opens_at.isoformat())
    return event


@transaction.atomic
def close(*, event_id: int, by: User) -> Event:
    """Take no more registrations; the waiting list goes on moving."""
    return _save_step(_step(event_id, "close", by), "close", by)


@transaction.atomic
def reopen(*, event_id: int, by: User) -> Event:
    """Take registrations again."""
    return _save_step(_step(event_id, "reopen", by), "reopen", by)


@transaction.atomic
def confirm_runs(*, event_id: int, by: User) -> Event:
    """Tell everybody who has a place that the event will be held."""
    event = locks.lock_event(event_id)
    demand(permissions.may_change_event(by))
    if event.state not in (Event.State.OPEN, Event.State.CLOSED):
        raise Refusal(_("Only a published event can be confirmed."))
    if event.confirmed_at is not None:
        raise Refusal(_("This event is confirmed already."))
    now = timezone.now()
    event.confirmed_at = now
    event.confirmed_by = by
    event.save(update_fields=["confirmed_at", "confirmed_by"])
    letters.queue_about("events.runs", event, _with_addresses(event, [Booking.State.PLACED]), now)
    trail.record("events.confirm_runs", event, by=by)
    return event


@transaction.atomic
def cancel(*, event_id: int, by: User, reason: str) -> Event:
    """Cancel with a reason: every live booking ends, everyone is told, calendars show it."""
    event = _step(event_id, "cancel", by)
    if not reason.strip():
        raise Refusal(_("Write the reason; everyone registered will read it."), field="reason")
    now = timezone.now()
    event.cancelled_at = now
    event.cancelled_by = by
    event.cancel_reason = reason.strip()
    told = _with_addresses(event, Booking.LIVE)
    event.bookings.live().update(
        state=Booking.State.CANCELLED, offered_until=None, ended_at=now, ended_by=by
    )
    letters.queue_about("events.cancelled", event, told, now)
    application_letters.queue_digest(told, now, by=by)
    return _save_step(event, "cancel", by, reason=reason)


def check_capacity(event: Event, capacity: int | None) -> None:
    """Refuse fewer places than are held. The event must be locked."""
    held = seats_held(event)
    if capacity is not None and capacity < held:
        raise Refusal(
            _("%(held)d places are already taken; there cannot be fewer.") % {"held": held},
            field="capacity",
        )


@transaction.atomic
def revised(*, event_id: int, before: Plan, by: User) -> Event:
    """Draw the conclusions of an edit of the event or its meetings, made under the same lock.

    First and last day are kept on the event; a changed plan raises SEQUENCE and is told to
    everyone registered; new places go to the queue.
    """
    event = locks.lock_event(event_id)
    demand(permissions.may_change_event(by))
    now = timezone.now()
    ends = event.meetings.aggregate(first=Min("starts_at"), last=Max("ends_at"))
    event.starts_at, event.ends_at = ends["first"], ends["last"]
    if event.state != Event.State.DRAFT and event.starts_at is None:
        raise Refusal(_("A published event needs at least one meeting."))
    changed = plan_of(event) != before
    if changed:
        event.sequence += 1
        event.changed_at = now
    event.save(update_fields=["starts_at", "ends_at", "sequence", "changed_at"])
    if event.starts_at is not None:
        # An offer never lasts past the start, wherever the start is moved.
        offers = event.bookings.filter(state=Booking.State.OFFERED)
        offers.filter(offered_until__gt=event.starts_at).update(offered_until=event.starts_at)
    if changed and event.state in (Event.State.OPEN, Event.State.CLOSED):
        told = _with_addresses(event, Booking.LIVE)
        letters.queue_about("events.changed", event, told, now)
    settle(event, now)
    trail.record("events.revise", event, by=by, plan_changed=changed)
    return event


def _step(event_id: int, action: str, by: User) -> Event:
    event = locks.lock_event(event_id)
    demand(permissions.may_change_event(by))
    target = states.after(action, event.state)
    if target is None:
        raise Refusal(
            _("This cannot be done while the event is in the state “%(state)s”.")
            % {"state": event.get_state_display()}
        )
    event.state = target
    return event


def _save_step(event: Event, action: str, by: User, reason: str = "") -> Event:
    if action in MOVES_CALENDARS:
        event.sequence += 1
        event.changed_at = timezone.now()
    event.save()
    trail.record(f"events.{action}", event, by=by, reason=reason)
    return event


def _with_addresses(event: Event, states_: Iterable[str]) -> list[Booking]:
    bookings = event.bookings.filter(state__in=states_)
    return list(bookings.select_related("person__user", "group"))
