"""Two versions of one section, question by question, and the one that is chosen of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from centar.questionnaires.forms import AnswerForm, Part
from centar.questionnaires.lines import Line, of_question
from centar.questionnaires.models import Question

Values = Mapping[str, Sequence[str]]
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Difference:
    """A question that the two have answered differently; `chosen` is MINE, THEIRS or nothing."""

    question: Question
    mine: list[Line]
    theirs: list[Line]
    chosen: str

    @property
    def name(self) -> str:
        """The name of the choice in the form."""
        return choice_name(self.question)


def choice_name(question: Question) -> str:
    """The name of the choice between two answers to the question."""
    return f"choose_{question.code}"


def differences(
    mine: AnswerForm, theirs: AnswerForm, choices: Mapping[str, str]
) -> list[Difference]:
    """The questions of these two bound drafts that differ, in their order.

    Where only one has answered, that answer is proposed.
    """
    found = []
    own, others = mine.values(), theirs.values()
    ours = {part.question.pk: part for part in mine.parts()}
    for part in theirs.parts():
        question = part.question
        own_values, other_values = _of(question, own), _of(question, others)
        if own_values == other_values:
            continue
        proposed = THEIRS if not own_values else MINE if not other_values else ""
        found.append(
            Difference(
                question=question,
                mine=_lines(ours[question.pk]),
                theirs=_lines(part),
                chosen=choices.get(choice_name(question), proposed),
            )
        )
    return found


def merged(
    mine: AnswerForm, theirs: AnswerForm, choices: Mapping[str, str]
) -> dict[str, list[str]]:
    """The values after each difference was decided; what was not keeps the other's."""
    own, others = mine.values(), theirs.values()
    kept: dict[str, list[str]] = {}
    for part in theirs.parts():
        chosen = choices.get(choice_name(part.question), THEIRS)
        kept |= _of(part.question, own if chosen == MINE else others)
    return kept


def _of(question: Question, values: Values) -> dict[str, list[str]]:
    """What was typed into the fields of the question."""
    name = f"q{question.pk}"
    return {
        field: list(typed)
        for field, typed in values.items()
        if field == name or field.startswith(f"{name}_")
    }


def _lines(part: Part) -> list[Line]:
    """What the part says; what cannot be understood as it was typed."""
    form = part.form
    wrong = [
        Line(str(form[name].label), " ".join(form.typed(name)))
        for name in part.names
        if name in form.errors
    ]
    return [*of_question(part.question, part.answers()), *wrong]
