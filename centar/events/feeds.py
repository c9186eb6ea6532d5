"""Calendars in iCalendar form (RFC 5545). Identity and SEQUENCE are stable, so that a calendar
that follows a feed moves its entries instead of doubling them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from centar.events.models import Booking, Event, Meeting
from centar.events.models.events import DAYS
from centar.people.models import Person
from centar.script import faces
from centar.script.latin import to_latin

BELGRADE = ZoneInfo("Europe/Belgrade")
# A feed reaches this far back; older entries stay in the calendars that have them.
PAST = timedelta(days=365)


def entry_of(event: Event, face: faces.Face) -> str:
    """The calendar file of one event, as everybody may see it."""
    return _written(event.title, [_entry(event, day, face) for day in event.days], face)


def entry_of_booking(booking: Booking, face: faces.Face) -> str:
    """The calendar file of one booking: tentative without a place, and with one the online link."""
    return _written(booking.event.title, _entries_of_booking(booking, face), face)


def public_feed(kind: str | None, now: datetime, face: faces.Face) -> str:
    """Every published event, or those of one kind; cancelled ones are marked as such."""
    events = Event.objects.published().filter(ends_at__gt=now - PAST)
    if kind is not None:
        events = events.filter(kind=kind)
    entries: list[Entry] = []
    for event in events.prefetch_related(DAYS):
        entries += [_entry(event, day, face) for day in event.days]
    return _written(_("Centre for Education Kragujevac"), entries, face)


def personal_feed(person: Person, now: datetime, face: faces.Face) -> str:
    """The person's own events: places as confirmed, turns and offers as tentative."""
    shown = (*Booking.LIVE, Booking.State.CANCELLED)
    bookings = (
        person.bookings.filter(state__in=shown, event__ends_at__gt=now - PAST)
        .exclude(event__state=Event.State.DRAFT)
        .select_related("event")
        .prefetch_related(Prefetch("event__meetings", to_attr="days"))
        .order_by("event__starts_at", "-pk")
    )
    entries: list[Entry] = []
    seen: set[int] = set()
    for booking in bookings:
        if booking.event_id in seen:
            continue
        seen.add(booking.event_id)
        entries += _entries_of_booking(booking, face)
    return _written(_("My events at the Centre"), entries, face)


def _entries_of_booking(booking: Booking, face: faces.Face) -> list[Entry]:
    return [_entry(booking.event, day, face, booking) for day in booking.event.days]


def _entry(
    event: Event, meeting: Meeting, face: faces.Face, booking: Booking | None = None
) -> Entry:
    has_place = booking is not None and booking.state == Booking.State.PLACED
    tentative = booking is not None and booking.is_live and not has_place
    changed_at = event.changed_at if booking is None else max(event.changed_at, _moved_at(booking))
    entry = Entry()
    entry.add("uid", f"{event.uid}-{meeting.pk}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("dtstart", meeting.starts_at.astimezone(BELGRADE))
    entry.add("dtend", meeting.ends_at.astimezone(BELGRADE))
    title = event.title
    if event.state == Event.State.CANCELLED:
        title = _("CANCELLED: %(title)s") % {"title": event.title}
        entry.add("status", "CANCELLED")
    elif tentative:
        title = _("No place yet: %(title)s") % {"title": title}
        entry.add("status", "TENTATIVE")
    else:
        entry.add("status", "CONFIRMED")
    entry.add("summary", _in_script(title, face))
    place = meeting.place or event.whole_address
    if place:
        entry.add("location", _in_script(place, face))
    entry.add("url", settings.SITE_URL + faces.address(event.get_absolute_url(), face))
    if has_place and event.online_link:
        entry.add("description", event.online_link)
    return entry


def _moved_at(booking: Booking) -> datetime:
    """When the booking came into its present state."""
    moments = (booking.created_at, booking.offered_at, booking.placed_at, booking.ended_at)
    return max(moment for moment in moments if moment is not None)


def _in_script(text: str, face: faces.Face) -> str:
    # Before the lines are folded: a fold may part the letters that decide between NJ and Nj.
    return to_latin(text) if face.is_latin else text


def _written(name: str, entries: Iterable[Entry], face: faces.Face) -> str:
    # A calendar's name is one line; icalendar refuses to write another.
    name = " ".join(_in_script(name, face).split())
    calendar = Calendar()
    calendar.add("prodid", "-//Centar za obrazovanje Kragujevac//Portal//SR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Belgrade")
    for entry in entries:
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    text: str = calendar.to_ical().decode()
    return text
