"""Events with their days, bookings with their queue, and private calendar addresses."""

from centar.events.models.applications import ApplicationDraft
from centar.events.models.attendance import Presence
from centar.events.models.bookings import Booking, BookingGroup, BookingQuerySet
from centar.events.models.calendars import CalendarToken
from centar.events.models.events import Event, EventQuerySet, Meeting

__all__ = [
    "ApplicationDraft",
    "Booking",
    "BookingGroup",
    "BookingQuerySet",
    "CalendarToken",
    "Event",
    "EventQuerySet",
    "Meeting",
    "Presence",
]
