"""One evaluation a participant, which nothing leads back to the participant."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.questionnaires.models import Answer, Response
from tests.factories.evaluation import asked, came, held
from tests.factories.questionnaires import QuestionFactory
from trainings.models import EvaluationReceipt, SeminarResponse, SeminarRules
from trainings.operations import evaluation as operations

pytestmark = pytest.mark.django_db


def evaluate(booking, question, number=4):
    operations.evaluate(
        booking_id=booking.pk,
        questionnaire_id=question.questionnaire_id,
        answers=[Answer(question=question, number=number)],
    )


def test_the_answers_and_the_receipt_are_kept_for_the_day():
    seminar, question = asked()
    booking = came(seminar)

    evaluate(booking, question)

    receipt, response = EvaluationReceipt.objects.get(), Response.objects.get()
    assert (receipt.seminar, receipt.person) == (seminar, booking.person)
    assert receipt.on == response.on == timezone.localdate()
    assert response.about_seminar.seminar == seminar
    assert [(one.question, one.number) for one in response.answers.all()] == [(question, 4)]


def test_a_second_evaluation_is_refused_and_changes_nothing():
    seminar, question = asked()
    booking = came(seminar)
    evaluate(booking, question)

    with pytest.raises(Refusal, match="already"):
        evaluate(booking, question, 1)

    assert [one.number for one in Answer.objects.all()] == [4]


def test_nothing_is_half_done_when_the_answers_cannot_be_kept():
    seminar, question = asked()
    booking = came(seminar)

    with pytest.raises(Refusal, match="changed meanwhile"):
        operations.evaluate(
            booking_id=booking.pk,
            questionnaire_id=question.questionnaire_id,
            answers=[Answer(question=QuestionFactory(), number=4)],
        )

    kept = (EvaluationReceipt, Response, SeminarResponse, Answer, Entry)
    assert [model.objects.count() for model in kept] == [0] * 5


def test_answers_to_another_questionnaire_are_refused():
    seminar, _ = asked()

    with pytest.raises(Refusal, match="changed meanwhile"):
        evaluate(came(seminar), QuestionFactory())


def test_the_usual_questionnaire_stays_the_seminars_once_it_is_answered():
    seminar, question = held(), QuestionFactory()
    rules = SeminarRules.objects.create(pk=1, questionnaire=question.questionnaire)
    evaluate(came(seminar), question)

    rules.questionnaire = QuestionFactory().questionnaire
    rules.save()

    seminar.refresh_from_db()
    assert seminar.questionnaire == question.questionnaire


def test_the_audit_names_the_seminar_and_nobody():
    seminar, question = asked()

    evaluate(came(seminar), question)

    (entry,) = Entry.objects.all()
    assert (entry.action, entry.object_id, entry.actor_id, entry.detail, entry.reason) == (
        "trainings.evaluate",
        seminar.pk,
        None,
        {},
        "",
    )


# What tells of a response: its own tables, and the one that says which seminar it is about.
RESPONSE_SIDE = (Response, Answer, SeminarResponse)


def test_no_row_of_a_response_has_a_moment_or_a_number_that_grows():
    telling = [
        (model.__name__, field.name)
        for model in RESPONSE_SIDE
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField | models.AutoField)
    ]

    assert telling == []
    assert {type(Response().pk), type(Answer().pk)} == {uuid.UUID}


def test_no_relation_leads_from_a_response_to_a_person_or_a_receipt():
    reached, ahead = set(), list(RESPONSE_SIDE)
    while ahead:
        model = ahead.pop()
        if model in reached or model.__name__ == "Seminar":
            continue  # a seminar is about everybody who was there
        reached.add(model)
        ahead += [field.related_model for field in model._meta.concrete_fields if field.is_relation]

    names = {model.__name__ for model in reached}
    asked = {"Questionnaire", "Section", "Question", "Option"}
    assert names == {"Response", "Answer", "SeminarResponse", *asked}


def test_the_key_of_a_response_stands_nowhere_else_in_the_database():
    """Every row of every table is read as text, after five people have evaluated."""
    seminar, question = asked()
    for _ in range(5):
        evaluate(came(seminar), question)
    keys = [str(key) for key in Response.objects.values_list("pk", flat=True)]

    holding = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" AS t')
            rows = [row for (row,) in cursor.fetchall()]
            if any(key in row for key in keys for row in rows):
                holding.add(table)

    own = {model._meta.db_table for model in RESPONSE_SIDE}
    assert holding == own
    assert apps.get_model("trainings", "EvaluationReceipt")._meta.db_table not in holding


def test_the_day_is_all_that_is_known_of_when():
    seminar, question = asked()
    evaluate(came(seminar), question)

    assert type(Response.objects.get().on) is datetime.date
    assert type(EvaluationReceipt.objects.get().on) is datetime.date
