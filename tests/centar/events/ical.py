"""Feeds as a calendar program reads them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from centar.events import feeds
from centar.people.models import Person
from centar.script import faces


def entries(text: str) -> list[Entry]:
    """The entries of a calendar, as they are parsed."""
    return list(Calendar.from_ical(text).walk("VEVENT"))


def public(kind: str | None = None, face: faces.Face = faces.CYRILLIC) -> str:
    """The public feed of this moment."""
    return feeds.public_feed(kind, timezone.now(), face)


def personal(person: Person, face: faces.Face = faces.CYRILLIC) -> str:
    """The person's own feed of this moment."""
    return feeds.personal_feed(person, timezone.now(), face)


def at(text: str) -> datetime:
    """An hour on the wall in Belgrade."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Belgrade"))
