"""Answers as people read them: lines of a label and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

from centar.questionnaires.models import Answer, Question, Questionnaire, Section

Kind = Question.Kind


@dataclass(frozen=True)
class Line:
    """One thing that was said; the label is empty where the question itself is the label."""

    label: str
    value: str


@dataclass(frozen=True)
class ReadQuestion:
    """A question with what was answered; no lines where nothing was."""

    question: Question
    lines: list[Line]


@dataclass(frozen=True)
class ReadSection:
    """A section with its questions."""

    section: Section
    questions: list[ReadQuestion]


def of_questionnaire(questionnaire: Questionnaire, answers: Iterable[Answer]) -> list[ReadSection]:
    """The whole questionnaire, which comes with its questions, with these answers."""
    by_question: dict[int, list[Answer]] = {}
    for answer in answers:
        by_question.setdefault(answer.question_id, []).append(answer)
    return [
        ReadSection(
            section,
            [
                ReadQuestion(question, of_question(question, by_question.get(question.pk, [])))
                for question in questionnaire.questions.all()
                if question.section_id == section.pk
            ],
        )
        for section in questionnaire.sections.all()
    ]


def of_question(question: Question, answers: Sequence[Answer]) -> list[Line]:
    """What these answers to the question, which comes with its options, say."""
    options = {option.pk: option for option in question.options.all()}
    order = {key: place for place, key in enumerate(options)}
    match question.kind:
        case Kind.RANKING:
            ranked = sorted(answers, key=lambda one: one.number or Decimal(0))
            return [
                Line(f"{one.number:.0f}.", options[one.option_id].text)
                for one in ranked
                if one.option_id
            ]
        case Kind.LISTED:
            return [Line(one.text, _number(one)) for one in answers]
    offered = sorted(answers, key=lambda one: order.get(one.option_id or 0, 0))
    return [
        Line(options[one.option_id].text, _number(one))
        if one.option_id and one.number is not None
        else Line("", options[one.option_id].text if one.option_id else one.text or _number(one))
        for one in offered
    ]


def _number(answer: Answer) -> str:
    """A number without needless decimals."""
    number = answer.number
    if number is None:
        return ""
    return str(number_format(int(number) if number == int(number) else number.normalize()))
