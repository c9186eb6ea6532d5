"""Who hands out a seminar's materials and who reads them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.events import permissions
from centar.events.models import Booking, Event, Presence
from centar.people.models import User


def may_hand_out(event: Event, by: User | None) -> Verdict:
    """Whether `by` adds and removes materials: the staff and the seminar's own trainers."""
    return permissions.may_take_attendance(event, by)


def may_read(event: Event, by: User | None, now: datetime) -> Verdict:
    """Whether `by` reads the materials: who hands them out, and who has a place.

    After the seminar only those who were there, once it is noted who was.
    """
    if by is None:
        return no(_("Sign in to read the materials."))
    if may_hand_out(event, by):
        return YES
    own = event.bookings.filter(person__user=by, state=Booking.State.PLACED)
    if not own.exists():
        return no(_("The materials are for those who have a place."))
    if event.ends_at is None or event.ends_at > now or own.exclude(presences=None).exists():
        return YES
    if not Presence.objects.filter(meeting__event=event.pk).exists():
        return YES
    return no(_("The materials are for those who were at the seminar."))
