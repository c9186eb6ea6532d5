"""What stands in the way of submitting a proposal, and the pages where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import meanings
from accreditation.filing_days import FilingDays
from accreditation.hours import Hours
from accreditation.models import (
    AskedDocument,
    Attachment,
    Author,
    Call,
    Proposal,
    RevisionRequest,
    Rules,
)
from accreditation.versions import Content
from centar.events import moments
from centar.questionnaires.forms import AnswerForm
from centar.questionnaires.models import Section


@dataclass(frozen=True)
class Missing:
    """Something that stands in the way of submitting, and the page where it is mended."""

    sentence: str
    address: str


def page(name: str, proposal: Proposal) -> str:
    """The address of a page of the proposal."""
    return reverse(f"accreditation:{name}", args=[proposal.pk])


def of_facts(proposal: Proposal, rules: Rules, today: date) -> Iterator[Missing]:
    """Area, duration, and the day of a meeting, which must be far enough."""
    call, address = proposal.call, page("facts", proposal)
    if proposal.area is None and call.kind in Call.OF_THE_INSTITUTE:
        yield Missing(_("The area is not chosen."), address)
    if proposal.hours is None and call.with_schedule:
        yield Missing(_("The duration in hours is not written."), address)
    if call.kind != Call.Kind.MEETING:
        return
    if proposal.wished_on is None:
        yield Missing(_("The wished day of the meeting is not written."), address)
        return
    days = FilingDays(proposal.wished_on, rules.meeting_days, today)
    if days.is_late:
        sentence = _(
            "A meeting on %(day)s had to be filed by %(last)s. Filed today, it can be on "
            "%(earliest)s at the earliest."
        )
        named = {"day": days.wished_on, "last": days.last, "earliest": days.earliest}
        facts = {name: moments.day(day) for name, day in named.items()}
        yield Missing(sentence % facts, address)


def of_section(proposal: Proposal, section: Section, answers: AnswerForm) -> Iterator[Missing]:
    """Questions of the section that must be answered, or are answered wrongly."""
    address = reverse("accreditation:section", args=[proposal.pk, section.pk])
    for part in answers.parts():
        if part.question.section_id == section.pk and part.errors:
            sentence = _("%(section)s, “%(question)s”: %(problem)s") % {
                "section": section.title,
                "question": part.question.text,
                "problem": part.errors[0],
            }
            yield Missing(sentence, f"{address}?provera=1#part_{part.name}")


def of_group(proposal: Proposal, content: Content, answers: AnswerForm) -> Iterator[Missing]:
    """A largest group that is smaller than the smallest, which no catalogue takes."""
    smallest = content.number(meanings.GROUP_SMALLEST)
    largest = content.number(meanings.GROUP_LARGEST)
    if smallest is None or largest is None or largest >= smallest:
        return
    for part in answers.parts():
        if part.question.code == meanings.GROUP_LARGEST:
            key = part.question.section_id
            address = reverse("accreditation:section", args=[proposal.pk, key])
            sentence = _("The largest group is smaller than the smallest.")
            yield Missing(sentence, f"{address}#part_{part.name}")


def of_hours(proposal: Proposal, hours: Hours) -> Iterator[Missing]:
    """A schedule that is empty, wrong, or makes another sum than the duration."""
    if proposal.call.with_schedule:
        for sentence in hours.problems():
            yield Missing(sentence, page("schedule", proposal))


def of_documents(
    proposal: Proposal, asked: Sequence[AskedDocument], attachments: Iterable[Attachment]
) -> Iterator[Missing]:
    """Documents that must be attached and are not."""
    attached = {one.document_id for one in attachments}
    for document in asked:
        if document.required and document.pk not in attached:
            sentence = _("Not attached yet: %(document)s.") % {"document": document.title}
            yield Missing(sentence, page("attachments", proposal))


def of_authors(proposal: Proposal, authors: Iterable[Author]) -> Iterator[Missing]:
    """Biographies of those who have accepted; an invitation without an answer holds nobody up."""
    for author in authors:
        if author.accepted_at is not None and not author.biography.strip():
            sentence = _("The biography of %(name)s is missing.") % {"name": author.name}
            yield Missing(sentence, page("biography", proposal))


def of_points(proposal: Proposal, request: RevisionRequest | None) -> Iterator[Missing]:
    """Points that the authors were asked to change and have not answered."""
    for point in request.points.all() if request is not None else ():
        if not point.answer.strip():
            sentence = _("Not answered yet: %(point)s") % {"point": point.text}
            yield Missing(sentence, page("proposal", proposal))
