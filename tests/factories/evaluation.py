"""Seminars that were held, with those who were there and what they said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from centar.events.models import Booking, Event, Presence
from centar.people.models import Person
from centar.questionnaires.models import Question
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.factories.questionnaires import QuestionFactory, answered
from tests.factories.trainings import SeminarFactory
from trainings.models import EvaluationReceipt, Seminar, SeminarResponse

WHOLE_DAY = 360


def held(days_ago: float = 2, **facts: Any) -> Seminar:
    """A seminar of one day that ended so many days ago."""
    starts_at = timezone.now() - timedelta(days=days_ago, hours=6)
    state = {"event__state": Event.State.CLOSED}
    return SeminarFactory(**{**state, "event__starts_at": starts_at, **facts})


def came(seminar: Seminar, person: Person | None = None, minutes: int = WHOLE_DAY) -> Booking:
    """Somebody with a place who was there so many minutes."""
    booking: Booking = BookingFactory(event=seminar.event, person=person or PersonFactory())
    for meeting in seminar.event.days[:1]:
        Presence.objects.create(meeting=meeting, booking=booking, minutes=minutes)
    return booking


def asked(**facts: Any) -> tuple[Seminar, Question]:
    """A seminar that was held, with a questionnaire of one scale that must be answered."""
    question = QuestionFactory(text="Оцена?", required=True)
    return held(questionnaire=question.questionnaire, **facts), question


def graded(seminar: Seminar, question: Question, *grades: int) -> None:
    """Responses with these grades, of people who were there."""
    for grade in grades:
        person = came(seminar).person
        EvaluationReceipt.objects.create(seminar=seminar, person=person, on=timezone.localdate())
        response = answered(question.questionnaire, (question, grade))
        SeminarResponse.objects.create(response=response, seminar=seminar)
