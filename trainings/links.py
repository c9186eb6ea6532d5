"""The signed link by which a participant evaluates a seminar without signing in."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from centar.events.models import Booking

EVALUATION_SALT = "trainings.evaluation"


def evaluation_path(booking: Booking) -> str:
    """The page that evaluates the seminar of this booking, for whoever has the link."""
    token = signing.dumps(booking.pk, salt=EVALUATION_SALT)
    return reverse("trainings:evaluate_by_link", args=[token])


def booking_of(token: str) -> Booking | None:
    """The booking whose seminar this token evaluates; None for a forged one."""
    try:
        key = signing.loads(token, salt=EVALUATION_SALT)
    except signing.BadSignature:
        return None
    return Booking.objects.select_related("event__seminar", "person").filter(pk=key).first()
