"""Invented answers of schools to the questionnaire about needs: believable, each time the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from centar.questionnaires import queries
from centar.questionnaires.forms import AnswerForm, bound
from centar.questionnaires.models import Question, Questionnaire, Section
from centar.schools.models import Subject
from trainings.models import Programme

Thing = TypeVar("Thing")
Values = dict[str, list[str]]
Kind = Question.Kind

# What most schools want stands in front and is chosen more often.
WANTED = (
    "vestacka",
    "ocenjivanje",
    "nasilje",
    "inkluzija",
    "bezbednost",
    "roditelji",
    "ogled",
    "citanje",
    "daroviti",
    "robotika",
    "odmor",
    "zadaci",
)
SUBJECTS = ("Математика", "Физика", "Српски језик и књижевност", "Разредна настава", "Историја")
# Teachers of the lower grades, of subjects, preschool teachers, associates, heads, others.
POSTS = (7, 19, 0, 2, 1, 3)
SAID = {
    "kompetencije_zasto": (
        "То се види из самовредновања и разговора у стручним већима.",
        "Посете часовима показују да су провере знања једноличне.",
        "",
    ),
    "nova_tema": (
        "Израда школског програма за продужени боравак.",
        "",
        "Рад са ученицима који слабо знају српски језик.",
        "",
    ),
    "napomena": (
        "Волели бисмо да се бар један семинар одржи у нашој школи.",
        "",
        "Молимо да се термини објаве пре почетка полугодишта.",
    ),
}


class AnswerBook:
    """What each school says, by its number; `shift` makes another year differ a little."""

    def __init__(
        self, questionnaire: Questionnaire, programmes: Mapping[str, Programme], shift: int = 0
    ) -> None:
        rows = queries.with_questions(Questionnaire.objects.all())
        self._asked = rows.get(pk=questionnaire.pk)
        self._programmes = [str(programmes[key].pk) for key in WANTED]
        keys = dict(Subject.objects.filter(name__in=SUBJECTS).values_list("name", "pk"))
        self._subjects = [str(keys[name]) for name in SUBJECTS if name in keys]
        self._shift = shift
        self.sections: list[Section] = list(self._asked.sections.all())

    def values(self, section: Section, number: int) -> Values:
        """What the school with this number types into a section."""
        values: Values = {}
        for question in self._asked.questions.all():
            if question.section_id == section.pk:
                values |= self._answer(question, number + self._shift)
        return values

    def form(self, number: int) -> AnswerForm:
        """All that the school types, as it is sent."""
        values: Values = {}
        for section in self.sections:
            values |= self.values(section, number)
        return AnswerForm(bound(values), questionnaire=self._asked)

    def _answer(self, question: Question, turn: int) -> Values:
        name = f"q{question.pk}"
        options = [str(option.pk) for option in question.options.all()]
        match question.kind:
            case Kind.NUMBER:
                return {name: [str(_total(turn) if question.code == "zaposleni" else 120_000)]}
            case Kind.NUMBERS:
                numbers = zip(options, _posts(turn), strict=True)
                return {f"{name}_{key}": [str(number)] for key, number in numbers if number}
            case Kind.MATRIX:
                grades = (2 + (turn * step + step) % 4 for step in (1, 2, 3, 5))
                return {
                    f"{name}_{key}": [str(grade)]
                    for key, grade in zip(options, grades, strict=False)
                }
            case Kind.SINGLE:
                return {name: [options[turn % len(options)]]}
            case Kind.MULTIPLE:
                return {name: _several(options, turn, min(question.most or 2, 2 + turn % 2))}
            case Kind.LISTED:
                things = self._subjects if question.source == "subjects" else self._programmes
                chosen = _several(things, turn, 2 + turn % 3)
                people = {f"{name}_{key}": [str(3 + (turn + int(key)) % 12)] for key in chosen}
                return {name: chosen, **people}
            case _:
                said = SAID[question.code]
                words = said[turn % len(said)]
                return {name: [words]} if words else {}


def _several(things: Sequence[Thing], turn: int, number: int) -> list[Thing]:
    """Some of the things, the first ones more often than the last."""
    places = (turn * turn % (len(things) + step) for step in (0, 1, 3, 5, 7))
    chosen = dict.fromkeys(place % len(things) for place in places)
    return [things[place] for place in sorted(list(chosen)[:number])]


def _posts(turn: int) -> list[int]:
    return [number and number + (turn * (place + 2)) % 6 for place, number in enumerate(POSTS)]


def _total(turn: int) -> int:
    return sum(_posts(turn))
