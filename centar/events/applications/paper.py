"""The list of a school's people and their seminars, to print."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from centar.documents import pdf
from centar.events import moments
from centar.events.applications import queries
from centar.schools.models import School
from centar.script.faces import Face


def school_list(school: School, face: Face, now: datetime) -> bytes:
    """The PDF, in the script of the face: who goes where, who waits, who was where."""
    page = queries.school_page(school, face, now)
    with translation.override(face.language):
        parts = (
            (_("Have a place"), page.coming),
            (_("Waiting, without a place yet"), page.waiting),
            (_("Past seminars"), page.past),
        )
        data = {
            "centre": _("Centre for Education Kragujevac"),
            "title": str(school),
            "made": _("As of %(when)s") % {"when": moments.written(now)},
            "nothing": _("Nobody."),
            "columns": [_("First and last name"), _("Seminar"), _("Day"), _("Hours attended")],
            "parts": [
                {"title": title, "rows": [_row(one) for one in rows]} for title, rows in parts
            ],
        }
        return pdf.render("school_list", data, face=face)


def _row(one: queries.Attended) -> list[str]:
    event = one.booking.event
    day = moments.day(event.starts_at) if event.starts_at is not None else ""
    return [str(one.booking.person), event.title, day, one.hours]
