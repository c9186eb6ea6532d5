"""A sent application: how it stands, a substitute, withdrawing; and the objection to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access, kept_forms
from centar.events import links, permissions
from centar.events.applications import queries
from centar.events.applications.forms import SubstituteForm
from centar.events.models import Booking, BookingGroup
from centar.events.operations import applications, bookings
from centar.events.views.applications import coordinator_of
from centar.events.views.bookings import own_booking
from centar.people.models import User
from centar.script import faces


def _group(request: HttpRequest, pk: int) -> BookingGroup:
    mine = queries.applications_of(coordinator_of(request))
    return get_object_or_404(mine.select_related("event", "school", "created_by__person"), pk=pk)


def _member(request: HttpRequest, pk: int) -> Booking:
    mine = Booking.objects.filter(group__in=queries.applications_of(coordinator_of(request)))
    return get_object_or_404(mine.select_related("event", "person__user", "group__school"), pk=pk)


@access.signed_in
@never_cache
@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everybody of the application, with what the coordinator may still do."""
    group, user, now = _group(request, pk), coordinator_of(request), timezone.now()
    members = queries.members_of(group, faces.of(request))
    live = [one for one in members if one.is_live]
    context = {
        "group": group,
        "event": group.event,
        "members": members,
        "live": live,
        # The same for every member, so that it is asked once.
        "may_substitute": permissions.may_substitute(live[0], user, now) if live else None,
    }
    return render(request, "events/application.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def withdraw_all(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Withdraw the whole application; asked once more before it is done."""
    group = _group(request, pk)
    if request.method != "POST":
        return render(request, "events/withdraw_application.html", {"group": group})
    try:
        applications.withdraw_all(group_id=group.pk, by=coordinator_of(request))
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The application is withdrawn; the places go to the others."))
    return redirect(links.application_path(group))


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One person of the application: a substitute, or withdrawing."""
    booking, user = _member(request, pk), coordinator_of(request)
    group = booking.group
    assert group is not None  # found through its group
    sent = None if "withdraw" in request.POST else kept_forms.sent(request)
    form = SubstituteForm(sent, people=queries.substitutes_for(booking))
    try:
        if "withdraw" in request.POST:
            bookings.withdraw(booking_id=booking.pk, by=user)
            messages.success(request, _("%(person)s is withdrawn.") % {"person": booking.person})
            return redirect(links.application_path(group))
        if request.method == "POST" and form.is_valid():
            came = form.cleaned_data["person"]
            applications.substitute(booking_id=booking.pk, person_id=came.pk, by=user)
            said = {"left": booking.person, "came": came}
            messages.success(request, _("%(came)s comes instead of %(left)s.") % said)
            return redirect(links.application_path(group))
    except access.Refusal as refusal:
        if sent is None:
            messages.error(request, str(refusal))
            return redirect(links.application_path(group))
        form.add_error(refusal.field, str(refusal))
    return _member_page(request, booking, form)


def _member_page(request: HttpRequest, booking: Booking, form: SubstituteForm) -> HttpResponse:
    user, now = coordinator_of(request), timezone.now()
    context = {
        "booking": booking,
        "group": booking.group,
        "event": booking.event,
        "form": form,
        "may_substitute": permissions.may_substitute(booking, user, now),
        "may_withdraw": permissions.may_withdraw(booking, user, now),
    }
    status = 422 if form.errors else 200
    return render(request, "events/application_member.html", context, status=status)


@access.by_link
@never_cache
@require_http_methods(["GET", "POST"])
def object_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say "I do not agree" from the letter's link. Opening the page changes nothing."""
    booking = links.objected_of(token)
    if booking is None:
        return render(request, "events/offer_unknown.html", status=404)
    if request.method == "POST":
        _object(request, booking, by=None)
        return redirect(request.path)
    context = {
        "booking": booking,
        "event": booking.event,
        "group": booking.group,
        "may_object": permissions.may_object(booking, timezone.now()),
    }
    return render(request, "events/objection.html", context)


@access.signed_in
@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say "I do not agree" on the page of one's own booking."""
    booking = own_booking(request, pk)
    _object(request, booking, by=coordinator_of(request))
    return redirect(links.booking_path(booking))


def _object(request: HttpRequest, booking: Booking, *, by: User | None) -> None:
    try:
        applications.object_to(booking_id=booking.pk, person_id=booking.person_id, by=by)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You are withdrawn, and the coordinator will read it."))
