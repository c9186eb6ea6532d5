"""Taking attendance from a telephone at the entrance."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access
from centar.events import permissions, queries, sheets
from centar.events.forms import CheckInFilter, PresenceForm, WalkInForm
from centar.events.models import Event, Meeting
from centar.events.operations import attendance, walk_ins
from centar.people.forms import SchoolSearchForm
from centar.people.models import User
from centar.people.queries import SchoolSearch
from centar.script import faces


def led_event(request: HttpRequest, pk: int) -> tuple[User, Event]:
    """The reader and the event at which they take attendance; to others it is not there."""
    assert isinstance(request.user, User)
    event = get_object_or_404(Event.objects.published(), pk=pk)
    if not permissions.may_take_attendance(event, request.user):
        raise Http404
    return request.user, event


def chosen_meeting(event: Event, key: str | None) -> Meeting | None:
    """The meeting that the address or the form names; without a name the nearest one."""
    if not key:
        return queries.nearest_meeting(event.days, timezone.now())
    chosen = next((day for day in event.days if str(day.pk) == key), None)
    if chosen is None:
        raise Http404
    return chosen


@access.signed_in
@require_safe
def check_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list of a meeting: who is there, one tap to note somebody."""
    _user, event = led_event(request, pk)
    meeting = chosen_meeting(event, request.GET.get("dan"))
    if meeting is None:
        raise Http404
    return _list(request, event, meeting, CheckInFilter(request.GET))


@access.signed_in
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Note or undo one presence, or note everybody; then back to the list as it was narrowed."""
    user, event = led_event(request, pk)
    meeting = chosen_meeting(event, request.POST.get("dan") or "-")
    assert meeting is not None
    narrowed = CheckInFilter(request.POST)
    back = _address(event, meeting, narrowed)
    if request.POST.get("action") == "all":
        return _note_all(request, meeting, user, back)
    form = PresenceForm(request.POST)
    if "booking" in form.errors:
        raise Http404
    if form.is_valid():
        try:
            return _noted(request, event, meeting, form, user, back)
        except access.Refusal as refusal:
            if refusal.field is None:
                messages.error(request, str(refusal))
                return _there(request, back)
            form.add_error(refusal.field, str(refusal))
    return _list(request, event, meeting, narrowed, wrong=form)


def _noted(
    request: HttpRequest,
    event: Event,
    meeting: Meeting,
    form: PresenceForm,
    user: User,
    back: str,
) -> HttpResponse:
    booking_id = form.cleaned_data["booking"]
    undone = request.POST.get("action") == "undo"
    if undone:
        attendance.undo_presence(meeting_id=meeting.pk, booking_id=booking_id, by=user)
    else:
        attendance.note_presence(
            meeting_id=meeting.pk,
            booking_id=booking_id,
            by=user,
            minutes=form.cleaned_data["minutes"],
        )
    shown = queries.check_in(meeting, faces.of(request).order)
    arrival = next((one for one in shown.arrivals if one.booking.pk == booking_id), None)
    if not request.htmx or arrival is None:  # type: ignore[attr-defined]
        messages.success(request, _("Undone.") if undone else _("Noted."))
        return redirect(f"{back}#osoba-{booking_id}")
    narrowed = CheckInFilter(request.POST)
    context = _row_context(event, meeting, narrowed)
    return render(
        request,
        "events/_arrival_noted.html",
        {**context, "arrival": arrival, "shown": shown, "undone": undone},
    )


def _note_all(request: HttpRequest, meeting: Meeting, user: User, back: str) -> HttpResponse:
    try:
        noted = attendance.note_all_present(meeting_id=meeting.pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = ngettext("%(noted)d person noted.", "%(noted)d people noted.", noted)
        messages.success(request, sentence % {"noted": noted})
    return redirect(back)


def _there(request: HttpRequest, address: str) -> HttpResponse:
    """Go to the address; HTMX is told so, since it would put the page into the row."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _list(
    request: HttpRequest,
    event: Event,
    meeting: Meeting,
    narrowed: CheckInFilter,
    *,
    wrong: PresenceForm | None = None,
) -> HttpResponse:
    narrowed.is_valid()
    found = narrowed.cleaned_data
    shown = queries.check_in(
        meeting,
        faces.of(request).order,
        search=found.get("q", ""),
        only_missing=found.get("nisu", False),
    )
    context = {
        **_row_context(event, meeting, narrowed),
        "shown": shown,
        "form": narrowed,
        "wrong": wrong,
        "sheets": sheets.links(meeting),
        "verdict": permissions.may_note_at(meeting, event, timezone.now()),
    }
    return render(request, "events/check_in.html", context, status=422 if wrong else 200)


def _row_context(event: Event, meeting: Meeting, narrowed: CheckInFilter) -> dict[str, Any]:
    narrowed.is_valid()
    return {"event": event, "meeting": meeting, "narrowed": narrowed.cleaned_data}


def _address(event: Event, meeting: Meeting, narrowed: CheckInFilter) -> str:
    narrowed.is_valid()
    query: dict[str, Any] = {"dan": meeting.pk}
    if narrowed.cleaned_data.get("q"):
        query["q"] = narrowed.cleaned_data["q"]
    if narrowed.cleaned_data.get("nisu"):
        query["nisu"] = "on"
    return f"{reverse('events:check_in', args=[event.pk])}?{urlencode(query)}"


@access.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let in somebody who has not registered."""
    user, event = led_event(request, pk)
    sent = request.POST if request.method == "POST" else None
    meeting = chosen_meeting(event, (sent or request.GET).get("dan"))
    if meeting is None:
        raise Http404
    search = SchoolSearch()
    form = WalkInForm()
    if sent is not None:
        search = SchoolSearchForm(sent).search(faces.of(request))
        looks_for_school = "find_school" in sent
        form = WalkInForm(initial=sent.dict()) if looks_for_school else WalkInForm(sent)
        if not looks_for_school and form.is_valid():
            try:
                came = walk_ins.walk_in(meeting_id=meeting.pk, newcomer=form.newcomer(), by=user)
            except access.Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                said = _("%(person)s is noted as present.") % {"person": came.booking.person}
                messages.success(request, said)
                back = _address(event, meeting, CheckInFilter({}))
                return redirect(f"{back}#osoba-{came.booking_id}")
    context = {"event": event, "meeting": meeting, "form": form, "search": search}
    return render(request, "events/walk_in.html", context, status=422 if form.errors else 200)


@access.signed_in
@require_safe
def sign_in_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list for signatures of one meeting, in the script of the address."""
    _user, event = led_event(request, pk)
    meeting = chosen_meeting(event, request.GET.get("dan"))
    if meeting is None:
        raise Http404
    face = faces.of(request)
    response = HttpResponse(
        sheets.sign_in_sheet(event, meeting, face), content_type="application/pdf"
    )
    name = f"potpisi-{timezone.localdate(meeting.starts_at):%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
