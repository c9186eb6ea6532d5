"""Letters about a whole proposal: its receipt, its withdrawal, a draft that still waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.letters import addresses
from accreditation.models import Author, Proposal, Version
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter

RECEIPT = "accreditation.receipt"
WITHDRAWN = "accreditation.withdrawn"
DRAFT = "accreditation.draft"


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for kind in (
        kinds.Kind(RECEIPT, gettext_lazy("receipt of a proposal"), _receipt),
        kinds.Kind(WITHDRAWN, gettext_lazy("a proposal is withdrawn"), _withdrawn),
        kinds.Kind(DRAFT, gettext_lazy("a draft is not submitted yet"), _draft),
    ):
        kinds.register(kind)


def queue_receipts(version: Version, authors: Iterable[Author]) -> None:
    """Tell all authors that the version has arrived."""
    _queue(RECEIPT, version.pk, authors, version="1")


def queue_withdrawn(proposal: Proposal, authors: Iterable[Author], *, reason: str, by: str) -> None:
    """Tell all authors why it is withdrawn; `by` names the author, or nobody for the Centre."""
    _queue(WITHDRAWN, proposal.pk, authors, version="1", reason=reason, by=by)


def queue_drafts(proposal: Proposal, authors: Iterable[Author]) -> None:
    """Remind the authors of a draft, once for each last day of the call."""
    _queue(DRAFT, proposal.pk, authors, version=f"{proposal.call.closes_on:%Y-%m-%d}")


def _queue(
    kind: str, object_id: int, authors: Iterable[Author], *, version: str, **facts: str
) -> None:
    operations.queue_many(
        Letter(
            kind=kind,
            object_id=object_id,
            recipient=author.person.email,
            version=version,
            face=author.person.face,
            context={"name": author.person.first_name, **facts},
        )
        for author in authors
        if author.person is not None and author.accepted_at is not None
    )


def _receipt(letter: Letter) -> kinds.Message:
    version = Version.objects.select_related("proposal__call").get(pk=letter.object_id)
    context = {
        "version": version,
        "page": addresses.page("version", version.proposal_id, version.number, face=letter.face),
    }
    subject = _("Your proposal has arrived: %(title)s")
    return _message(letter, version.proposal, subject, "receipt", context)


def _withdrawn(letter: Letter) -> kinds.Message:
    proposal = _find(letter)
    facts = {name: letter.context.get(name, "") for name in ("by", "reason")}
    return _message(letter, proposal, _("Proposal withdrawn: %(title)s"), "withdrawn", facts)


def _draft(letter: Letter) -> kinds.Message:
    proposal = _find(letter)
    is_open = proposal.call.is_open_on(timezone.localdate())
    if proposal.state != Proposal.State.DRAFT or not is_open:
        raise kinds.NoLongerTrue(_("It is no draft any more, or the call has ended."))
    context = {"page": addresses.page("check", proposal.pk, face=letter.face)}
    return _message(letter, proposal, _("Not submitted yet: %(title)s"), "draft", context)


def _find(letter: Letter) -> Proposal:
    return Proposal.objects.select_related("call").get(pk=letter.object_id)


def _message(
    letter: Letter, proposal: Proposal, subject: str, template: str, more: Mapping[str, object]
) -> kinds.Message:
    context = {"name": letter.context["name"], "proposal": proposal, "call": proposal.call, **more}
    text = texts.written(f"accreditation/letters/{template}.txt", context)
    return kinds.Message(subject % {"title": proposal.title}, text)
