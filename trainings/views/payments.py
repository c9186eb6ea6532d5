"""What a person pays, and a school through its coordinator."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from centar import access
from centar.documents import qr
from centar.events.applications.queries import applications_of, schools_of
from centar.people.models import User
from trainings import proformas
from trainings.models import Proforma
from trainings.operations import proformas as operations
from trainings.permissions import payments as permissions
from trainings.queries import payments


@access.signed_in
@require_safe
def my_payments(request: HttpRequest) -> HttpResponseBase:
    """Everything that the reader's places cost, and those of the schools they coordinate."""
    user = _user(request)
    context = {"own": payments.own_dues(user), "schools": payments.school_dues(schools_of(user))}
    return render(request, "trainings/my_payments.html", context)


@access.signed_in
@require_safe
def proforma(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One pro-forma invoice: what to write on the slip, the code to scan, what has come."""
    own = _own(request, pk)
    code = own.document.content["qr_text"]
    context = {
        "proforma": own,
        "printed": own.document.content,
        "lines": own.document.content["lines"],
        "received": own.payments.filter(undone_at=None).select_related("row"),
        # Drawn by our own program from the text of the code; nothing in it is anybody's markup.
        "code": mark_safe(qr.svg(code)) if code else "",  # noqa: S308
    }
    return render(request, "trainings/proforma.html", context)


@access.signed_in
@require_safe
def proforma_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper that counts now; an ended one is no longer handed out."""
    own = _own(request, pk)
    if own.ended_at is not None:
        raise Http404
    return as_file(own)


@access.signed_in
@require_POST
def issue_for_booking(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make the pro-forma invoice of one's own place, or of one that one's school pays for."""
    user = _user(request)
    booking = get_object_or_404(payments.bookings_payable_by(user), pk=pk)
    access.require(permissions.may_issue_for(booking, user))
    return _issued(request, lambda: operations.issue_for_booking(booking_id=booking.pk, by=user))


@access.signed_in
@require_POST
def issue_for_group(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make the pro-forma invoice of an application of one's school."""
    user = _user(request)
    group = get_object_or_404(applications_of(user), pk=pk)
    access.require(permissions.may_issue_for_group(group, user))
    return _issued(request, lambda: operations.issue_for_group(group_id=group.pk, by=user))


def as_file(shown: Proforma) -> HttpResponse:
    """The PDF of a pro-forma invoice, to be read in the browser."""
    content = shown.document.content
    name = proformas.file_name(content["number"])
    return HttpResponse(
        proformas.as_pdf(content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _issued(request: HttpRequest, issue: Callable[[], Proforma]) -> HttpResponse:
    try:
        return redirect("trainings:proforma", pk=issue().pk)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("trainings:my_payments")


def _own(request: HttpRequest, pk: int) -> Proforma:
    """One that the reader may see; anybody else's is not found."""
    own = Proforma.objects.visible_to(request.user).select_related("document").distinct()
    return get_object_or_404(own, pk=pk)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
