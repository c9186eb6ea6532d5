"""Calendar files and feeds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from centar import access
from centar.events import feeds, kinds
from centar.events.models import CalendarToken, Event
from centar.events.operations import calendars
from centar.events.views.bookings import account_of, own_booking
from centar.script import faces


@access.signed_in
@require_safe
def booking_calendar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The calendar file of one's own booking."""
    own = own_booking(request, pk)
    return _calendar(feeds.entry_of_booking(own, faces.of(request)), "termin.ics")


@access.everyone
@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The calendar file of a published event."""
    event = get_object_or_404(Event.objects.published(), pk=pk)
    return _calendar(feeds.entry_of(event, faces.of(request)), "termin.ics")


@access.everyone
@require_safe
def public_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The feed of everything („svi“) or of one kind of event."""
    kind = kinds.by_slug(slug)
    if kind is None and slug != "svi":
        raise Http404
    code = kind.code if kind is not None else None
    text = feeds.public_feed(code, timezone.now(), faces.of(request))
    return _calendar(text, f"{slug}.ics", minutes=15)


@access.by_link
@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """A person's own feed, by its private address."""
    addresses = CalendarToken.objects.select_related("person__user")
    # Closing an account closes its calendar too.
    addresses = addresses.exclude(person__user__is_active=False)
    address = get_object_or_404(addresses, token=token, revoked_at=None)
    text = feeds.personal_feed(address.person, timezone.now(), faces.of(request))
    return _calendar(text, "moj-kalendar.ics")


@access.signed_in
@require_POST
def calendar_address(request: HttpRequest) -> HttpResponseBase:
    """Open a new private calendar address, or close the present one."""
    user, person = account_of(request)
    if request.POST.get("action") == "close":
        calendars.close_address(person=person, by=user)
        messages.success(request, _("The private calendar address no longer works."))
    else:
        calendars.open_address(person=person, by=user)
        messages.success(request, _("Your new calendar address is ready."))
    return redirect("portal:my_page")


def _calendar(text: str, name: str, minutes: int = 0) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = f"public, max-age={minutes * 60}" if minutes else "private"
    response["X-Robots-Tag"] = "noindex"
    return response
