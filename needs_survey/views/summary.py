"""The published summary for everybody, a school's own answer beside it, and publishing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from centar import access
from centar.people.models import User
from centar.script import faces
from needs_survey.forms.summary import SummaryForm
from needs_survey.models import Invitation, Round
from needs_survey.operations import summary as operations
from needs_survey.permissions import results as permissions
from needs_survey.queries import held
from needs_survey.queries import results as result_queries
from needs_survey.queries import summary as queries
from needs_survey.reports import drawn, pages
from needs_survey.reports import summary as reports


@access.everyone
@require_GET
def summaries(request: HttpRequest) -> HttpResponse:
    """The published summaries, the latest first."""
    context = {"rounds": Round.objects.with_summary()}
    return render(request, "needs_survey/summaries.html", context)


@access.everyone
@require_GET
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said and what was done; the staff see it before it is published."""
    round = _summarised(request, pk)
    face = faces.of(request)

    def draw() -> drawn.Drawing:
        context = {"round": round, "parts": pages.public_parts(round)}
        return drawn.Drawing(
            str(round), pages.drawn("needs_survey/_summary_said.html", context, face)
        )

    said = drawn.RESULTS.get(("summary", pk, face), result_queries.stamp(pk), draw)
    context = {
        "round": round,
        "said": said,
        "deeds": queries.deeds(round),
        "responses": result_queries.responses_to(round).count(),
    }
    return render(request, "needs_survey/summary.html", context)


@access.everyone
@require_GET
def summary_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same to print."""
    answer = HttpResponse(
        reports.paper(_summarised(request, pk), faces.of(request)), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="potrebe-{pk}.pdf"'
    return answer


@access.signed_in
@require_GET
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """What an invited school said, beside what the region said."""
    invitations = Invitation.objects.select_related("round", "school__municipality")
    own = get_object_or_404(invitations, pk=pk)
    if not permissions.may_read_own(request.user, own.round, own.school_id):
        raise Http404
    beside = queries.school_beside_region(own.round, own.school)
    context = {
        "round": own.round,
        "school": own.school,
        "parts": reports.school_parts(beside, own.school) if beside else [],
        "has_answered": beside is not None,
        "own": held.of_school(own.round, own.school),
    }
    return render(request, "needs_survey/summary_school.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write what was done and publish the summary, or take it back."""
    access.require(permissions.may_publish(request.user))
    round = get_object_or_404(Round, pk=pk)
    form = SummaryForm(request.POST or None, instance=round)
    if request.method == "POST":
        assert isinstance(request.user, User)  # asked by the permission
        try:
            if _publish(request, form, pk, request.user):
                return redirect("needs_survey:publish", pk)
        except access.Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "round": round,
        "is_published": Round.objects.with_summary().filter(pk=pk).exists(),
        "is_enough": queries.is_enough(round),
        "form": form,
    }
    return render(
        request, "needs_survey/results_publish.html", context, status=422 if form.errors else 200
    )


def _publish(request: HttpRequest, form: SummaryForm, pk: int, by: User) -> bool:
    """Publish, or take back what is published; no when what was typed cannot be."""
    if "take_back" in request.POST:
        operations.take_back(round_id=pk, by=by)
        messages.success(request, _("The summary is no longer published."))
        return True
    if not form.is_valid():
        return False
    operations.publish(round_id=pk, done=form.cleaned_data["done"], by=by)
    messages.success(request, _("The summary is published."))
    return True


def _summarised(request: HttpRequest, pk: int) -> Round:
    """A round that has enough answers for a summary."""
    is_staff = bool(permissions.may_read_results(request.user))
    round = get_object_or_404(queries.rounds(is_staff=is_staff), pk=pk)
    if not queries.is_enough(round):
        raise Http404
    return round
