"""What invented participants say of a seminar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from centar.questionnaires.models import Answer, Question, Questionnaire

Kind = Question.Kind


@dataclass(frozen=True)
class Mood:
    """What people in turn give: grades, and the places of offered answers, the first the best."""

    grades: tuple[int, ...]
    chosen: tuple[int, ...]


MOODS = (
    Mood((5, 4, 5, 5, 3, 4, 5, 5, 4, 2, 5, 4, 5), (0, 0, 1, 0, 0, 1, 0, 0, 1, 2)),
    Mood((5, 5, 4, 5, 5, 5, 4, 5, 5, 5, 3), (0, 1, 0)),
    Mood((4, 3, 5, 4, 2, 4, 3, 5, 4, 4, 1, 4), (0, 1, 0, 2, 0, 1)),
)
"""Seminars please differently: these come in turn. Where nobody chose the last answer, no group
is too small to be shown.
"""
WRITES_EVERY = 3
"""Few write: every third person answers a question in words, with another sentence each time."""
WORDS = (
    (
        "Примери који могу да се примене већ у понедељак.",
        "Разговор са колегама из других школа.",
        "Материјали које смо добили.",
        "То што смо све сами испробали.",
        "Грешке из праксе, о којима се ретко говори.",
        "Мирна и јасна излагања.",
        "Списак литературе.",
        "Рад у паровима.",
    ),
    (
        "Више времена за вежбе, мање за увод.",
        "Почетак у десет, због оних који путују.",
        "Ништа, било је добро.",
        "Група је велика за овакав рад.",
        "Да је трајало два дана.",
        "Материјали да стигну унапред.",
        "Мање слајдова.",
        "Више примера за средњу школу.",
    ),
    (
        "Рад са ученицима који касне у читању",
        "Оцењивање усмених одговора",
        "Пројектна настава",
        "Сарадња са родитељима",
        "Глас наставника",
        "Вођење одељењске заједнице",
        "Вештачка интелигенција у припреми часа",
        "Настава у комбинованом одељењу",
    ),
)
"""To the questions that are answered in words, in their order."""


def answers(questionnaire: Questionnaire, place: int, seminar: int) -> list[Answer]:
    """The answers of the participant at this place, from 0, about the seminar of this number."""
    mood = MOODS[seminar % len(MOODS)]
    words = iter(WORDS)
    return [
        answer
        for number, question in enumerate(questionnaire.questions.all())
        for answer in _answers(question, place + number, mood, words)
    ]


def _answers(
    question: Question, place: int, mood: Mood, words: Iterator[tuple[str, ...]]
) -> Iterator[Answer]:
    options = list(question.options.all())
    if question.kind == Kind.SCALE:
        yield Answer(question=question, number=_in_turn(mood.grades, place))
    elif question.kind == Kind.MATRIX:
        for number, option in enumerate(options):
            grade = _in_turn(mood.grades, place * 2 + number)
            yield Answer(question=question, option=option, number=grade)
    elif question.kind == Kind.SINGLE:
        yield Answer(question=question, option=options[_in_turn(mood.chosen, place)])
    elif question.kind == Kind.MULTIPLE:
        for number in sorted({place % 3, place // 2 % len(options)}):
            yield Answer(question=question, option=options[number])
    elif question.kind in Question.IN_WORDS:
        offered = next(words, ())
        if offered and place % WRITES_EVERY == 0:
            yield Answer(question=question, text=offered[place // WRITES_EVERY % len(offered)])


def _in_turn(values: tuple[int, ...], place: int) -> int:
    return values[place % len(values)]
