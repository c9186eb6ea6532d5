from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BookingState(models.TextChoices):
    """Where a booking stands."""

    PLACED = "placed", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("offered a place")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DECLINED = "declined", _("declined the offer")
    EXPIRED = "expired", _("offer expired")
    CANCELLED = "cancelled", _("event cancelled")


LIVE = (BookingState.PLACED, BookingState.WAITING, BookingState.OFFERED)
HOLDING = (BookingState.PLACED, BookingState.OFFERED)
ENDED = (
    BookingState.WITHDRAWN,
    BookingState.DECLINED,
    BookingState.EXPIRED,
    BookingState.CANCELLED,
)
