"""People at the door who have not registered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from centar.events.models import Booking, Event, Presence
from centar.events.operations.attendance import locked_meeting, write_presence
from centar.events.operations.settling import seats_held, settle
from centar.people.models import Person, User
from centar.schools.models import School
from centar.script.folding import fold

State = Booking.State


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody at the door, as they say who they are; empty text means "not said"."""

    first_name: str
    last_name: str
    email: str = ""
    school: School | None = None
    employer: str = ""


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
    person = _known(newcomer) or _entered(newcomer, by)
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


def _known(newcomer: Newcomer) -> Person | None:
    """The one person who is surely meant; None when nobody or several could be."""
    same_name = Person.objects.filter(folded=fold(f"{newcomer.first_name} {newcomer.last_name}"))
    if newcomer.email:
        address = Q(user__email__iexact=newcomer.email) | Q(contact_email__iexact=newcomer.email)
        if known := same_name.filter(address).first():
            return known
        if Person.objects.filter(address).exists():
            raise Refusal(
                _("This e-mail belongs to somebody of another name. Check it, or leave it empty."),
                field="email",
            )
    if newcomer.school is None:
        return None
    colleagues = list(same_name.filter(school=newcomer.school)[:2])
    return colleagues[0] if len(colleagues) == 1 else None


def _entered(newcomer: Newcomer, by: User) -> Person:
    person = Person.objects.create(
        first_name=newcomer.first_name,
        last_name=newcomer.last_name,
        contact_email=newcomer.email,
        school=newcomer.school,
        employer=newcomer.employer,
    )
    trail.record("people.enter_at_the_door", person, by=by)
    return person
