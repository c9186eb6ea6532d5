"""Papers as whoever holds them verifies them, and as their owners fetch them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from centar import access
from centar.documents import limits, papers, queries
from centar.documents.forms import NOT_FOUND, VerificationForm
from centar.documents.models import Document
from centar.people.models import User
from centar.script.latin import to_latin


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code of a paper; a right one leads to the paper's own page."""
    form = VerificationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not limits.may_verify(request):
        return _too_many(request)
    if form.is_bound and form.is_valid():
        return redirect(form.cleaned_data["found"].document.verification_path)
    status = 422 if form.errors else 200
    return _unindexed(render(request, "documents/verify.html", {"form": form}, status=status))


@access.by_link
@never_cache
@require_safe
def verification(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything public on the paper with this code, and whether it still counts."""
    if not limits.may_verify(request):
        return _too_many(request)
    found = queries.verified(code)
    if found is None:
        # The same answer for every wrong code; the form stands below it.
        context = {"form": VerificationForm(), "not_found": NOT_FOUND}
        return _unindexed(render(request, "documents/verify.html", context, status=404))
    context = {"found": found, "proof": papers.in_words(found.document.proof)}
    return _unindexed(render(request, "documents/verification.html", context))


@access.signed_in
@never_cache
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF of one's own paper; the back office gets everybody's."""
    assert isinstance(request.user, User)
    document = get_object_or_404(Document.objects.readable_by(request.user), pk=pk)
    response = HttpResponse(papers.pdf_of(document), content_type="application/pdf")
    name = to_latin(document.register_number).replace("/", "-")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return _unindexed(response)


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "documents/too_many.html", status=429)
    response["Retry-After"] = "60"
    return _unindexed(response)


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
