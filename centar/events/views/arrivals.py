"""What the code of the letter opens at the entrance, by the telephone's own camera."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from centar import access
from centar.events import links, permissions, queries
from centar.events.models import Booking, Meeting
from centar.events.operations import attendance
from centar.people.models import User


@access.by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the staff and the trainers whose code this is, and note the presence by a button.

    Opening the page changes nothing. To anybody else it says to show the code at the entrance,
    and nothing about the person.
    """
    booking = links.arriving(token)
    if booking is None:
        return render(request, "events/arrival_unknown.html", status=404)
    user = request.user if isinstance(request.user, User) else None
    verdict = permissions.may_take_attendance(booking.event, user)
    if request.method == "POST":
        access.require(verdict)
        assert user is not None
        return _note(request, booking, user)
    if not verdict:
        return render(request, "events/arrival_stranger.html")
    meeting = _meeting_today(booking)
    noted = booking.presences.filter(meeting=meeting).select_related("noted_by__person").first()
    context = {
        "booking": booking,
        "event": booking.event,
        "meeting": meeting,
        "presence": noted,
        "has_place": permissions.may_be_present(booking),
    }
    return render(request, "events/arrival.html", context)


def _note(request: HttpRequest, booking: Booking, by: User) -> HttpResponse:
    meeting = _meeting_today(booking)
    try:
        if meeting is None:
            raise access.Refusal(_("There is no meeting of this event today."))
        attendance.note_presence(meeting_id=meeting.pk, booking_id=booking.pk, by=by)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(request.path)


def _meeting_today(booking: Booking) -> Meeting | None:
    return queries.meeting_of_the_day(booking.event.days, timezone.now())
