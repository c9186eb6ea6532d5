"""What the staff do with the waiting list, always with a typed reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import locks, permissions
from centar.events.models import Booking
from centar.events.operations.settling import settle
from centar.people.models import User


@transaction.atomic
def reorder(*, booking_id: int, position: int, by: User, reason: str) -> Booking:
    """Move a waiting booking to the position (1 is the front) of its queue.

    Refuses without a reason, for a booking that does not wait, and for a position outside the
    queue. The others keep their order among themselves.
    """
    event_id = Booking.objects.values_list("event_id", flat=True).get(pk=booking_id)
    event = locks.lock_event(event_id)
    demand(permissions.may_change_booking(by))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    queue = list(event.bookings.queue())
    booking = next((one for one in queue if one.pk == booking_id), None)
    if booking is None:
        raise Refusal(_("Only a booking on the waiting list has a turn to change."))
    if not 1 <= position <= len(queue):
        raise Refusal(
            _("The queue has positions from 1 to %(last)d.") % {"last": len(queue)},
            field="position",
        )
    before = queue.index(booking) + 1
    queue.remove(booking)
    queue.insert(position - 1, booking)
    _spread(queue)
    trail.record("events.reorder", booking, by=by, reason=reason, was=before, now=position)
    settle(event, timezone.now())
    booking.refresh_from_db()
    return booking


def _spread(queue: list[Booking]) -> None:
    for booking, turn in zip(queue, rising(b.queued_at for b in queue), strict=True):
        booking.queued_at = turn
    Booking.objects.bulk_update(queue, ["queued_at"])


def rising(moments: Iterable[datetime]) -> list[datetime]:
    """Strictly rising turns made of these moments, none later than it has to be."""
    turns = sorted(moments)
    for earlier, place in enumerate(range(1, len(turns))):
        if turns[place] <= turns[earlier]:
            turns[place] = turns[earlier] + timedelta(microseconds=1)
    return turns
