"""The staff's desk: the list of proposals, the page of one, and a version as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from accreditation import steps
from accreditation.exports import paper, printed, word
from accreditation.forms.desk import DeskFilter
from accreditation.models import Proposal, Version
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
    related = ("call__cycle", "area", "filing__renewed_by", "decision", "made__programme")
    rows = queries.submitted().select_related(*related, "practice")
    found = get_object_or_404(rows, pk=pk)
    versions = list(Version.objects.filter(proposal=found).order_by("-number"))
    context = {
        "proposal": found,
        "filing": getattr(found, "filing", None),
        "decision": getattr(found, "decision", None),
        "made": getattr(found, "made", None),
        "practice": getattr(found, "practice", None),
        "versions": versions,
        "steps": _steps(found, request.user),
    }
    return render(request, "accreditation/desk_proposal.html", context)


def _steps(found: Proposal, user: object) -> list[tuple[steps.Step, str]]:
    """What this user may do now, with the page where it is done."""
    if not (permissions.may_follow(user) and permissions.may_open_steps(user)):
        return []
    return [(step, step.address(found)) for step in steps.possible(found)]


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
