"""Calendars in iCalendar form (RFC 5545). Identity and SEQUENCE are stable, so that a calendar
that follows a feed moves its entries instead of doubling them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from centar.events.models import Booking, Event, Meeting
from centar.people.models import Person
from centar.script import faces

BELGRADE = ZoneInfo("Europe/Belgrade")
# A feed reaches this far back; older entries stay in the calendars that have them.
PAST = timedelta(days=365)


def entry_of(event: Event, *, private: bool) -> str:
    """The calendar file of one event; the online link is in it only when `private`."""
    return _written(event.title, _entries(event, faces.CYRILLIC, private=private))


def public_feed(kind: str | None, now: datetime, face: faces.Face) -> str:
    """Every published event, or those of one kind; cancelled ones are marked as such."""
    events = Event.objects.published().filter(ends_at__gt=now - PAST)
    if kind is not None:
        events = events.filter(kind=kind)
    entries: list[Entry] = []
    for event in events.prefetch_related("meetings"):
        entries += _entries(event, face, private=False)
    return _written(_("Centre for Education Kragujevac"), entries)


def personal_feed(person: Person, now: datetime, face: faces.Face) -> str:
    """The person's own events: places as confirmed, turns and offers as tentative."""
    shown = (*Booking.LIVE, Booking.State.CANCELLED)
    bookings = (
        person.bookings.filter(state__in=shown, event__ends_at__gt=now - PAST)
        .exclude(event__state=Event.State.DRAFT)
        .select_related("event")
        .prefetch_related("event__meetings")
        .order_by("event__starts_at", "-pk")
    )
    entries: list[Entry] = []
    seen: set[int] = set()
    for booking in bookings:
        if booking.event_id in seen:
            continue
        seen.add(booking.event_id)
        has_place = booking.state == Booking.State.PLACED
        tentative = booking.state in (Booking.State.WAITING, Booking.State.OFFERED)
        entries += _entries(booking.event, face, private=has_place, tentative=tentative)
    return _written(_("My events at the Centre"), entries)


def _entries(
    event: Event, face: faces.Face, *, private: bool, tentative: bool = False
) -> list[Entry]:
    return [_entry(event, day, face, private, tentative) for day in event.days]


def _entry(
    event: Event, meeting: Meeting, face: faces.Face, private: bool, tentative: bool
) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.uid}-{meeting.pk}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", meeting.starts_at.astimezone(BELGRADE))
    entry.add("dtend", meeting.ends_at.astimezone(BELGRADE))
    title = event.title
    if tentative:
        title = _("No place yet: %(title)s") % {"title": title}
    if event.state == Event.State.CANCELLED:
        title = _("CANCELLED: %(title)s") % {"title": event.title}
        entry.add("status", "CANCELLED")
    else:
        entry.add("status", "TENTATIVE" if tentative else "CONFIRMED")
    entry.add("summary", title)
    place = meeting.place or event.whole_address
    if place:
        entry.add("location", place)
    entry.add("url", settings.SITE_URL + faces.address(event.get_absolute_url(), face))
    if private and event.online_link:
        entry.add("description", event.online_link)
    return entry


def _written(name: str, entries: Iterable[Entry]) -> str:
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
