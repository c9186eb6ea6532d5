"""How far a proposal is: what is missing and where it is mended, who has signed, what has changed.

Pages show it, and submitting asks it again under the lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import versions
from accreditation.filing_days import FilingDays
from accreditation.hours import Hours
from accreditation.models import AskedDocument, Attachment, Author, Call, Proposal, SectionDraft
from accreditation.queries import proposals as queries
from centar.access import Refusal
from centar.events import moments
from centar.questionnaires.forms import AnswerForm
from centar.questionnaires.models import Questionnaire, Section


@dataclass(frozen=True)
class Missing:
    """Something that stands in the way of submitting, and the page where it is mended."""

    sentence: str
    address: str


@dataclass(frozen=True)
class SectionStanding:
    """A section: what is written so far, and what is missing in it."""

    section: Section
    address: str
    draft: SectionDraft | None
    missing: Sequence[Missing]

    @property
    def is_whole(self) -> bool:
        """Whether somebody has written into it and nothing is missing."""
        return self.draft is not None and not self.missing


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
    """A proposal with everything it has, read once; the number of statements does not grow."""

    proposal: Proposal
    form: Questionnaire
    drafts: Mapping[int, SectionDraft]
    authors: Sequence[Author]
    attachments: Sequence[Attachment]
    documents: Sequence[AskedDocument]
    today: date

    @classmethod
    def of(cls, proposal: Proposal) -> Standing:
        """How the proposal, which comes with its call, area and schedule, stands today."""
        return cls(
            proposal,
            queries.form_of(proposal.call),
            queries.drafts_of(proposal),
            queries.authors_of(proposal),
            queries.attachments_of(proposal),
            list(proposal.call.asked_documents.all()),
            timezone.localdate(),
        )

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
        found = []
        for section in self.form.sections.all():
            address = reverse("accreditation:section", args=[self.proposal.pk, section.pk])
            missing = [
                Missing(
                    f"{section.title}: {part.question.text} {part.errors[0]}",
                    f"{address}?provera=1#part_{part.name}",
                )
                for part in self.answers.parts()
                if part.question.section_id == section.pk and part.errors
            ]
            found.append(SectionStanding(section, address, self.drafts.get(section.pk), missing))
        return found

    @cached_property
    def missing(self) -> list[Missing]:
        """All that stands in the way, but signatures."""
        return [
            *self._missing_facts(),
            *(one for section in self.sections for one in section.missing),
            *self._missing_hours(),
            *self._missing_documents(),
            *self._missing_of_authors(),
            *self._missing_answers(),
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

    def demand_whole(self) -> None:
        """Refuse what cannot be submitted yet."""
        if self.missing:
            raise Refusal(_("Something is still missing. It is listed above."))
        if self.unsigned:
            names = ", ".join(one.author.name for one in self.unsigned)
            raise Refusal(_("Not signed off yet: %(names)s.") % {"names": names})

    def _page(self, name: str) -> str:
        return reverse(f"accreditation:{name}", args=[self.proposal.pk])

    def _missing_facts(self) -> list[Missing]:
        proposal, call = self.proposal, self.proposal.call
        found = []
        if proposal.area is None and call.kind in Call.OF_THE_INSTITUTE:
            found.append(_("The area is not chosen."))
        if proposal.hours is None and call.with_schedule:
            found.append(_("The duration in hours is not written."))
        if call.kind == Call.Kind.MEETING:
            found += self._missing_day()
        return [Missing(sentence, self._page("facts")) for sentence in found]

    def _missing_day(self) -> list[str]:
        if self.proposal.wished_on is None:
            return [_("The wished day of the meeting is not written.")]
        days = FilingDays.of(self.proposal.wished_on, self.today)
        if not days.is_late:
            return []
        sentence = _(
            "A meeting on %(day)s had to be filed by %(last)s. Filed today, it can be on "
            "%(earliest)s at the earliest."
        )
        facts = {"day": days.wished_on, "last": days.last, "earliest": days.earliest}
        return [sentence % {name: moments.day(day) for name, day in facts.items()}]

    def _missing_hours(self) -> list[Missing]:
        if not self.proposal.call.with_schedule:
            return []
        return [Missing(one, self._page("schedule")) for one in self.hours.problems()]

    def _missing_documents(self) -> list[Missing]:
        attached = {one.document_id for one in self.attachments}
        return [
            Missing(
                _("Not attached yet: %(document)s.") % {"document": document.title},
                self._page("attachments"),
            )
            for document in self.documents
            if document.required and document.pk not in attached
        ]

    def _missing_of_authors(self) -> list[Missing]:
        found = []
        for author in self.authors:
            facts = {"name": author.name}
            if author.accepted_at is None:
                sentence = _("%(name)s has not answered the invitation yet.") % facts
                found.append(Missing(sentence, self._page("authors")))
            elif not author.biography.strip():
                sentence = _("The biography of %(name)s is missing.") % facts
                found.append(Missing(sentence, self._page("biography")))
        return found

    def _missing_answers(self) -> list[Missing]:
        """Points that the authors were asked to change and have not answered."""
        if self.proposal.state != Proposal.State.REVISION:
            return []
        request = queries.open_request(self.proposal)
        points = request.points.all() if request is not None else ()
        return [
            Missing(
                _("Not answered yet: %(point)s") % {"point": point.text}, self._page("proposal")
            )
            for point in points
            if not point.answer.strip()
        ]

    def _after(self, author: Author) -> Change | None:
        """The last change after the author signed."""
        if author.signed_at is None or author.signed_content == self.fingerprint:
            return None
        signed_at = author.signed_at
        return max(
            (change for change in self._changes if change.at > signed_at),
            key=lambda change: change.at,
            default=None,
        )

    @cached_property
    def _changes(self) -> list[Change]:
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
