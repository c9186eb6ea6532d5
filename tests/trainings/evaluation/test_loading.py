"""The first questionnaire about seminars."""

from __future__ import annotations

import pytest

from centar.questionnaires.models import Question, Questionnaire
from tests.factories.questionnaires import QuestionnaireFactory, answered
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


def test_once_somebody_has_answered_no_file_changes_a_word(tmp_path):
    evaluation_loading.load()
    questionnaire = Questionnaire.objects.get()
    question = questionnaire.questions.filter(kind=Question.Kind.SCALE)[0]
    answered(questionnaire, (question, 4))
    for path in evaluation_loading.DATA.glob(f"{evaluation_loading.EVALUATION}_*.csv"):
        words = path.read_text(encoding="utf-8").replace(question.text, "Другачије?")
        (tmp_path / path.name).write_text(words, encoding="utf-8")

    again = evaluation_loading.load(tmp_path)

    question.refresh_from_db()
    assert (again.created, again.updated, again.unchanged) == (0, 0, 23)
    assert question.text != "Другачије?"
