"""Reads about one proposal and about the proposals of an author."""

from __future__ import annotations

from django.db.models import QuerySet

from accreditation.models import (
    Attachment,
    Author,
    Call,
    Proposal,
    RevisionRequest,
    SectionDraft,
    Version,
)
from centar.people.models import User
from centar.questionnaires import queries as questionnaires
from centar.questionnaires.models import Questionnaire


def with_call(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals with their call, area and schedule, which most pages need."""
    return proposals.select_related("call", "area", "schedule")


def own(user: User) -> QuerySet[Proposal]:
    """The proposals that the user is an author of; others are not found."""
    return with_call(Proposal.objects.of_author(user))


def form_of(call: Call) -> Questionnaire:
    """The form of the call with its sections, questions and options."""
    rows = questionnaires.with_questions(Questionnaire.objects.all())
    return rows.get(pk=call.form_id)


def drafts_of(proposal: Proposal) -> dict[int, SectionDraft]:
    """What is written so far, by the key of the section."""
    rows = SectionDraft.objects.filter(proposal=proposal).select_related("saved_by")
    return {draft.section_id: draft for draft in rows}


def authors_of(proposal: Proposal) -> list[Author]:
    """The authors and those who are invited, in their order, without those who left."""
    rows = Author.objects.filter(proposal=proposal, removed_at=None)
    return list(rows.select_related("person__user", "school", "saved_by"))


def author_of(proposal: Proposal, user: User) -> Author | None:
    """The user as an author of the proposal; None for everybody else."""
    rows = Author.objects.filter(
        proposal=proposal, person__user=user, accepted_at__isnull=False, removed_at=None
    )
    return rows.select_related("person", "school").first()


def attachments_of(proposal: Proposal) -> list[Attachment]:
    """The files that are not taken out, in the order they came."""
    rows = Attachment.objects.filter(proposal=proposal, removed_at=None)
    return list(rows.select_related("file", "document", "added_by").order_by("added_at", "pk"))


def last_version(proposal: Proposal) -> Version | None:
    """What was submitted last."""
    return Version.objects.filter(proposal=proposal).order_by("number").last()


def open_request(proposal: Proposal) -> RevisionRequest | None:
    """The changes that the authors are asked for and have not submitted yet."""
    rows = RevisionRequest.objects.filter(version__proposal=proposal, answered_by=None)
    return rows.prefetch_related("points").order_by("pk").last()
