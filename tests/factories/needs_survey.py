"""Rounds of the survey, the schools that are asked, and what they answered, all invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from centar.questionnaires.models import Question, Section
from needs_survey.models import Contributor, Invitation, Round, RoundResponse, SchoolAnswer
from tests.factories.questionnaires import QuestionnaireFactory, answered
from tests.factories.schools import SchoolFactory

SURVEYS = ("needs_survey.view_round", "needs_survey.change_round", "needs_survey.add_round")
"""What a member of the staff needs for the rounds."""


class SectionFactory(DjangoModelFactory[Section]):
    """A section of a questionnaire, without questions."""

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    order = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Део {n}")

    class Meta:
        model = Section


class RoundFactory(DjangoModelFactory[Round]):
    """A round of schools that is open today; `opened_at=None` makes one in preparation.

    `closed=True` makes its last day yesterday.
    """

    title = factory.Sequence(lambda n: f"Потребе школа {n}")
    questionnaire = factory.SubFactory(QuestionnaireFactory)
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    closes_on = factory.LazyAttribute(
        lambda o: timezone.localdate() + timedelta(days=-1 if o.closed else 10)
    )
    opened_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=10))

    class Meta:
        model = Round

    class Params:
        closed = False


class InvitationFactory(DjangoModelFactory[Invitation]):
    """A school that is asked."""

    round = factory.SubFactory(RoundFactory)
    school = factory.SubFactory(SchoolFactory)

    class Meta:
        model = Invitation


class SchoolAnswerFactory(DjangoModelFactory[SchoolAnswer]):
    """A school's answer that is begun and not sent."""

    invitation = factory.SubFactory(InvitationFactory)

    class Meta:
        model = SchoolAnswer


class ContributorFactory(DjangoModelFactory[Contributor]):
    """A colleague with a link of whom only the digest is known."""

    answer = factory.SubFactory(SchoolAnswerFactory)
    name = factory.Sequence(lambda n: f"Колега {n}")
    email = factory.Sequence(lambda n: f"kolega{n}@example.org")
    digest = factory.Sequence(lambda n: f"{n:064}")

    class Meta:
        model = Contributor


def answer_of_school(invitation: Invitation, *answers: tuple[Question, Any]) -> RoundResponse:
    """What a school has sent: a number, words, or the text of an option for each question."""
    school = invitation.school
    SchoolAnswerFactory(
        invitation=invitation, sent_at=timezone.now(), signed_as="Милица Петровић, директор"
    )
    return RoundResponse.objects.create(
        response=answered(invitation.round.questionnaire, *answers),
        round=invitation.round,
        school=school,
        municipality=school.municipality,
        school_kind=school.kind,
    )


def answer_of_teacher(round: Round, *answers: tuple[Question, Any], **about: Any) -> RoundResponse:
    """What a teacher has sent, without a school; `about` may say municipality and the like."""
    response = answered(round.questionnaire, *answers)
    return RoundResponse.objects.create(response=response, round=round, **about)
