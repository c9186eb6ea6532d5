"""The reader's own page: loans, turns, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from centar import access
from centar.events import moments
from centar.people.models import User
from library import cards
from library.forms.lending import SuspendForm
from library.models import JournalIssue, LendingTerms, Loan, Member, Record, Reservation
from library.operations import members, renewals, reservations
from library.queries import desk, readers


def reader(request: HttpRequest) -> tuple[User, Member]:
    """The visitor and their membership; without one there is nothing here."""
    member = readers.member_of(request.user)
    if member is None or not isinstance(request.user, User):
        raise Http404
    return request.user, member


@access.signed_in
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """What the reader has, reserved and, where they asked for it, had."""
    member = readers.member_of(request.user)
    if member is None:
        where = {"place_and_hours": LendingTerms.current().place_and_hours}
        return render(request, "library/no_member.html", where)
    return _page(request, member)


def _page(
    request: HttpRequest, member: Member, *, wrong: SuspendForm | None = None, at: int = 0
) -> HttpResponse:
    context = {
        "sheet": desk.sheet(member),
        "history": desk.history(member) if member.keeps_history else [],
        "form": wrong,
        "wrong_at": at,
        **cards.drawings(member.card),
    }
    return render(request, "library/mine.html", context, status=422 if wrong else 200)


@access.signed_in
@require_POST
def reserve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the next turn for a record, or for the issue that the form names."""
    user, member = reader(request)
    record = get_object_or_404(Record.objects.published(), pk=pk)
    issue = _issue(record, request.POST.get("issue", ""))
    try:
        reservations.reserve(
            record_id=record.pk, member_id=member.pk, issue_id=issue.pk if issue else None, by=user
        )
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Reserved. We will write as soon as a copy is put aside for you.")
        )
    return redirect("library:mine")


def _issue(record: Record, key: str) -> JournalIssue | None:
    if not key:
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    return get_object_or_404(record.issues, pk=int(key))


@access.signed_in
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep one of the reader's own things longer."""
    user, member = reader(request)
    loan = get_object_or_404(Loan.objects.open(), pk=pk, member=member)
    try:
        renewed = renewals.renew(loan_id=loan.pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        until = moments.day(renewed.due_on)
        messages.success(request, _("Yours until %(when)s.") % {"when": until})
    return redirect("library:mine")


def _change(
    request: HttpRequest, pk: int, deed: Callable[..., Reservation], done: str
) -> HttpResponseBase:
    user, member = reader(request)
    reservation = get_object_or_404(Reservation.objects.live(), pk=pk, member=member)
    try:
        deed(reservation_id=reservation.pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("library:mine")


@access.signed_in
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give one of the reader's own reservations back."""
    return _change(request, pk, reservations.cancel, _("The reservation is given back."))


@access.signed_in
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Be served again at once."""
    return _change(request, pk, reservations.resume, _("Your turn counts again."))


@access.signed_in
@require_POST
def suspend(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let others go first for some days; the place stays."""
    user, member = reader(request)
    reservation = get_object_or_404(Reservation.objects.live(), pk=pk, member=member)
    form = SuspendForm(request.POST)
    if form.is_valid():
        try:
            reservations.suspend(
                reservation_id=reservation.pk, until=form.cleaned_data["until"], by=user
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Others go first until then; your place stays."))
            return redirect("library:mine")
    return _page(request, member, wrong=form, at=reservation.pk)


@access.signed_in
@require_POST
def history(request: HttpRequest) -> HttpResponseBase:
    """Keep the history, keep it no more, or erase what was kept."""
    user, member = reader(request)
    if request.POST.get("action") == "erase":
        erased = members.erase_history(member_id=member.pk, by=user)
        sentence = ngettext("%(count)d loan erased.", "%(count)d loans erased.", erased)
        messages.success(request, sentence % {"count": erased})
        return redirect("library:mine")
    keeps = request.POST.get("action") == "keep"
    members.keep_history(member_id=member.pk, keeps=keeps, by=user)
    messages.success(
        request,
        _("From now on we remember what you have read, for you alone.")
        if keeps
        else _("What you have read is forgotten, and nothing is remembered from now on."),
    )
    return redirect("library:mine")
