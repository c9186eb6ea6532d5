"""Who may evaluate, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.events.models import Event
from tests.factories.evaluation import asked, came, graded, held
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.questionnaires import QuestionnaireFactory
from tests.factories.trainings import TrainerFactory
from trainings.models import SeminarRules
from trainings.permissions import evaluation as permissions

pytestmark = pytest.mark.django_db

VIEWS = ("trainings.view_seminar",)


def verdict(booking, days=0):
    return permissions.may_evaluate(booking, timezone.now() + timedelta(days=days))


def test_those_who_were_there_may_once_it_is_over():
    seminar, _ = asked()

    assert verdict(came(seminar)).allowed


def test_one_minute_is_enough():
    seminar, _ = asked()

    assert verdict(came(seminar, minutes=1)).allowed


def test_a_place_alone_is_not_enough():
    seminar, _ = asked()
    booking = BookingFactory(event=seminar.event)

    assert str(verdict(booking).reason) == "Only those who were there evaluate the seminar."


def test_before_the_end_it_is_too_early():
    seminar, _ = asked(days_ago=-1)

    assert str(verdict(came(seminar)).reason) == "The seminar can be evaluated when it is over."


def test_it_closes_after_the_days_of_the_rules():
    seminar, _ = asked(days_ago=1)
    booking = came(seminar)

    assert [verdict(booking, days).allowed for days in (28, 30)] == [True, False]
    SeminarRules.objects.create(pk=1, evaluation_days=40)
    assert [verdict(booking, days).allowed for days in (30, 40)] == [True, False]


def test_a_cancelled_seminar_is_not_evaluated():
    seminar, _ = asked(event__state=Event.State.CANCELLED, event__cancelled_at=timezone.now())

    assert str(verdict(came(seminar)).reason) == "This event is cancelled."


def test_without_a_questionnaire_the_usual_one_serves():
    booking = came(held())

    assert str(verdict(booking).reason) == "This seminar has no questionnaire."
    SeminarRules.objects.create(pk=1, questionnaire=QuestionnaireFactory())
    assert verdict(booking).allowed


def test_a_second_time_is_refused_kindly():
    seminar, question = asked()
    graded(seminar, question, 5)
    booking = seminar.event.bookings.get()

    reason = "You have evaluated this seminar already. Thank you!"
    assert str(verdict(booking).reason) == reason


def test_the_staff_and_the_seminars_trainers_see_results_and_nobody_else_does():
    seminar, _ = asked()
    staff, onlooker = StaffFactory(permissions=VIEWS), StaffFactory()
    participant = came(seminar, PersonFactory()).person.user
    trainer, of_another = (TrainerFactory(person=PersonFactory()) for _ in range(2))
    seminar.trainers.add(trainer)

    asking = (staff, trainer.person.user, onlooker, participant, of_another.person.user)
    seen = [permissions.may_see_results(user, seminar).allowed for user in (*asking, None)]

    assert seen == [True, True, False, False, False, False]
