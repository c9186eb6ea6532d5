"""Teachers who are asked anonymously, and what they do with their links, all invented."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import factory
from django.test import Client
from factory.django import DjangoModelFactory

from centar.questionnaires.models import Question, Section
from needs_survey import teacher_links
from needs_survey.anonymous import codes
from needs_survey.models import Round, TeacherInvitation
from tests.factories.needs_survey import RoundFactory
from tests.factories.questionnaires import QuestionFactory
from tests.factories.schools import SchoolFactory

Kind = Question.Kind


class TeacherInvitationFactory(DjangoModelFactory[TeacherInvitation]):
    """A teacher of a school who is asked by letter, in a round that is open today."""

    id = factory.LazyFunction(uuid4)
    round = factory.SubFactory(RoundFactory, kind=Round.Kind.TEACHERS)
    school = factory.SubFactory(SchoolFactory)
    email = factory.Sequence(lambda n: f"nastavnik{n}@example.org")
    door = factory.LazyAttribute(lambda one: codes.new_door(one.id))

    class Meta:
        model = TeacherInvitation


def teachers_round(*, sections: int = 0, **facts: Any) -> tuple[Round, list[Question]]:
    """A round of teachers, with a required scale and words on each page of its questionnaire."""
    survey = RoundFactory(**{"kind": Round.Kind.TEACHERS, **facts})
    questions = []
    for number in range(max(sections, 1)):
        section = None
        if sections:
            section = Section.objects.create(
                questionnaire=survey.questionnaire, order=number, title=f"Део {number + 1}"
            )
        about = {"questionnaire": survey.questionnaire, "section": section}
        questions.append(QuestionFactory(text=f"Колико {number}?", required=True, **about))
        questions.append(QuestionFactory(kind=Kind.LONG, text=f"Зашто {number}?", **about))
    return survey, questions


def path(invitation: TeacherInvitation, page: str = "") -> str:
    """A page of the invitation's link; in English with `/en` before it."""
    return teacher_links.path(invitation) + page


def answer(
    invitation: TeacherInvitation, typed: dict[str, str], browser: Client | None = None
) -> Any:
    """Begin, fill in everything on one page and send, as a browser does; gives the last page."""
    browser = browser or Client()
    browser.post(path(invitation), {"whole": "1"})
    browser.post(path(invitation, "sve/"), typed)
    return browser.post(path(invitation, "slanje/"), {"subject": ""}, follow=True)
