"""One participant who sends the evaluation from two windows at once."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError

from centar.events.models import Booking
from centar.questionnaires.models import Answer, Response
from tests.factories.evaluation import asked, came
from tests.races import crowds
from trainings.models import EvaluationReceipt
from trainings.operations import evaluation as operations
from trainings.permissions import evaluation as permissions

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def sending(number):
    """So many windows of one participant."""
    seminar, question = asked()
    booking = came(seminar)

    def send():
        operations.evaluate(
            booking_id=booking.pk,
            questionnaire_id=question.questionnaire_id,
            answers=[Answer(question=question, number=5)],
        )

    return [partial(send) for _ in range(number)]


def kinds_of(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_windows_at_once_are_one_evaluation_and_a_kind_refusal():
    outcomes = crowds.at_once(sending(4))

    assert kinds_of(outcomes) == ["NoneType"] + ["Refusal"] * 3
    assert (Response.objects.count(), EvaluationReceipt.objects.count()) == (1, 1)


def test_without_the_lock_the_database_is_the_second_belt(monkeypatch):
    """The control: both windows are let in before either writes."""

    def unlocked(booking_id):
        return Booking.objects.select_related("event__seminar", "person").get(pk=booking_id)

    monkeypatch.setattr(operations, "_lock_booking", unlocked)
    monkeypatch.setattr(permissions, "may_evaluate", crowds.met(2, permissions.may_evaluate))
    # The lock on the seminar comes after the question, which both have asked by then.
    outcomes = crowds.at_once(sending(2))

    assert kinds_of(outcomes) == [IntegrityError.__name__, "NoneType"]
    assert (Response.objects.count(), EvaluationReceipt.objects.count()) == (1, 1)
