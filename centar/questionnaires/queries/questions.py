"""Questionnaires with all that they ask."""

from __future__ import annotations

from django.db.models import F, Prefetch, QuerySet

from centar.questionnaires.models import Option, Question, Questionnaire


def with_questions(questionnaires: QuerySet[Questionnaire]) -> QuerySet[Questionnaire]:
    """The questionnaires with their sections, questions and options, in four statements.

    Questions come section after section, those without one first.
    """
    options = Prefetch("options", Option.objects.order_by("order", "pk"))
    by_section = F("section__order").asc(nulls_first=True)
    questions = Question.objects.select_related("section").prefetch_related(options)
    questions = questions.order_by(by_section, "section_id", "order", "pk")
    return questionnaires.prefetch_related(Prefetch("questions", questions), "sections")
