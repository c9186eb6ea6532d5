"""How far a proposal is: what is missing, who has signed, what was changed since.

Pages show it, and submitting asks it again under the lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import missing, versions
from accreditation.hours import Hours
from accreditation.missing import Missing
from accreditation.models import (
    AskedDocument,
    Attachment,
    Author,
    Proposal,
    RevisionRequest,
    Rules,
    SectionDraft,
)
from accreditation.queries import proposals as queries
from centar.access import Refusal
from centar.questionnaires.forms import AnswerForm
from centar.questionnaires.models import Questionnaire, Section


@dataclass(frozen=True)
class SectionStanding:
    """A section: what is written so far, and what is missing in it."""

    section: Section
    address: str
    draft: SectionDraft | None
    missing: Sequence[Missing]


@dataclass(frozen=True)
class Change:
    """When something was changed last, and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Signature:
    """An author's signature: whether it holds for what is written now, and what came after."""

    author: Author
    holds: bool
    changed: Change | None

    @property
    def is_broken(self) -> bool:
        """Whether the author has signed what was changed since."""
        return self.author.signed_at is not None and not self.holds


@dataclass(frozen=True)
class Standing:
    """A proposal with everything it has, read once."""

    proposal: Proposal
    form: Questionnaire
    drafts: Mapping[int, SectionDraft]
    authors: Sequence[Author]
    attachments: Sequence[Attachment]
    documents: Sequence[AskedDocument]
    request: RevisionRequest | None
    rules: Rules
    today: date

    @classmethod
    def of(cls, proposal: Proposal) -> Standing:
        """How the proposal, which comes with its call, area and schedule, stands today."""
        return cls.of_many([proposal])[0]

    @classmethod
    def of_many(cls, proposals: Sequence[Proposal]) -> list[Standing]:
        """The same for several; the number of statements does not grow with them."""
        forms = queries.forms_of(one.call for one in proposals)
        drafts = _grouped(queries.drafts_of_many(proposals))
        authors = _grouped(queries.authors_of_many(proposals))
        attachments = _grouped(queries.attachments_of_many(proposals))
        requests = queries.open_requests(proposals)
        documents = queries.documents_of(one.call for one in proposals)
        rules, today = Rules.current(), timezone.localdate()
        return [
            cls(
                one,
                forms[one.call.form_id],
                {draft.section_id: draft for draft in drafts[one.pk]},
                authors[one.pk],
                attachments[one.pk],
                [document for document in documents if document.call_id == one.call_id],
                requests.get(one.pk) if one.state == Proposal.State.REVISION else None,
                rules,
                today,
            )
            for one in proposals
        ]

    @cached_property
    def content(self) -> versions.Json:
        """What would be frozen now."""
        return versions.content_of(
            self.proposal, self.form, self.drafts, self.authors, self.attachments
        )

    @cached_property
    def fingerprint(self) -> str:
        """By which what is signed is known again."""
        return versions.fingerprint(self.content)

    @cached_property
    def answers(self) -> AnswerForm:
        """All sections, checked as for submitting."""
        return versions.answer_form(self.form, self.drafts)

    @property
    def hours(self) -> Hours:
        """The schedule."""
        schedule = getattr(self.proposal, "schedule", None)
        return Hours.of(schedule.rows if schedule else [], self.proposal.hours)

    @cached_property
    def sections(self) -> list[SectionStanding]:
        """The sections in their order."""
        return [
            SectionStanding(
                section,
                reverse("accreditation:section", args=[self.proposal.pk, section.pk]),
                self.drafts.get(section.pk),
                list(missing.of_section(self.proposal, section, self.answers)),
            )
            for section in self.form.sections.all()
        ]

    @cached_property
    def missing_facts(self) -> list[Missing]:
        """What is missing on the first page."""
        return list(missing.of_facts(self.proposal, self.rules, self.today))

    @cached_property
    def missing_hours(self) -> list[Missing]:
        """What is wrong with the schedule."""
        return list(missing.of_hours(self.proposal, self.hours))

    @cached_property
    def missing_documents(self) -> list[Missing]:
        """Documents that must be attached and are not."""
        return list(missing.of_documents(self.proposal, self.documents, self.attachments))

    @cached_property
    def missing(self) -> list[Missing]:
        """All that stands in the way, but signatures."""
        proposal = self.proposal
        return [
            *self.missing_facts,
            *(one for section in self.sections for one in section.missing),
            *missing.of_group(proposal, versions.Content.read(self.content), self.answers),
            *self.missing_hours,
            *self.missing_documents,
            *missing.of_authors(proposal, self.authors),
            *missing.of_points(proposal, self.request),
        ]

    @cached_property
    def signatures(self) -> list[Signature]:
        """Of every author who has accepted."""
        accepted = [author for author in self.authors if author.accepted_at is not None]
        return [
            Signature(author, author.signed_content == self.fingerprint, self._after(author))
            for author in accepted
        ]

    @property
    def unsigned(self) -> list[Signature]:
        """Signatures of co-authors that are needed and do not hold.

        Whoever leads signs by submitting.
        """
        if not self.proposal.call.all_sign:
            return []
        return [one for one in self.signatures if not one.holds and not one.author.leads]

    @property
    def waiting(self) -> list[Author]:
        """Those who have not answered their invitation."""
        return [author for author in self.authors if author.accepted_at is None]

    def demand_whole(self) -> None:
        """Refuse what cannot be submitted yet."""
        if self.missing:
            raise Refusal(_("Something is still missing. It is listed above."))
        if self.unsigned:
            names = ", ".join(one.author.name for one in self.unsigned)
            raise Refusal(_("Not signed off yet: %(names)s.") % {"names": names})

    def waits_for(self, person_id: int) -> list[Missing]:
        """What this author should do next, of a proposal that can be written now."""
        own = next((one for one in self.authors if one.person_id == person_id), None)
        if own is None:
            return []
        found = []
        check = missing.page("check", self.proposal)
        if not own.biography.strip():
            sentence = _("Write your biography.")
            found.append(Missing(sentence, missing.page("biography", self.proposal)))
        if self.missing:
            return found
        if any(one.author.pk == own.pk for one in self.unsigned):
            found.append(Missing(_("Read the proposal and sign it off."), check))
        elif own.leads and not self.unsigned:
            found.append(Missing(_("Everything is there: submit it."), check))
        return found

    def _after(self, author: Author) -> Change | None:
        """The last change after the author signed."""
        if author.signed_at is None or author.signed_content == self.fingerprint:
            return None
        signed_at = author.signed_at
        later = (change for change in self._changes if change.at > signed_at)
        return max(later, key=lambda change: change.at, default=None)

    @cached_property
    def _changes(self) -> list[Change]:
        """Who changed what is still there; of what was taken out nobody is named."""
        schedule = getattr(self.proposal, "schedule", None)
        saved = [self.proposal, *self.drafts.values(), *self.authors]
        saved += [schedule] if schedule else []
        found = [Change(one.saved_at, str(one.saved_by)) for one in saved if one.saved_by]
        found += [Change(one.added_at, str(one.added_by)) for one in self.attachments]
        found += [
            Change(author.accepted_at, author.name)
            for author in self.authors
            if author.accepted_at is not None
        ]
        return found


def _grouped(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    """Rows of proposals by the key of the proposal."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.proposal_id].append(row)
    return found
