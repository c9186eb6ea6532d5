"""People at the door who have not registered."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from centar.events.models import Booking, Event, Presence
from centar.events.operations.attendance import locked_meeting, write_presence
from centar.events.operations.settling import seats_held, settle
from centar.people import operations as people
from centar.people.models import User
from centar.people.operations import Newcomer

State = Booking.State


@transaction.atomic
def walk_in(*, meeting_id: int, newcomer: Newcomer, by: User) -> Presence:
    """Let somebody in at the door: a place and the presence at once, and no letter about it.

    A person who is known (same e-mail and name, or same name and school) is not entered again;
    one who has a place is only noted as present, and a held offer becomes the place. Nobody is
    let in over the number of places, whatever the reason: the staff raise it first. Before the
    event begins free places belong to whoever waits for them. Also works after the event, when
    the list on paper is copied.
    """
    event, meeting, now = locked_meeting(meeting_id, by=by)
    settle(event, now)
    person = people.meet(newcomer=newcomer, by=by)
    booking = event.bookings.live().filter(person=person).first()
    if booking is None:
        booking = Booking(event=event, person=person, created_by=by, created_at=now)
    if booking.state != State.PLACED:
        begun = event.starts_at is not None and event.starts_at <= now
        if booking.state != State.OFFERED:
            _refuse_without_seat(event, waits_first=not begun)
        booking.state = State.PLACED
        booking.queued_at = booking.queued_at or now
        booking.placed_at = now
        booking.offered_until = None
        booking.save()
        trail.record("events.walk_in", booking, by=by, event=event.pk)
    return write_presence(meeting, booking, by=by, now=now)


def _refuse_without_seat(event: Event, *, waits_first: bool) -> None:
    if event.capacity is not None and seats_held(event) >= event.capacity:
        raise Refusal(_("No place is free. The Centre can raise the number of places first."))
    if waits_first and event.bookings.queue().exists():
        raise Refusal(_("Until the seminar begins, free places are for those who wait for them."))
