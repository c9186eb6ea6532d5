"""A school's answer as it stands: section by section, with what is missing and what is odd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from centar.questionnaires.forms import AnswerForm, bound
from centar.questionnaires.forms.answers import CONFIRM
from centar.questionnaires.forms.parts import Part
from centar.questionnaires.models import Questionnaire, Section
from needs_survey.models import Invitation, SchoolAnswer, SectionDraft
from needs_survey.queries import answers as queries


@dataclass(frozen=True)
class SectionStanding:
    """A section: who filled it in last, the questions that stand in the way of sending, and
    sentences about what does not add up and nobody has confirmed.
    """

    section: Section
    draft: SectionDraft | None
    wanting: list[Part]
    doubts: list[str]

    @property
    def is_complete(self) -> bool:
        """Whether somebody has filled it in and nothing is missing."""
        return self.draft is not None and self.draft.is_done and not self.wanting


@dataclass(frozen=True)
class Overview:
    """The whole answer. Three statements read the questionnaire, one the drafts."""

    questionnaire: Questionnaire
    drafts: Mapping[int, SectionDraft]
    confirmed: Collection[str]
    sent_at: datetime | None

    @classmethod
    def of(cls, invitation: Invitation, confirmed: Collection[str] | None = None) -> Overview:
        """How the answer of the invited school stands.

        `confirmed` are the keys of doubts that are confirmed; without it those that were
        confirmed in the sections or when the answer was sent before.
        """
        answer: SchoolAnswer | None = getattr(invitation, "answer", None)
        drafts = queries.drafts_of(invitation)
        if confirmed is None:
            ticked = [key for one in drafts.values() for key in one.values.get(CONFIRM, [])]
            confirmed = [*ticked, *(answer.confirmed if answer else ())]
        questionnaire = queries.questionnaire_of(invitation.round)
        return cls(questionnaire, drafts, confirmed, answer.sent_at if answer else None)

    @cached_property
    def form(self) -> AnswerForm:
        """Everything that is filled in, checked as for sending."""
        values: dict[str, list[str]] = {}
        for draft in self.drafts.values():
            values |= draft.values
        data = bound({**values, CONFIRM: list(self.confirmed)})
        return AnswerForm(data, questionnaire=self.questionnaire)

    @cached_property
    def sections(self) -> list[SectionStanding]:
        """The sections in their order."""
        doubts = {doubt.code: doubt.sentence for doubt in self.form.unconfirmed()}
        parts: dict[int | None, list[Part]] = defaultdict(list)
        for part in self.form.parts():
            parts[part.question.section_id].append(part)
        return [
            SectionStanding(
                section,
                self.drafts.get(section.pk),
                [part for part in parts[section.pk] if part.errors],
                [
                    doubts[part.question.code]
                    for part in parts[section.pk]
                    if part.question.code in doubts
                ],
            )
            for section in self.questionnaire.sections.all()
        ]

    @property
    def changed_since(self) -> bool:
        """Whether something was saved after the answer was sent."""
        sent_at = self.sent_at
        return sent_at is not None and any(one.saved_at > sent_at for one in self.drafts.values())

    @property
    def is_whole(self) -> bool:
        """Whether nothing stands in the way of sending but warnings."""
        return self.form.is_valid()
