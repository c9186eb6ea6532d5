"""Who was at a meeting, the whole of it or a part."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import locks, permissions
from centar.events.models import Booking, Event, Meeting, Presence
from centar.people.models import User


@transaction.atomic
def note_presence(
    *, meeting_id: int, booking_id: int, by: User, minutes: int | None = None
) -> Presence:
    """Note that somebody with a place is at the meeting: the whole of it, or so many minutes.

    Noting it again changes nothing, so that a second tap or a second telephone does no harm;
    other `minutes` correct the earlier ones. Refuses whoever has no place, minutes beyond the
    meeting's length, a meeting of another event, and one that is cancelled or further off than
    a day.
    """
    event, meeting, now = locked_meeting(meeting_id, by=by)
    booking = _booking_at(event, booking_id)
    demand(permissions.may_be_present(booking))
    _check_minutes(minutes, meeting)
    return write_presence(meeting, booking, by=by, now=now, minutes=minutes)


@transaction.atomic
def undo_presence(*, meeting_id: int, booking_id: int, by: User) -> None:
    """Take back that somebody was at the meeting; where nothing is noted, nothing happens."""
    event, meeting, _now = locked_meeting(meeting_id, by=by)
    booking = _booking_at(event, booking_id)
    undone = Presence.objects.filter(meeting=meeting, booking=booking).first()
    if undone is None:
        return
    undone.delete()
    trail.record("events.undo_presence", booking, by=by, meeting=meeting.pk, minutes=undone.minutes)


@transaction.atomic
def note_all_present(*, meeting_id: int, by: User) -> int:
    """Note everybody with a place as present for the whole meeting; gives how many were not.

    What is noted already, partial hours included, stays as it is.
    """
    event, meeting, now = locked_meeting(meeting_id, by=by)
    missing = event.bookings.filter(state=Booking.State.PLACED).exclude(presences__meeting=meeting)
    noted = Presence.objects.bulk_create(
        Presence(
            meeting=meeting, booking=booking, minutes=meeting.minutes, noted_at=now, noted_by=by
        )
        for booking in missing
    )
    if noted:
        trail.record("events.note_all_present", meeting, by=by, people=len(noted))
    return len(noted)


def locked_meeting(meeting_id: int, *, by: User) -> tuple[Event, Meeting, datetime]:
    """The locked event, its meeting, and the clock read after the lock.

    Refuses `by` who may not take attendance, and a meeting at which nothing can be noted.
    """
    event_id = Meeting.objects.values_list("event_id", flat=True).get(pk=meeting_id)
    event = locks.lock_event(event_id)
    meeting = event.meetings.get(pk=meeting_id)
    now = timezone.now()
    demand(permissions.may_take_attendance(event, by))
    demand(permissions.may_note_at(meeting, event, now))
    return event, meeting, now


def write_presence(
    meeting: Meeting, booking: Booking, *, by: User, now: datetime, minutes: int | None = None
) -> Presence:
    """Write the presence and its audit. The event must be locked and everything checked."""
    noted = Presence.objects.filter(meeting=meeting, booking=booking).first()
    if noted is not None and minutes in (None, noted.minutes):
        return noted
    present = noted or Presence(meeting=meeting, booking=booking)
    present.minutes = minutes or meeting.minutes
    present.noted_at = now
    present.noted_by = by
    present.save()
    trail.record(
        "events.note_presence", booking, by=by, meeting=meeting.pk, minutes=present.minutes
    )
    return present


def _booking_at(event: Event, booking_id: int) -> Booking:
    booking = event.bookings.select_related("person__user").filter(pk=booking_id).first()
    if booking is None:
        raise Refusal(_("This person is not registered for this event."))
    return booking


def _check_minutes(minutes: int | None, meeting: Meeting) -> None:
    if minutes is not None and not 1 <= minutes <= meeting.minutes:
        raise Refusal(
            _("Write the minutes from 1 to %(most)d: the meeting lasts no longer.")
            % {"most": meeting.minutes},
            field="minutes",
        )
