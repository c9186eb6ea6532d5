"""A questionnaire as a form: whole or one section of it, as a draft or to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from centar.questionnaires.forms import fields
from centar.questionnaires.forms.listed import Listed
from centar.questionnaires.forms.parts import Doubt, Part, Several
from centar.questionnaires.forms.ranking import Ranking
from centar.questionnaires.forms.tables import Matrix, Numbers
from centar.questionnaires.models import Answer, Option, Question, Questionnaire, Section

Kind = Question.Kind
Values = Mapping[str, Sequence[str]]
"""What was typed, by the names of the fields, as it is kept in a draft."""

CONFIRM = "confirm"
"""The name of the boxes that confirm doubts; their values are the keys of these."""

PARTS: dict[str, type[Part]] = {
    Kind.MULTIPLE: Several,
    Kind.MATRIX: Matrix,
    Kind.RANKING: Ranking,
    Kind.NUMBERS: Numbers,
    Kind.LISTED: Listed,
}


def bound(values: Values) -> MultiValueDict[str, str]:
    """A draft as the data of a form."""
    return MultiValueDict({name: list(typed) for name, typed in values.items()})


class AnswerForm(forms.Form):
    """The form of a questionnaire, which comes with its questions (`queries.with_questions`).

    With `section`, only its questions; `elsewhere` are the drafts of the others, on which
    conditions and sums may depend: without them all that depends on another section is asked.
    A draft requires nothing, and refuses only what cannot be understood.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        questionnaire: Questionnaire,
        section: Section | None = None,
        is_draft: bool = False,
        elsewhere: Values | None = None,
    ) -> None:
        super().__init__(data)
        self.is_draft, self.elsewhere = is_draft, elsewhere
        self.asked: dict[int | None, Question] = {
            question.pk: question for question in questionnaire.questions.all()
        }
        self._options = {
            option.pk: option for one in self.asked.values() for option in one.options.all()
        }
        here = [
            one for one in self.asked.values() if section is None or one.section_id == section.pk
        ]
        self._here = {question.pk for question in here}
        self._parts: list[Part] = []
        for question in here:
            if self._may_be_asked(question):
                part = PARTS.get(question.kind, Part)(question, self)
                part.condition = self._condition(question)
                self._parts.append(part)
        if section is None:
            self._head()

    def parts(self) -> list[Part]:
        """The questions in their order, for the page."""
        return self._parts

    @property
    def has_steps(self) -> bool:
        """Whether there are buttons in it that change it without ending it (`stepped`)."""
        return any(part.has_steps for part in self._parts)

    def answers(self) -> list[Answer]:
        """What was answered, as rows that belong to no response yet; empty fields give none."""
        return [answer for part in self._asked_parts() for answer in part.answers()]

    def values(self) -> dict[str, list[str]]:
        """What was typed, right or wrong, fit for a JSON column; empty fields are left out."""
        typed = {name: self.typed(name) for name in self.fields}
        return {name: several for name, several in typed.items() if several}

    def doubts(self) -> list[Doubt]:
        """Sums that do not add up. Of a bound form."""
        found = [part.doubt() for part in self._asked_parts()]
        return [doubt for doubt in found if doubt is not None]

    def confirmed(self) -> list[str]:
        """The keys of the doubts that were confirmed; other numbers are confirmed anew."""
        ticked = _several(self.data, CONFIRM)
        return [doubt.key for doubt in self.doubts() if doubt.key in ticked]

    def unconfirmed(self) -> list[Doubt]:
        """The doubts that are not confirmed yet."""
        confirmed = self.confirmed()
        return [doubt for doubt in self.doubts() if doubt.key not in confirmed]

    def clean(self) -> dict[str, Any]:
        """Check each question across its fields; what is not asked is neither wrong nor kept."""
        asked = self._asked_parts()
        for part in self._parts:
            if part in asked:
                part.check()
                continue
            for name in part.names:
                self.errors.pop(name, None)
                self.cleaned_data.pop(name, None)
        return self.cleaned_data

    def clean_value(self, name: str) -> Any:
        """What a field means; None where it is empty or wrong, and in a form without data."""
        return self.cleaned_data.get(name) if self.is_bound and self.errors is not None else None

    def typed(self, name: str) -> list[str]:
        """What was typed into a field of this form, or chosen in it; nothing for nothing."""
        return [
            clean for one in _several(self.data, name) if (clean := str(one).replace("\x00", ""))
        ]

    def total_of(self, question: Question) -> Decimal | None:
        """The number that the question's numbers should add up to, where it is known."""
        name = f"q{question.adds_up_to_id}"
        if name in self.fields:
            total: Decimal | None = self.clean_value(name)
            return total
        typed = (self.elsewhere or {}).get(name)
        try:
            return fields.number({"required": False}).clean(typed[-1]) if typed else None
        except ValidationError:
            return None

    def is_shown(self, question: Question) -> bool:
        """Whether it is asked after what was answered to the question that decides about it.

        Questions that decide about each other in a circle are not asked.
        """
        seen: set[int] = set()
        while question.shown_when_id is not None:
            option = self._options.get(question.shown_when_id)
            if option is None or question.pk in seen or not self._is_chosen(option):
                return False
            seen.add(question.pk)
            question = self.asked[option.question_id]
        return True

    def _is_chosen(self, option: Option) -> bool:
        name = f"q{option.question_id}"
        if option.question_id in self._here:
            return str(option.pk) in self.typed(name)
        # What another section says is taken for said where it is not known.
        return self.elsewhere is None or str(option.pk) in self.elsewhere.get(name, ())

    def _may_be_asked(self, question: Question) -> bool:
        """Whether an answer on this page may still make it asked."""
        return self.is_shown(question) or self._condition(question) is not None

    def _condition(self, question: Question) -> Option | None:
        """The answer that the question is asked after, where that is not decided already."""
        option = self._options.get(question.shown_when_id or 0)
        if option is None or (option.question_id not in self._here and self.elsewhere is not None):
            return None
        return option

    def _head(self) -> None:
        """Let each section begin with its first question."""
        before: Section | None = None
        for part in self._parts:
            if part.question.section is not None and part.question.section != before:
                part.heading = part.question.section
            before = part.question.section

    def _asked_parts(self) -> list[Part]:
        return [part for part in self._parts if self.is_shown(part.question)]


def _several(data: Mapping[str, Any], name: str) -> list[Any]:
    """The values of a name, of a request's data or of a plain mapping."""
    if isinstance(data, MultiValueDict):
        return data.getlist(name)
    value = data.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]
