"""The first questionnaire about seminars."""

from __future__ import annotations

import pytest

from centar.questionnaires.models import Questionnaire
from tests.factories.questionnaires import QuestionnaireFactory
from trainings import evaluation_loading
from trainings.models import SeminarRules

pytestmark = pytest.mark.django_db


def test_it_becomes_the_usual_one_and_loading_again_changes_nothing():
    first, second = evaluation_loading.load(), evaluation_loading.load()

    assert (first.created, first.updated) == (23, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 23)
    usual = SeminarRules.current().questionnaire
    assert usual == Questionnaire.objects.get()
    assert [question.is_grade for question in usual.questions.all()] == [True, True] + [False] * 6


def test_what_the_staff_have_chosen_stays():
    chosen = SeminarRules.objects.create(pk=1, questionnaire=QuestionnaireFactory(), report_days=3)

    evaluation_loading.load()

    rules = SeminarRules.current()
    assert (rules.questionnaire, rules.report_days) == (chosen.questionnaire, 3)
