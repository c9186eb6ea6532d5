"""The pages of a proposal for its authors: all of mine, one, its files, check, submit, versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation import states
from accreditation.filing_days import FilingDays
from accreditation.forms.proposals import AttachForm, WithdrawForm
from accreditation.models import Attachment, Call, Version
from accreditation.operations import attachments as attachment_operations
from accreditation.operations import authors as author_operations
from accreditation.operations import submitting
from accreditation.overview import of_author
from accreditation.permissions import filings
from accreditation.permissions import proposals as permissions
from accreditation.queries import authors as author_queries
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from accreditation.versions import Content
from accreditation.views.visitors import own_proposal, user_of
from centar import access
from centar.files import downloads


@access.signed_in
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All proposals of an author: what is missing, what waits for whom."""
    user = user_of(request)
    context = {
        "entries": of_author(user),
        "invitations": author_queries.invitations_to(user),
    }
    return render(request, "accreditation/proposals.html", context)


@access.signed_in
@never_cache
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: its parts, who writes it, and what can be done now."""
    found, user = own_proposal(request, pk), user_of(request)
    today = timezone.localdate()
    author = queries.author_of(found, user)
    is_meeting = found.call.kind == Call.Kind.MEETING and found.wished_on is not None
    context = {
        "proposal": found,
        "standing": Standing.of(found),
        "author": author,
        "outcome": queries.outcome_of(found, author),
        "may_be_appealed": filings.may_still_be_appealed(found, today),
        "versions": queries.versions_of(found),
        "days": FilingDays.of(found.wished_on, today) if is_meeting and found.wished_on else None,
        "verdict": permissions.is_open(found, today),
        "may_withdraw": permissions.may_withdraw(found, user),
        "actions": states.possible(found, states.Who.AUTHOR),
    }
    return render(request, "accreditation/proposal.html", context)


@access.signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The files, and a form for another one."""
    found, user = own_proposal(request, pk), user_of(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachForm(*sent, call=found.call)
    if sent and form.is_valid():
        try:
            attachment_operations.attach(
                proposal_id=pk,
                document=form.cleaned_data["document"],
                upload=form.cleaned_data["file"],
                by=user,
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The file is attached."))
            return redirect("accreditation:attachments", pk)
    files = queries.attachments_of(found)
    attached = {one.document_id for one in files}
    context = {
        "proposal": found,
        "form": form,
        "files": files,
        "documents": [(one, one.pk in attached) for one in queries.documents_of([found.call])],
        "verdict": permissions.may_write(found, user, timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/proposal_attachments.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file, for whoever may read it; for others it is not there."""
    rows = Attachment.objects.select_related("file", "proposal__call")
    found = get_object_or_404(rows, pk=pk)
    if not permissions.may_read_file(found, user_of(request)):
        raise Http404
    return downloads.answer(found.file)


@access.signed_in
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a file out of the draft."""
    user = user_of(request)
    rows = Attachment.objects.filter(proposal__in=queries.own(user), removed_at=None)
    found = get_object_or_404(rows, pk=pk)
    try:
        attachment_operations.take_out(attachment_id=pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is taken out."))
    return redirect("accreditation:attachments", found.proposal_id)


@access.signed_in
@never_cache
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, the whole proposal to read, signatures, submitting."""
    return _check(request, pk)


@access.signed_in
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign off what the page has shown."""
    own_proposal(request, pk)
    try:
        author_operations.sign(proposal_id=pk, seen=_seen(request), by=user_of(request))
    except access.Refusal as refusal:
        return _check(request, pk, str(refusal))
    messages.success(request, _("You have signed off the proposal as it is now."))
    return redirect("accreditation:check", pk)


@access.signed_in
@require_POST
def ask_to_sign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write to the co-authors whose signature is needed."""
    own_proposal(request, pk)
    try:
        author_operations.ask_to_sign(proposal_id=pk, by=user_of(request))
    except access.Refusal as refusal:
        return _check(request, pk, str(refusal))
    messages.success(request, _("The co-authors get a letter."))
    return redirect("accreditation:check", pk)


@access.signed_in
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Submit what the page has shown."""
    own_proposal(request, pk)
    try:
        version = submitting.submit(proposal_id=pk, seen=_seen(request), by=user_of(request))
    except access.Refusal as refusal:
        return _check(request, pk, str(refusal))
    messages.success(request, _("The proposal is submitted. All authors get a receipt."))
    return redirect("accreditation:version", pk, version.number)


@access.signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Withdraw, with a reason."""
    found, user = own_proposal(request, pk), user_of(request)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            submitting.withdraw(proposal_id=pk, by=user, **form.cleaned_data)
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The proposal is withdrawn."))
            return redirect(found)
    verdict = permissions.may_withdraw(found, user)
    context = {"proposal": found, "form": form, "verdict": verdict}
    status = 422 if form.errors else 200
    return render(request, "accreditation/proposal_withdraw.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was submitted, as it was; for its authors and the staff."""
    rows = Version.objects.select_related("proposal__call", "made_by")
    found = get_object_or_404(rows, proposal=pk, number=number)
    user = user_of(request)
    if not permissions.may_read_submitted(found.proposal, user):
        raise Http404
    context = {
        "version": found,
        "proposal": found.proposal,
        "content": Content.of(found),
        "is_own": bool(permissions.is_author(found.proposal, user)),
    }
    return render(request, "accreditation/proposal_version.html", context)


def _seen(request: HttpRequest) -> str:
    """The fingerprint of what the page has shown."""
    return request.POST.get("seen", "")[:64]


def _check(request: HttpRequest, pk: int, refused: str = "") -> HttpResponse:
    found, user = own_proposal(request, pk), user_of(request)
    standing = Standing.of(found)
    context = {
        "proposal": found,
        "standing": standing,
        "content": Content.read(standing.content),
        "author": queries.author_of(found, user),
        "verdict": permissions.is_open(found, timezone.localdate()),
        "refused": refused,
    }
    return render(
        request, "accreditation/proposal_check.html", context, status=409 if refused else 200
    )
