"""Calls for everybody: which are open, what is asked, until when; and beginning a proposal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation.filing_days import FilingDays
from accreditation.forms.proposals import BeginForm, WishedDayForm
from accreditation.models import Call, Rules
from accreditation.operations import proposals as operations
from accreditation.permissions import calls as permissions
from accreditation.queries import calls as queries
from accreditation.queries import proposals as proposal_queries
from accreditation.views.visitors import user_of
from centar import access


@access.everyone
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls, open ones first."""
    today = timezone.localdate()
    listed = list(queries.public(today))
    context = {
        "open": [call for call in listed if call.is_open_on(today)],
        "coming": [call for call in listed if call.opens_on > today],
        "ended": [call for call in listed if call.closes_on < today],
    }
    return render(request, "accreditation/calls.html", context)


@access.everyone
@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: what is asked, until when, and for meetings the last day to file."""
    return _page(request, _published(pk), BeginForm())


@access.signed_in
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin a proposal to this call."""
    found, user = _published(pk), user_of(request)
    if not hasattr(user, "person"):
        messages.info(request, _("Fill in your profile first: a proposal names its authors."))
        return redirect("people:profile")
    form = BeginForm(request.POST)
    if form.is_valid():
        try:
            proposal = operations.begin(call_id=pk, by=user, **form.cleaned_data)
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The draft is begun. Everything you write is kept."))
            return redirect(proposal)
    return _page(request, found, form, status=422)


def _page(request: HttpRequest, call: Call, form: BeginForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    is_meeting = call.kind == Call.Kind.MEETING
    wish = WishedDayForm(request.GET if is_meeting and "dan" in request.GET else None)
    days = FilingDays.of(wish.cleaned_data["dan"], today) if wish.is_valid() else None
    context = {
        "call": call,
        "questionnaire": proposal_queries.form_of(call),
        "documents": list(call.asked_documents.all()),
        "form": form,
        "is_meeting": is_meeting,
        "meeting_days": Rules.current().meeting_days if is_meeting else None,
        "wish": wish,
        "days": days,
        "verdict": permissions.is_open(call, today),
    }
    return render(request, "accreditation/call.html", context, status=status)


def _published(pk: int) -> Call:
    """A call that everybody sees; others are not found."""
    return get_object_or_404(Call.objects.published().select_related("cycle", "form"), pk=pk)
