"""Paths to a person's own pages, and the signed links of an offer, an objection, an arrival."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from centar.events.models import Booking, BookingGroup, Meeting
from centar.script import faces

OFFER_SALT = "centar.events.offer"
ARRIVAL_SALT = "centar.events.arrival"
OBJECTION_SALT = "centar.events.objection"


def booking_path(booking: Booking) -> str:
    """The page of the booking; only its owner may see it."""
    return reverse("events:booking", args=[booking.pk])


def offer_path(booking: Booking) -> str:
    """The page that answers this very offer without signing in.

    The signature holds the moment of the offer and its person, so the link of an older offer of
    the same booking opens nothing, nor does that of a person whom somebody else replaces.
    """
    assert booking.offered_at is not None
    claim = [booking.pk, booking.offered_at.timestamp(), booking.person_id]
    return reverse("events:offer", args=[signing.dumps(claim, salt=OFFER_SALT)])


def booking_of(token: str) -> Booking | None:
    """The booking whose offer this token answers; None for a forged or an outdated one."""
    try:
        booking_id, offered_at, person_id = signing.loads(token, salt=OFFER_SALT)
    except (signing.BadSignature, ValueError):
        return None
    booking = _booking(booking_id, person_id)
    if booking is None or booking.offered_at is None:
        return None
    return booking if booking.offered_at.timestamp() == offered_at else None


def check_in_path(meeting: Meeting) -> str:
    """The page where attendance at this meeting is taken."""
    path = reverse("events:check_in", args=[meeting.event_id])
    return f"{path}?{urlencode({'dan': meeting.pk})}"


def arrival_path(booking: Booking) -> str:
    """The page that the code of the letter opens at the entrance.

    It lasts as long as the booking, and only names it: what may be done there is decided by who
    opens it.
    """
    token = signing.Signer(salt=ARRIVAL_SALT).sign(str(booking.pk))
    return reverse("events:arrival", args=[token])


def ticket(booking: Booking) -> str:
    """The whole address that the code of the letter holds, the same in every script."""
    return settings.SITE_URL + faces.address(arrival_path(booking), faces.CYRILLIC)


def arriving(token: str) -> Booking | None:
    """The booking of the code; None for a forged one."""
    try:
        booking_id = int(signing.Signer(salt=ARRIVAL_SALT).unsign(token))
    except signing.BadSignature:
        return None
    rows = Booking.objects.select_related("event", "person__school")
    return rows.filter(pk=booking_id).first()


def objection_path(booking: Booking) -> str:
    """The page where the person for whom a school applied says "not I", without signing in."""
    claim = [booking.pk, booking.person_id]
    return reverse("events:object", args=[signing.dumps(claim, salt=OBJECTION_SALT)])


def objected_of(token: str) -> Booking | None:
    """The booking that this link of objecting is about; None for a forged or an outdated one."""
    try:
        booking_id, person_id = signing.loads(token, salt=OBJECTION_SALT)
    except signing.BadSignature:
        return None
    return _booking(booking_id, person_id)


def application_path(group: BookingGroup) -> str:
    """The page of a school's application; for its coordinators."""
    return reverse("events:application", args=[group.pk])


def _booking(booking_id: int, person_id: int) -> Booking | None:
    rows = Booking.objects.select_related("event", "person__user", "group__school")
    return rows.filter(pk=booking_id, person=person_id).first()


def school_path(school_id: int) -> str:
    """The page of a school, which the portal makes of all apps; for its coordinators."""
    return reverse("portal:school", args=[school_id])
