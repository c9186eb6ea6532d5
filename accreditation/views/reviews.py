"""What assessors read, write and send. What is not theirs is not found."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accreditation import handing_out, revisions
from accreditation.queries import blinding
from accreditation.queries import reviews as queries
from accreditation.views.visitors import user_of
from centar import access
from centar.assessment import permissions as assessment
from centar.assessment.forms import DeclineForm, ScoreForm
from centar.assessment.models import Assignment
from centar.assessment.operations import items, scoring
from centar.assessment.queries import results
from centar.files.metadata import Unclean

KEPT = "kept"
"""Where the page says that it was saved on the way."""


@access.signed_in
@never_cache
@require_safe
def reviews(request: HttpRequest) -> HttpResponseBase:
    """What waits for the user, what was sent, and the panels that the user leads."""
    user = user_of(request)
    rows = list(queries.of_assessor(user).order_by("due_on", "item__code", "pk"))
    titles = queries.titles_for(rows)
    listed = [(one, titles[one.item.review.version_id]) for one in rows]
    context = {
        "waiting": [pair for pair in listed if _is_open(pair[0])],
        "past": [pair for pair in listed if not _is_open(pair[0])],
        "panels": queries.panels_of(user),
        "today": timezone.localdate(),
    }
    return render(request, "accreditation/reviews.html", context)


@access.signed_in
@never_cache
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The proposal to read, and what the others say once the own assessment is sent."""
    assignment = _own(request, pk)
    version = assignment.item.review.version
    others = assessment.may_see_others(assignment, request.user)
    context = {
        "assignment": assignment,
        "content": blinding.content_of(version, is_blind=_is_blind(assignment)),
        "verdict": assessment.may_assess(assignment, request.user),
        "others": results.of_others(assignment) if others else None,
        "is_revised": assignment.item.review.version.number > 1,
    }
    return render(request, "accreditation/review.html", context)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def scores(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The assessment: kept while it is typed, sent by its button."""
    assignment = _own(request, pk)
    access.require(assessment.may_assess(assignment, request.user))
    if request.method != "POST":
        form = ScoreForm(assignment=assignment, page=secrets.token_hex(8), is_draft=True)
        return _scores(request, assignment, form)
    is_sent = "send" in request.POST
    form = ScoreForm(request.POST, assignment=assignment, is_draft=not is_sent)
    operation = scoring.send if is_sent and form.is_valid() else scoring.keep_scores
    try:
        operation(
            assignment_id=pk, written=form.written(), seen=form.seen_draft(), by=user_of(request)
        )
    except scoring.ChangedMeanwhile as meanwhile:
        return _scores(request, assignment, form, refused=str(meanwhile), status=409)
    except access.Refusal as refusal:
        if refusal.field is None:
            return _scores(request, assignment, form, refused=str(refusal), status=409)
        form.add_error(refusal.field, str(refusal))
    if _is_automatic(request):
        return render(request, "accreditation/_review_kept.html", {"kept_at": timezone.now()})
    if form.errors:
        return _scores(request, assignment, form, status=422)
    if is_sent:
        messages.success(request, _("Thank you! Your assessment is sent."))
        return redirect("accreditation:review", pk)
    messages.success(request, _("The draft is kept. It is not sent yet."))
    return redirect("accreditation:review_scores", pk)


def _scores(
    request: HttpRequest,
    assignment: Assignment,
    form: ScoreForm,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"assignment": assignment, "form": form, "refused": refused, "kept": KEPT}
    if refused and _is_automatic(request):
        return render(request, "accreditation/_review_kept.html", context)
    title = queries.titles_for([assignment])
    context["title"] = title[assignment.item.review.version_id]
    return render(request, "accreditation/review_scores.html", context, status=status)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that one is not impartial, or cannot assess."""
    assignment = _own(request, pk)
    access.require(assessment.may_decline(assignment, request.user))
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if form.cleaned_data["is_conflict"]:
                items.declare_conflict(
                    item_id=assignment.item_id,
                    person_id=assignment.person_id,
                    reason=reason,
                    by=user_of(request),
                )
            else:
                scoring.decline(assignment_id=pk, reason=reason, by=user_of(request))
        except access.Refusal as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Thank you for saying so. Somebody else will assess it."))
            return redirect("accreditation:reviews")
    context = {"assignment": assignment, "form": form}
    status = 422 if form.errors else 200
    return render(request, "accreditation/review_refusal.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def file(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """A file of the proposal; a blind assessor gets only what names nobody."""
    assignment = _own(request, pk)
    try:
        version = assignment.item.review.version
        return handing_out.answer(version, attachment, is_blind=_is_blind(assignment))
    except Unclean:
        # Why is not said here: the reason holds the name.
        context = {"back": assignment}
        return render(request, "accreditation/review_file_unclean.html", context, status=409)


@access.signed_in
@never_cache
@require_safe
def difference(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the authors changed since the version before, and what they were asked."""
    assignment = _own(request, pk)
    is_blind = _is_blind(assignment)
    version = assignment.item.review.version
    context = {
        "assignment": assignment,
        "change": revisions.change(version, is_blind=is_blind),
    }
    return render(request, "accreditation/review_difference.html", context)


def _own(request: HttpRequest, pk: int) -> Assignment:
    """An assignment of the user; those of others, and taken away ones, are not found."""
    return get_object_or_404(queries.of_assessor(user_of(request)), pk=pk)


def _is_blind(assignment: Assignment) -> bool:
    return assignment.item.panel.hides_authors


def _is_open(assignment: Assignment) -> bool:
    return assignment.state == Assignment.State.ASKED and assignment.item.closed_at is None


def _is_automatic(request: HttpRequest) -> bool:
    """Whether the browser saves while somebody is typing."""
    return request.headers.get("HX-Target") == KEPT
