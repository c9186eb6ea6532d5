"""What the authors are asked to change, their answers, and the difference that it made."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accreditation import revisions
from accreditation.forms.revisions import AnswersForm
from accreditation.models import Proposal, Version
from accreditation.operations import revisions as operations
from accreditation.permissions import proposals as proposal_permissions
from accreditation.permissions import reviews as permissions
from accreditation.queries import proposals as queries
from accreditation.queries import reviews
from accreditation.views.visitors import user_of
from centar import access


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def revision(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is asked for, point by point, with the authors' answers to write."""
    proposal = get_object_or_404(queries.own(user_of(request)), pk=pk)
    asked = queries.open_request(proposal)
    if asked is None:
        raise Http404
    verdict = permissions.may_answer(asked, user_of(request), timezone.localdate())
    sent = request.POST if request.method == "POST" else None
    form = AnswersForm(sent, points=list(asked.points.all()))
    if form.is_bound and form.is_valid():
        try:
            operations.answer(
                request_id=asked.pk, answers=form.answers, seen=form.seen, by=user_of(request)
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Your answers are kept. Submit the proposal when ready."))
            return redirect("accreditation:revision", pk)
    context = {
        "proposal": proposal,
        "asked": asked,
        "form": form,
        "verdict": verdict,
        "comments": reviews.comments_for_authors(asked.version),
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/revision.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def difference(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """What a version changed against the one before it, for its authors and the staff."""
    proposal = get_object_or_404(Proposal.objects.select_related("call"), pk=pk)
    if not proposal_permissions.may_read_submitted(proposal, user_of(request)):
        raise Http404
    version = get_object_or_404(
        Version.objects.select_related("proposal"), proposal=proposal, number=number
    )
    change = revisions.change(version, is_blind=False)
    context = {"proposal": proposal, "change": change}
    return render(request, "accreditation/review_difference.html", context)
