"""The first questionnaire, as it is delivered."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from centar import data_files
from centar.data_files import Loaded
from centar.questionnaires import loading as questionnaires
from centar.questionnaires.models import Option, Question, Questionnaire
from needs_survey import loading
from needs_survey.models import PlanRules
from tests.factories.questionnaires import QuestionFactory, answered
from tests.factories.schools import MunicipalityFactory

Kind = Question.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture
def questionnaire():
    loading.load()
    return Questionnaire.objects.get()


def test_it_asks_what_the_centre_wants_to_know(questionnaire):
    asked = dict(questionnaire.questions.values_list("code", "kind"))

    assert questionnaire.sections.count() == 5
    assert questionnaire.questions.filter(section=None).count() == 0
    assert asked == {
        "zaposleni": Kind.NUMBER,
        "radna_mesta": Kind.NUMBERS,
        "predmeti": Kind.LISTED,
        "kompetencije": Kind.MATRIX,
        "kompetencije_zasto": Kind.LONG,
        "oblasti": Kind.MULTIPLE,
        "programi": Kind.LISTED,
        "nova_tema": Kind.LONG,
        "nacin": Kind.MULTIPLE,
        "vreme": Kind.MULTIPLE,
        "domacin": Kind.SINGLE,
        "domacin_oprema": Kind.MULTIPLE,
        "novac": Kind.SINGLE,
        "novac_iznos": Kind.NUMBER,
        "prepreke": Kind.MULTIPLE,
        "napomena": Kind.LONG,
    }


def test_questions_refer_to_each_other(questionnaire):
    questions = {one.code: one for one in questionnaire.questions.all()}

    assert questions["radna_mesta"].adds_up_to == questions["zaposleni"]
    assert questions["domacin_oprema"].shown_when.question == questions["domacin"]
    assert questions["novac_iznos"].shown_when.code == "da"
    assert (questions["programi"].source, questions["programi"].most) == ("programmes", 10)
    assert (questions["predmeti"].source, questions["predmeti"].most) == ("subjects", None)


def test_what_offers_something_offers_several(questionnaire):
    offered = Counter({one.code: one.options.count() for one in questionnaire.questions.all()})

    assert offered["kompetencije"] == 4
    assert {
        one.code
        for one in questionnaire.questions.filter(kind__in=Question.WITH_OPTIONS)
        if offered[one.code] < 2
    } == set()


def test_loading_again_changes_nothing(questionnaire):
    again = loading.load()

    assert (again.created, again.updated) == (0, 0)
    assert again != Loaded()


@pytest.fixture
def corrected(tmp_path):
    """The files with other words everywhere, and with one question more."""
    for name in (f"{loading.SURVEY}_{part}.csv" for part in questionnaires.PARTS):
        rows = data_files.read(loading.DATA / name)
        for row in rows:
            row.update({key: f"{row[key]}!" for key in ("title", "text") if key in row})
        if name == "survey_questions.csv":
            rows.append({**rows[-1], "id": "new", "code": "novo"})
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


def said(questionnaire):
    parts = (questionnaire.sections, questionnaire.questions)
    options = Option.objects.filter(question__questionnaire=questionnaire)
    return [
        Questionnaire.objects.get(pk=questionnaire.pk).title,
        *(str(one) for part in parts for one in part.all()),
        *(option.text for option in options),
    ]


def test_corrections_come_until_somebody_has_answered(questionnaire, corrected):
    loading.load(corrected)

    words = said(questionnaire)
    assert [one for one in words if not one.endswith("!")] == []
    assert questionnaire.questions.filter(code="novo").count() == 1


def test_once_somebody_has_answered_no_file_changes_a_word(questionnaire, corrected):
    words = said(questionnaire)
    answered(questionnaire, (questionnaire.questions.get(code="zaposleni"), 12))

    again = loading.load(corrected)

    assert (again.created, again.updated) == (0, 0)
    assert said(questionnaire) == words


def test_one_of_the_same_name_that_is_answered_is_left_alone():
    own = QuestionFactory(questionnaire__title=loading.title())
    answered(own.questionnaire, (own, 4))

    loading.load()

    assert own.questionnaire.questions.count() == 1


def test_the_rules_of_planning_know_where_the_centre_is_and_those_of_the_staff_stay():
    centre = MunicipalityFactory(name="Крагујевац")
    loading.load()
    assert PlanRules.objects.get().centre == centre

    PlanRules.objects.update(centre=None)
    loading.load()

    assert PlanRules.objects.get().centre is None
