"""Letters to all authors: what they are asked to change, and what the Centre decided."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import Author, Decision, Proposal, RevisionRequest
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter
from centar.script import faces

REQUEST = "accreditation.changes"
DECISION = "accreditation.decision"


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for kind in (
        kinds.Kind(REQUEST, gettext_lazy("authors are asked for changes"), _request),
        kinds.Kind(DECISION, gettext_lazy("decision about a proposal"), _decision),
    ):
        kinds.register(kind)


def queue_request(request: RevisionRequest) -> None:
    """Tell the authors what is asked for, and again when they get more time."""
    proposal = request.version.proposal
    _queue(REQUEST, request.pk, proposal, version=f"{request.due_on:%Y-%m-%d}")


def queue_decision(decision: Decision) -> None:
    """Tell the authors what was decided, once for ever."""
    _queue(DECISION, decision.pk, decision.proposal, version="1")


def _queue(kind: str, key: int, proposal: Proposal, *, version: str) -> None:
    authors = Author.objects.filter(
        proposal=proposal, removed_at=None, accepted_at__isnull=False, person__isnull=False
    )
    operations.queue_many(
        Letter(
            kind=kind,
            object_id=key,
            recipient=author.person.email,
            version=version,
            face=author.person.face,
            context={"name": author.person.first_name},
        )
        for author in authors.select_related("person__user")
        if author.person is not None
    )


def _request(letter: Letter) -> kinds.Message:
    rows = RevisionRequest.objects.select_related("version__proposal__call")
    request = rows.prefetch_related("points").get(pk=letter.object_id)
    proposal = request.version.proposal
    if request.answered_by_id is not None or proposal.state != Proposal.State.REVISION:
        raise kinds.NoLongerTrue(_("The authors have answered already."))
    subject = _("Please revise: %(title)s") % {"title": request.version.content["title"]}
    context = _context(letter, proposal, "accreditation:revision")
    context |= {"request": request, "points": request.points.all()}
    return kinds.Message(subject, texts.written("accreditation/letters/changes.txt", context))


def _decision(letter: Letter) -> kinds.Message:
    rows = Decision.objects.select_related("version", "proposal__call")
    decision = rows.get(pk=letter.object_id)
    title = decision.version.content["title"]
    subject = _("Decision about your proposal: %(title)s") % {"title": title}
    context = _context(letter, decision.proposal, "accreditation:decision")
    context |= {
        "decision": decision,
        "title": title,
        "is_accepted": decision.outcome == Decision.Outcome.ACCEPTED,
    }
    return kinds.Message(subject, texts.written("accreditation/letters/decision.txt", context))


def _context(letter: Letter, proposal: Proposal, page: str) -> dict[str, Any]:
    face = faces.by_code(letter.face)
    path = reverse(page, args=[proposal.pk])
    return {
        "name": letter.context["name"],
        "proposal": proposal,
        "call": proposal.call,
        "page": settings.SITE_URL + faces.address(path, face),
    }
