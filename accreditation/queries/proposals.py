"""Reads about one proposal and about several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accreditation.models import (
    AskedDocument,
    Attachment,
    Author,
    Call,
    Practice,
    Proposal,
    RevisionRequest,
    SectionDraft,
    Version,
)
from centar.documents.models import Document
from centar.people.models import User
from centar.questionnaires import queries as questionnaires
from centar.questionnaires.models import Questionnaire
from trainings.models import Programme

Proposals = Iterable[Proposal]


@dataclass(frozen=True)
class Outcome:
    """What everybody sees of an accepted proposal, and the paper that one of its authors has."""

    programme: Programme | None = None
    practice: Practice | None = None
    paper: Document | None = None


def with_call(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals with their call, area and schedule, which most pages need."""
    return proposals.select_related("call", "area", "schedule__saved_by", "saved_by", "filing")


def own(user: User) -> QuerySet[Proposal]:
    """The proposals that the user is an author of; others are not found."""
    return with_call(Proposal.objects.of_author(user))


def form_of(call: Call) -> Questionnaire:
    """The form of the call with its sections, questions and options."""
    return forms_of([call])[call.form_id]


def forms_of(calls: Iterable[Call]) -> dict[int, Questionnaire]:
    """The forms of the calls by their keys, each once."""
    rows = Questionnaire.objects.filter(pk__in={call.form_id for call in calls})
    return questionnaires.with_questions(rows).in_bulk()


def documents_of(calls: Iterable[Call]) -> list[AskedDocument]:
    """The documents that the calls ask for, in their order."""
    return list(AskedDocument.objects.filter(call__in={call.pk for call in calls}))


def drafts_of(proposal: Proposal) -> dict[int, SectionDraft]:
    """What is written so far, by the key of the section."""
    return {draft.section_id: draft for draft in drafts_of_many([proposal])}


def drafts_of_many(proposals: Proposals) -> QuerySet[SectionDraft]:
    """The same of several proposals."""
    return SectionDraft.objects.filter(proposal__in=_keys(proposals)).select_related("saved_by")


def authors_of(proposal: Proposal) -> list[Author]:
    """The authors and those who are invited, in their order, without those who left."""
    return list(authors_of_many([proposal]))


def authors_of_many(proposals: Proposals) -> QuerySet[Author]:
    """The same of several proposals."""
    rows = Author.objects.filter(proposal__in=_keys(proposals), removed_at=None)
    return rows.select_related("person__user", "school", "saved_by")


def author_of(proposal: Proposal, user: User) -> Author | None:
    """The user as an author of the proposal; None for everybody else."""
    rows = Author.objects.filter(
        proposal=proposal, person__user=user, accepted_at__isnull=False, removed_at=None
    )
    return rows.select_related("person", "school", "saved_by").first()


def attachments_of(proposal: Proposal) -> list[Attachment]:
    """The files that are not taken out, in the order they came."""
    return list(attachments_of_many([proposal]))


def attachments_of_many(proposals: Proposals) -> QuerySet[Attachment]:
    """The same of several proposals."""
    rows = Attachment.objects.filter(proposal__in=_keys(proposals), removed_at=None)
    return rows.select_related("file", "document", "added_by").order_by("added_at", "pk")


def versions_of(proposal: Proposal) -> list[Version]:
    """What was submitted, the last one first, without the content."""
    rows = Version.objects.filter(proposal=proposal).defer("content")
    return list(rows.select_related("made_by").order_by("-number"))


def last_version(proposal: Proposal) -> Version | None:
    """What was submitted last."""
    return Version.objects.filter(proposal=proposal).order_by("number").last()


def open_request(proposal: Proposal) -> RevisionRequest | None:
    """The changes that the authors are asked for and have not submitted yet."""
    return open_requests([proposal]).get(proposal.pk)


def open_requests(proposals: Proposals) -> dict[int, RevisionRequest]:
    """The same of several proposals, by their keys."""
    rows = RevisionRequest.objects.filter(
        version__proposal__in=_keys(proposals), answered_by=None
    ).select_related("version")
    return {
        request.version.proposal_id: request
        for request in rows.prefetch_related("points").order_by("pk")
    }


def _keys(proposals: Proposals) -> list[int]:
    return [proposal.pk for proposal in proposals]


def outcome_of(proposal: Proposal, author: Author | None) -> Outcome:
    """What came of the proposal, for this author; nothing before it was accepted."""
    if proposal.state not in (Proposal.State.ACCEPTED, Proposal.State.ACCREDITED):
        return Outcome()
    if proposal.call.kind != Call.Kind.PRACTICE:
        published = Programme.objects.published().filter(made_from__proposal=proposal)
        return Outcome(programme=published.select_related("cycle").first())
    papers = Document.objects.filter(practice_paper__author=author, revoked_at=None)
    return Outcome(
        practice=Practice.objects.published().filter(proposal=proposal).first(),
        paper=papers.first() if author is not None else None,
    )
