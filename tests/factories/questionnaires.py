"""Questionnaires with their questions, and answers to them, all invented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from centar.questionnaires import operations
from centar.questionnaires.models import (
    Answer,
    Option,
    Question,
    Questionnaire,
    Response,
    Section,
)
from centar.questionnaires.subjects import SUBJECTS

Kind = Question.Kind
OFFERS: dict[str, list[str]] = {
    Kind.SINGLE: ["Да", "Не"],
    Kind.MULTIPLE: ["Огледе", "Задатке"],
    Kind.MATRIX: ["Било је јасно.", "Било је корисно."],
    Kind.RANKING: ["Време", "Новац", "Место"],
    Kind.NUMBERS: ["Учитељи", "Наставници"],
}
"""Something that each kind may offer."""


class QuestionnaireFactory(DjangoModelFactory[Questionnaire]):
    """A questionnaire without questions."""

    title = factory.Sequence(lambda n: f"Упитник {n}")

    class Meta:
        model = Questionnaire


class SectionFactory(DjangoModelFactory[Section]):
    """A section without questions."""

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    order = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Одељак {n}")

    class Meta:
        model = Section


class QuestionFactory(DjangoModelFactory[Question]):
    """A question on a scale that counts as a grade; `offers=["Да", "Не"]` says what it offers."""

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    order = factory.Sequence(lambda n: n)
    code = factory.Sequence(lambda n: f"p{n}")
    kind = Kind.SCALE
    text = factory.Sequence(lambda n: f"Питање {n}?")
    source = factory.LazyAttribute(lambda question: SUBJECTS if question.kind == "listed" else "")
    is_grade = factory.LazyAttribute(lambda question: question.kind in Question.ON_SCALE)

    class Meta:
        model = Question
        skip_postgeneration_save = True

    @factory.post_generation
    def offers(self: Any, create: bool, extracted: Iterable[str] | None, **_: Any) -> None:
        for order, text in enumerate(extracted or ()):
            Option.objects.create(question=self, order=order, code=str(order), text=text)


def answered(questionnaire: Questionnaire, *answers: tuple[Question, Any]) -> Response:
    """One person's response: a number, words, or the text of an option for each question."""
    rows = []
    for question, value in answers:
        if isinstance(value, int):
            rows.append(Answer(question=question, number=value))
        elif question.kind in Question.IN_WORDS:
            rows.append(Answer(question=question, text=value))
        else:
            rows.append(Answer(question=question, option=question.options.get(text=value)))
    return operations.keep_response(questionnaire_id=questionnaire.pk, answers=rows)
