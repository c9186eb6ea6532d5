"""Questions stay as they are from the moment somebody begins to answer them."""

from __future__ import annotations

import pytest
from django.test import Client

from centar.questionnaires import permissions
from centar.questionnaires.models import Questionnaire
from needs_survey.models import Ballot, TeacherDraft
from tests.factories import teachers
from tests.factories.people import AdministratorFactory
from tests.factories.questionnaires import QuestionFactory
from tests.needs_survey import scenes

pytestmark = pytest.mark.django_db


def used():
    """Titles of the questionnaires whose questions can no longer be changed."""
    by = AdministratorFactory()
    return {
        one.title
        for one in Questionnaire.objects.all()
        if not permissions.may_change_questions(one, by)
    }


def test_the_draft_of_a_school():
    scene = scenes.furnish()
    QuestionFactory()
    assert used() == set()

    scene.client.post(scene.section_path(scene.words), scene.said("Ој"))

    assert used() == {scene.invitation.round.questionnaire.title}


def test_the_draft_of_a_teacher():
    survey, questions = teachers.teachers_round()
    invitation, browser = teachers.TeacherInvitationFactory(round=survey), Client()
    QuestionFactory()
    assert used() == set()

    browser.post(teachers.path(invitation), {"whole": "1"})
    browser.post(teachers.path(invitation, "sve/"), {f"q{questions[0].pk}": "4"})

    assert (TeacherDraft.objects.count(), used()) == (1, {survey.questionnaire.title})


def test_an_answer_that_waits_under_seal():
    survey, questions = teachers.teachers_round()
    QuestionFactory()

    teachers.answer(teachers.TeacherInvitationFactory(round=survey), {f"q{questions[0].pk}": "4"})

    assert (TeacherDraft.objects.count(), Ballot.objects.count()) == (0, 1)
    assert used() == {survey.questionnaire.title}
