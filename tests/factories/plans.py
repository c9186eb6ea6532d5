"""Schools that ask for programmes, and plans that follow, all invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from centar.people.models import User
from centar.questionnaires.models import Answer, Option, Question, Response
from centar.schools.models import School
from needs_survey.models import Plan, Round, RoundResponse
from needs_survey.operations import computing
from needs_survey.queries import plans as queries
from tests.factories.needs_survey import RoundFactory
from tests.factories.questionnaires import QuestionFactory
from tests.factories.schools import SchoolFactory
from trainings.models import Programme

PLANS = (
    "needs_survey.view_plan",
    "needs_survey.change_plan",
    "needs_survey.add_plan",
    "needs_survey.view_plannedseminar",
    "needs_survey.change_plannedseminar",
    "events.change_event",
    "events.view_event",
    "trainings.view_programme",
)
"""What a member of the staff needs to plan seminars."""


class PlanFactory(DjangoModelFactory[Plan]):
    """A plan of the two months that begin in ten days, from a round that is over."""

    title = factory.Sequence(lambda n: f"План {n}")
    round = factory.SubFactory(RoundFactory, closed=True)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    ends_on = factory.LazyAttribute(lambda plan: plan.starts_on + timedelta(days=60))

    class Meta:
        model = Plan


def question_of(round: Round, code: str, kind: str, **facts: Any) -> Question:
    """The round's question with this code, made when it is missing."""
    known = Question.objects.filter(questionnaire=round.questionnaire, code=code).first()
    if known is not None:
        return known
    made: Question = QuestionFactory(
        questionnaire=round.questionnaire, code=code, kind=kind, **facts
    )
    return made


def asks(
    round: Round,
    wishes: dict[Programme, int],
    school: School | None = None,
    ways: Iterable[tuple[str, str]] = (),
    urgency: dict[str, int] | None = None,
) -> School:
    """A school that wants these programmes for so many teachers, and has sent its answer.

    `ways` are codes of questions and options, such as ("vreme", "subota"); `urgency` is what it
    says of the competences with these codes.
    """
    school = school or SchoolFactory()
    response = Response.objects.create(questionnaire=round.questionnaire, on=timezone.localdate())
    RoundResponse.objects.create(
        response=response,
        round=round,
        school=school,
        municipality=school.municipality,
        school_kind=school.kind,
    )
    listed = question_of(round, "programi", Question.Kind.LISTED, source="programmes")
    rows = [
        Answer(
            response=response, question=listed, item=programme.pk, number=number,
            text=str(programme),
        )
        for programme, number in wishes.items()
    ]  # fmt: skip
    for code, option in ways:
        question = question_of(round, code, Question.Kind.MULTIPLE)
        rows.append(Answer(response=response, question=question, option=_option(question, option)))
    for option, grade in (urgency or {}).items():
        question = question_of(round, "kompetencije", Question.Kind.MATRIX)
        one = _option(question, option)
        rows.append(Answer(response=response, question=question, option=one, number=grade))
    Answer.objects.bulk_create(rows)
    return school


def computed(plan: Plan, by: User, most: int | None = None, **weights: int) -> Plan:
    """The plan with its proposal."""
    chosen = {**queries.weights_of(plan), **weights}
    return computing.compute(plan_id=plan.pk, weights=chosen, most_seminars=most, by=by)


def _option(question: Question, code: str) -> Option:
    made: Option = Option.objects.get_or_create(
        question=question, code=code, defaults={"text": code}
    )[0]
    return made
