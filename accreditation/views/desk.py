"""The staff's desk: the list of proposals, the page of one, and a version as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from accreditation.exports import paper, printed, word
from accreditation.forms.desk import DeskFilter
from accreditation.models import Version
from accreditation.permissions import filings as permissions
from accreditation.permissions import proposals
from accreditation.queries import desk as queries
from centar import access, long_lists
from centar.people.models import User
from centar.script import faces

A_PAGE = 20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@access.signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All submitted proposals, searched and narrowed; the address of a list can be shared."""
    access.require(permissions.may_read(request.user))
    form = DeskFilter(request.GET)
    keys = queries.find(form.filters, timezone.localdate())
    context = {
        "form": form,
        "page": long_lists.page_of(request, keys, A_PAGE, queries.entries),
    }
    fragment = "accreditation/_desk_rows.html"
    return long_lists.answer(request, "accreditation/desk.html", fragment, context)


@access.signed_in
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal after its submission: where it stands, what was submitted, what can be done."""
    access.require(permissions.may_read(request.user))
    stamp = queries.stamp_of(pk)
    if stamp is None:
        raise Http404
    may_step = permissions.may_follow(request.user) and permissions.may_open_steps(request.user)
    context = {"stamp": stamp, "may_step": bool(may_step)}
    return render(request, "accreditation/desk_proposal.html", context)


@access.signed_in
@require_safe
def version_file(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponse:
    """A version as the institute asks for it, for the staff and its authors; others find nothing.

    It is Cyrillic, whichever face its reader has chosen: it goes to a public body.
    """
    assert isinstance(request.user, User)
    rows = Version.objects.select_related("proposal")
    version = get_object_or_404(rows, proposal=pk, number=number)
    if not proposals.may_read_submitted(version.proposal, request.user):
        raise Http404
    with translation.override(faces.CYRILLIC.language):
        written = paper.of(version)
        if form == "pdf":
            content, mime_type = printed.render(written, version.made_at), "application/pdf"
        else:
            content, mime_type = word.render(written), WORD
    answer = HttpResponse(content, content_type=mime_type)
    name = f"predlog-{version.proposal.code}-{number}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
