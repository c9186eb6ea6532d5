"""Asking for changes, giving more time, and deciding; the decision as its authors read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accreditation import states
from accreditation.forms.reviews import DecisionForm, UntilForm
from accreditation.forms.revisions import ChangesForm
from accreditation.models import Decision, RevisionRequest, Version
from accreditation.operations import decisions as operations
from accreditation.operations import revisions
from accreditation.permissions import proposals as proposal_permissions
from accreditation.permissions import reviews as permissions
from accreditation.queries import blinding
from accreditation.queries import reviews as queries
from accreditation.versions import Content
from accreditation.views.visitors import user_of
from centar import access
from centar.assessment import permissions as assessment
from centar.assessment.queries import results, standings


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask the authors of the version for changes, point by point."""
    version = _version(request, pk)
    access.require(permissions.may_happen(version.proposal, "ask_changes", timezone.localdate()))
    form = ChangesForm(request.POST if request.method == "POST" else None)
    if form.is_growing:
        form.errors.clear()
    elif form.is_bound and form.is_valid():
        try:
            revisions.ask(
                version_id=pk,
                points=form.points,
                note=form.cleaned_data["note"],
                due_on=form.cleaned_data["due_on"],
                by=user_of(request),
            )
        except access.Refusal as refusal:
            form.add_error("point_1" if refusal.field == "points" else refusal.field, str(refusal))
        else:
            messages.success(request, _("The authors are asked, and have got a letter."))
            return redirect(_back(version))
    context = _context(request, version) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "accreditation/revision_ask.html", context, status=status)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the authors another last day."""
    rows = RevisionRequest.objects.select_related("version__proposal__call")
    asked = get_object_or_404(rows, pk=pk)
    version = _version(request, asked.version_id)
    form = UntilForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            revisions.extend(request_id=pk, due_on=form.cleaned_data["due_on"], by=user_of(request))
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The authors have more time, and have got a letter."))
            return redirect(_back(version))
    context = _context(request, version) | {"form": form, "asked": asked}
    status = 422 if form.errors else 200
    return render(request, "accreditation/revision_extend.html", context, status=status)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Accept the version or not, with reasons."""
    version = _version(request, pk)
    access.require(permissions.may_happen(version.proposal, "decline", timezone.localdate()))
    outcomes = [
        outcome
        for outcome, action in operations.ACTIONS.items()
        if version.proposal.state in states.transition(action).before
    ]
    form = DecisionForm(request.POST if request.method == "POST" else None, outcomes=outcomes)
    if request.method == "POST" and form.is_valid():
        try:
            operations.decide(
                version_id=pk,
                outcome=form.cleaned_data["outcome"],
                reasons=form.cleaned_data["reasons"],
                by=user_of(request),
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is decided, and the authors have got a letter."))
            return redirect(_back(version))
    context = _context(request, version) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "accreditation/decision_make.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The decision with its reasons and the version that it is about, for its authors and the
    staff; what assessors wrote for the authors too, without their names where they are hidden.
    """
    rows = Decision.objects.select_related("proposal__call", "version")
    found = get_object_or_404(rows, proposal=pk)
    user = user_of(request)
    if not proposal_permissions.may_read_submitted(found.proposal, user):
        raise Http404
    context = {
        "decision": found,
        "proposal": found.proposal,
        "content": Content.of(found.version),
        "comments": queries.comments_for_authors(found.version),
        "is_author": proposal_permissions.is_author(found.proposal, user),
    }
    return render(request, "accreditation/decision.html", context)


def _context(request: HttpRequest, version: Version) -> dict[str, object]:
    """What stands beside every form: what it is about, and what was said of it."""
    review = queries.review_of_last(version.proposal)
    user = user_of(request)
    is_blind = review is not None and permissions.is_blind(review.phase.panel, user)
    # Whoever has an assessment of their own to send reads those of others afterwards.
    shown = review if review and assessment.may_read_assessments(review.item, user) else None
    return {
        "version": version,
        "proposal": version.proposal,
        "title": blinding.titles_of([version], is_blind=is_blind)[version.pk],
        "review": review,
        "standing": standings.standing_of(shown.item) if shown else None,
        "results": results.results(shown.item, in_full=True) if shown else None,
        "back": _back(version),
    }


def _back(version: Version) -> str:
    review = queries.review_of_last(version.proposal)
    if review is not None:
        return reverse("accreditation:led_review", args=[review.pk])
    return reverse("accreditation:sheet", args=[version.proposal.call_id])


def _version(request: HttpRequest, pk: int) -> Version:
    """A version about which the user may decide; 403 with a conflict, else not found."""
    version = get_object_or_404(Version.objects.select_related("proposal__call"), pk=pk)
    verdict = permissions.may_decide(version.proposal, request.user)
    if not verdict and not permissions.leads(version.proposal, request.user):
        raise Http404
    access.require(verdict)
    return version
