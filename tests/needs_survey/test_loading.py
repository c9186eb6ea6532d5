"""The first questionnaire, as it is delivered."""

from __future__ import annotations

from collections import Counter

import pytest

from centar.data_files import Loaded
from centar.questionnaires.models import Question, Questionnaire
from needs_survey import loading

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
