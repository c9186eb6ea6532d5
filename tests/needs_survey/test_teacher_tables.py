"""What the tables of anonymous answers cannot hold."""

from __future__ import annotations

import pytest
from django.db import models

from centar.questionnaires.models import Answer, Response
from needs_survey.models import Ballot, RoundResponse, TeacherDraft, TeacherInvitation


@pytest.mark.parametrize(
    "model", [TeacherInvitation, TeacherDraft, Ballot, Response, Answer, RoundResponse]
)
def test_no_row_has_a_moment_or_a_number_that_grows(model):
    telling = [
        one.name
        for one in model._meta.concrete_fields
        if isinstance(one, models.DateTimeField | models.TimeField | models.AutoField)
    ]

    assert telling == []


def test_no_relation_leads_from_a_response_to_an_invitation():
    shared = {"Round", "Municipality", "Subject", "School"}
    reached, ahead = set(), [RoundResponse, Answer]
    while ahead:
        model = ahead.pop()
        if model not in reached and model.__name__ not in shared:
            reached.add(model)
            fields = model._meta.concrete_fields
            ahead += [one.related_model for one in fields if one.is_relation]

    assert TeacherInvitation not in reached
    assert {model.__name__ for model in reached} == {
        *("RoundResponse", "Response", "Answer", "Questionnaire", "Question", "Option", "Section")
    }
