"""Evaluating a seminar, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from centar import access
from centar.events.models import Booking
from centar.questionnaires.forms import AnswerForm, stepped
from centar.script import faces
from trainings import links
from trainings.operations import evaluation as operations
from trainings.permissions import evaluation as permissions
from trainings.queries import catalogue
from trainings.queries import evaluation as queries
from trainings.reports import evaluation as reports
from trainings.seminars import KIND


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Evaluate the seminar of one's own booking."""
    own = Booking.objects.of(request.user).filter(event__kind=KIND)
    return _evaluate(
        request, get_object_or_404(own.select_related("event__seminar", "person"), pk=pk)
    )


@access.by_link
@never_cache
@require_http_methods(["GET", "POST"])
def evaluate_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Evaluate a seminar from the letter's link; opening the page changes nothing."""
    booking = links.booking_of(token)
    if booking is None:
        return render(request, "trainings/evaluation_unknown.html", status=404)
    return _evaluate(request, booking)


def _evaluate(request: HttpRequest, booking: Booking) -> HttpResponseBase:
    verdict = permissions.may_evaluate(booking, timezone.now())
    if not verdict:
        is_done = permissions.has_evaluated(booking)
        # A second sending is a conflict; reading that it was sent is none.
        status = 403 if not is_done else 409 if request.method == "POST" else 200
        closed = {"event": booking.event, "reason": verdict.reason, "is_done": is_done}
        return render(request, "trainings/evaluation_closed.html", closed, status=status)
    questionnaire = queries.questionnaire_of(booking.event.seminar)
    assert questionnaire is not None  # asked by the permission
    step = stepped(request.POST, questionnaire)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(step or sent, questionnaire=questionnaire, is_draft=step is not None)
    if sent is not None and step is None and form.is_valid():
        try:
            operations.evaluate(
                booking_id=booking.pk, questionnaire_id=questionnaire.pk, answers=form.answers()
            )
        except access.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you! Your answers are sent, without your name."))
            return redirect(request.path)
    context = {"event": booking.event, "questionnaire": questionnaire, "form": form}
    is_refused = step is None and bool(form.errors)
    return render(request, "trainings/evaluate.html", context, status=422 if is_refused else 200)


@access.signed_in
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What the participants said together."""
    event = get_object_or_404(catalogue.seminars_visible_to(request.user), pk=pk)
    access.require(permissions.may_see_results(request.user, event.seminar))
    found = queries.results(event.seminar)
    context = {
        "event": event,
        "results": found,
        "too_few": reports.too_few(found.tally) if found else "",
        "parts": reports.parts(found.tally) if found else [],
        "mean": reports.mean(found) if found else "",
        "groupings": reports.groupings(found) if found else [],
    }
    return render(request, "trainings/results.html", context)


@access.signed_in
@require_GET
def results_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to print."""
    event = get_object_or_404(catalogue.seminars_visible_to(request.user), pk=pk)
    access.require(permissions.may_see_results(request.user, event.seminar))
    found = queries.results(event.seminar)
    if found is None:
        return redirect("trainings:results", pk)
    paper = reports.paper(event.seminar, found, faces.of(request))
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="ocene-{pk}.pdf"'
    return answer
