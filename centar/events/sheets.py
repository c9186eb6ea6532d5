"""Lists on paper for signatures, one a meeting."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from centar.documents import pdf
from centar.events import kinds, moments, queries
from centar.events.models import Booking, Event, Meeting
from centar.script import faces

# Empty lines at the end, for people at the door.
BLANK_LINES = 5


class SheetLink(NamedTuple):
    """Where the sheet of a meeting is, in one script; the label is the script's own name."""

    label: str
    address: str


def links(meeting: Meeting) -> list[SheetLink]:
    """The sheet of the meeting in both scripts."""
    path = reverse("events:sign_in_sheet", args=[meeting.event_id])
    query = urlencode({"dan": meeting.pk})
    return [
        SheetLink(face.label, f"{faces.address(path, face)}?{query}")
        for face in (faces.CYRILLIC, faces.LATIN)
    ]


def sign_in_sheet(event: Event, meeting: Meeting, face: faces.Face) -> bytes:
    """The list of everybody with a place, with lines for signatures, as PDF in the face's script.

    Ordered by surname; it bears school or employer, never a birth date or an address.
    """
    return pdf.render("sign_in_sheet", content(event, meeting, face), face=face)


def content(event: Event, meeting: Meeting, face: faces.Face) -> dict[str, Any]:
    """What the sheet says, in the active language."""
    number = event.days.index(meeting) + 1
    day = _("Day %(number)d of %(days)d") % {"number": number, "days": len(event.days)}
    leaders = kinds.get(event.kind).leaders(event)
    facts = [
        (_("Day"), moments.span(meeting.starts_at, meeting.ends_at)),
        (_("Place"), meeting.place or event.whole_address or _("online")),
        (_("Trainers"), "; ".join(leaders)),
    ]
    placed = queries.participants(event.pk, face.order)
    return {
        "centre": _("Centre for Education Kragujevac"),
        "heading": _("Attendance list"),
        "title": event.title,
        "day": day if len(event.days) > 1 else "",
        "facts": [{"name": name, "value": value} for name, value in facts if value],
        "columns": [_("No."), _("Last and first name"), _("School or employer"), _("Signature")],
        "people": [_line(booking) for booking in placed],
        "blank_lines": BLANK_LINES,
        "door": _("At the door, without registration"),
        "signatures": [_("Trainer"), _("For the Centre")],
    }


def _line(booking: Booking) -> dict[str, str]:
    person = booking.person
    return {
        "name": f"{person.last_name} {person.first_name}",
        "work": str(person.school or person.employer),
    }
