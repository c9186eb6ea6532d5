"""The buttons inside a form that change it without ending it: searching, adding, moving.

Each is a submit button called `step`, so that all of it works without JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.datastructures import MultiValueDict

from centar.questionnaires.forms.listed import FIND, FOCUS, FOUND, SOUGHT
from centar.questionnaires.forms.ranking import moved
from centar.questionnaires.models import Question, Questionnaire

STEP = "step"
Data = MultiValueDict[str, str]


def stepped(data: Data, questionnaire: Questionnaire) -> Data | None:
    """What the form holds after such a button was pressed; None when it was another one.

    The page is shown again with the form as a draft (`is_draft=True`), by an answer of 200 whatever
    is wrong in it, and nothing is sent. What is no step of this questionnaire changes nothing.
    """
    questions = {f"q{question.pk}": question for question in questionnaire.questions.all()}
    what, _space, about = str(data.get(STEP, "")).partition(" ")
    if what == "enter":
        # Enter in a search field means the search, elsewhere the form.
        sought = [name for name in questions if _is_sought(data, name)]
        what, about = ("search", sought[0]) if sought else ("", "")
    if not what:
        return None
    new = data.copy()
    name, _line, key = about.partition("_")
    question = questions.get(name)
    if question is None:
        return new
    if what in ("up", "down") and question.kind == Question.Kind.RANKING:
        _move(new, question, about, -1 if what == "up" else 1)
    elif question.kind == Question.Kind.LISTED:
        _choose(new, name, what, key)
    return new


def _is_sought(data: Data, name: str) -> bool:
    return data.get(f"{name}_{FIND}", "") != data.get(f"{name}_{SOUGHT}", "")


def _choose(data: Data, name: str, what: str, key: str) -> None:
    others = [one for one in data.getlist(name) if one != key]
    data[f"{name}_{FOCUS}"] = {"add": key, "search": FOUND}.get(what, FIND)
    if what == "add":
        data.setlist(name, [*others, key])
        data[f"{name}_{FIND}"] = ""
    elif what == "remove":
        data.setlist(name, others)


def _move(data: Data, question: Question, name: str, step: int) -> None:
    names = [f"q{question.pk}_{option.pk}" for option in question.options.all()]
    if name in names:
        places: Mapping[str, str] = {one: data.get(one, "") for one in names}
        for one, place in moved(places, name, step, question.most or len(names)).items():
            data[one] = place
