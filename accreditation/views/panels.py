"""The table of those who lead a review, assigning, and one proposal in their hands."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation import handing_out, revisions
from accreditation.forms.reviews import AssignForm, BeginForm, GiveBackForm
from accreditation.models import Phase, Review
from accreditation.operations import reviews as operations
from accreditation.permissions import reviews as permissions
from accreditation.queries import blinding
from accreditation.queries import proposals as proposals_
from accreditation.queries import reviews as queries
from accreditation.views.visitors import user_of
from centar import access
from centar.assessment import permissions as assessment
from centar.assessment.models import Assignment
from centar.assessment.operations import assigning, ending, items, scoring
from centar.assessment.queries import proposing, results, standings
from centar.files.metadata import Unclean
from centar.people.queries import person_of


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far each proposal is, and those whose review can begin; sending begins it."""
    phase = _phase(request, pk)
    user = user_of(request)
    is_blind = permissions.is_blind(phase.panel, user)
    versions = queries.to_begin(phase)
    titles = blinding.titles_of(versions, is_blind=is_blind)
    form = BeginForm(
        request.POST if request.method == "POST" else None, versions=versions, titles=titles
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = operations.begin(
                phase_id=phase.pk,
                proposal_ids=[int(key) for key in form.cleaned_data["proposals"]],
                by=user,
            )
        except access.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext(
                "The review of %(number)d proposal has begun. Assign its assessors.",
                "The review of %(number)d proposals has begun. Assign their assessors.",
                len(begun),
            )
            messages.success(request, words % {"number": len(begun)})
            return redirect("accreditation:panel", pk)
    today = timezone.localdate()
    context = {
        "phase": phase,
        "panel": phase.panel,
        "is_blind": is_blind,
        "rows": queries.table(phase.panel, user, is_blind=is_blind, today=today),
        "form": form if versions else None,
        "may_lead": permissions.may_lead(phase, user),
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/panel.html", context, status=status)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who is proposed to assess what, to be looked at and then assigned at once."""
    phase = _phase(request, pk)
    user = user_of(request)
    access.require(assessment.may_chair(phase.panel, user))
    refused = ""
    if request.method == "POST":
        try:
            made = assigning.propose_all(panel_id=pk, seen=request.POST.get("seen", ""), by=user)
        except access.Refusal as refusal:
            refused = str(refusal)
        else:
            words = ngettext("%(number)d assessor is asked.", "%(number)d are asked.", len(made))
            messages.success(request, words % {"number": len(made)})
            return redirect("accreditation:panel", pk)
    context = {"phase": phase, "plan": proposing.plan(phase.panel, user), "refused": refused}
    status = 409 if refused else 200
    return render(request, "accreditation/panel_plan.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def led(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One proposal for whoever leads: to read, with who assesses it and what they said."""
    review = _led(request, pk)
    return _page(request, review, AssignForm(proposed=_candidates(request, review)))


@access.signed_in
@never_cache
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask somebody to assess it."""
    review = _led(request, pk)
    form = AssignForm(request.POST, proposed=_candidates(request, review))
    if form.is_valid():
        try:
            made = assigning.assign(
                item_id=review.item_id,
                person_id=int(form.cleaned_data["person"]),
                by=user_of(request),
            )
        except access.Refusal as refusal:
            form.add_error("person", str(refusal))
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": made.person})
            return redirect("accreditation:led_review", pk)
    return _page(request, review, form, status=422)


@access.signed_in
@never_cache
@require_POST
def end_assignment(request: HttpRequest, pk: int, assignment: int) -> HttpResponseBase:
    """Take what is not sent away from an assessor."""
    review = _led(request, pk)
    own = get_object_or_404(Assignment, pk=assignment, item=review.item_id)
    try:
        ending.end_assignment(assignment_id=own.pk, by=user_of(request))
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is taken away, and the assessor is told."))
    return redirect("accreditation:led_review", pk)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, pk: int, assignment: int) -> HttpResponseBase:
    """Give a sent assessment back to its assessor: the page that asks, and the deed."""
    review = _led(request, pk)
    user = user_of(request)
    access.require(assessment.may_read_assessments(review.item, user))
    own = get_object_or_404(
        Assignment.objects.select_related("person__user", "item__panel"),
        pk=assignment,
        item=review.item_id,
    )
    access.require(assessment.may_give_back(own, user))
    form = GiveBackForm(
        request.POST if request.method == "POST" else None,
        initial={"due_on": assigning.day_again(own.due_on)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            scoring.give_back(
                assignment_id=own.pk,
                reason=form.cleaned_data["reason"],
                due_on=form.cleaned_data["due_on"],
                by=user,
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is given back, and the assessor has got a letter."))
            return redirect("accreditation:led_review", pk)
    context = {
        "review": review,
        "title": blinding.titles_of(
            [review.version], is_blind=permissions.is_blind(review.phase.panel, user)
        )[review.version_id],
        "assignment": own,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/panel_give_back.html", context, status=status)


@access.signed_in
@never_cache
@require_POST
def own_conflict(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Whoever leads says that they are not impartial, and sees nothing of it any more."""
    review = _led(request, pk)
    user = user_of(request)
    person = person_of(user)
    try:
        if person is None:
            raise access.Refusal(_("Fill in your profile first."))
        items.declare_conflict(item_id=review.item_id, person_id=person.pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accreditation:led_review", pk)
    messages.success(request, _("Thank you for saying so. Others lead this one."))
    return redirect("accreditation:panel", review.phase.panel_id)


@access.signed_in
@never_cache
@require_safe
def file(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """A file of the proposal, blind or not as the rest of it."""
    review = _led(request, pk)
    is_blind = permissions.is_blind(review.phase.panel, user_of(request))
    try:
        return handing_out.answer(review.version, attachment, is_blind=is_blind)
    except Unclean:
        return render(request, "accreditation/review_file_unclean.html", status=409)


@access.signed_in
@never_cache
@require_safe
def difference(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the authors changed since the version before."""
    review = _led(request, pk)
    is_blind = permissions.is_blind(review.phase.panel, user_of(request))
    change = revisions.change(review.version, is_blind=is_blind)
    context = {"review": review, "change": change}
    return render(request, "accreditation/review_difference.html", context)


def _page(
    request: HttpRequest, review: Review, form: AssignForm, *, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    today = timezone.localdate()
    proposal = review.version.proposal
    verdict = assessment.may_read_assessments(review.item, user)
    is_last = proposals_.last_version(proposal) == review.version
    may_decide = is_last and permissions.may_decide(proposal, user)
    is_blind = permissions.is_blind(review.phase.panel, user)
    context = {
        "review": review,
        "is_blind": is_blind,
        "newer": queries.follower_of(review),
        "content": blinding.content_of(review.version, is_blind=is_blind),
        "verdict": verdict,
        "standing": standings.standing_of(review.item) if verdict else None,
        "results": results.results(review.item, in_full=True) if verdict else None,
        "form": form,
        "may_steer": assessment.may_steer(review.item, user),
        "may_ask": may_decide and permissions.may_happen(proposal, "ask_changes", today),
        "may_decide": may_decide and permissions.may_happen(proposal, "decline", today),
        "request_": proposals_.open_request(proposal) if may_decide else None,
        "may_prepare": permissions.may_prepare(proposal, user),
        "today": today,
    }
    return render(request, "accreditation/panel_review.html", context, status=status)


def _candidates(request: HttpRequest, review: Review) -> list[proposing.Proposed]:
    """Who could be asked; nobody where the user may not assign."""
    if not assessment.may_steer(review.item, user_of(request)):
        return []
    return proposing.proposed(review.item)


def _phase(request: HttpRequest, panel_id: int) -> Phase:
    """The phase of a panel that the user may read; others are not found."""
    phase = get_object_or_404(Phase.objects.select_related("panel", "call"), panel=panel_id)
    if not assessment.may_read(phase.panel, request.user):
        raise Http404
    return phase


def _led(request: HttpRequest, pk: int) -> Review:
    """A review of a panel that the user leads or may read; 403 with a conflict, else 404."""
    review = get_object_or_404(queries.with_all(Review.objects.all()), pk=pk)
    if not assessment.may_read(review.phase.panel, request.user):
        raise Http404
    access.require(permissions.may_read_review(review, request.user))
    return review
