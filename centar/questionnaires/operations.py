"""Copying and mending questionnaires, and keeping what people answered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.questionnaires import permissions, queries
from centar.questionnaires.models import (
    Answer,
    Option,
    Question,
    Questionnaire,
    Response,
    Section,
)

# Models would take three times as long for hundreds of thousands of answers.
_KEEP_ANSWERS = """
    INSERT INTO questionnaires_answer
           (id, response_id, question_id, option_id, item, number, text)
    SELECT gen_random_uuid(), response_id, question_id, option_id, item, number, text
      FROM json_to_recordset(%(said)s) AS said (
               response_id uuid, question_id bigint, option_id bigint,
               item bigint, number numeric, text text
           )
     WHERE question_id = ANY(%(questions)s)
       AND (option_id IS NULL OR option_id = ANY(%(options)s))
"""

Row = TypeVar("Row", Section, Question, Option)

Part = Literal[
    "title", "intro", "section", "section_help", "question", "help", "low", "high", "option"
]
# Where the words of each part stand.
WORDS: dict[Part, tuple[type[Questionnaire | Section | Question | Option], str]] = {
    "title": (Questionnaire, "title"),
    "intro": (Questionnaire, "intro"),
    "section": (Section, "title"),
    "section_help": (Section, "help"),
    "question": (Question, "text"),
    "help": (Question, "help"),
    "low": (Question, "low_label"),
    "high": (Question, "high_label"),
    "option": (Option, "text"),
}


@transaction.atomic
def keep_response(*, questionnaire_id: int, answers: Sequence[Answer]) -> Response:
    """Keep one person's answers, with the day and nothing else about who and when.

    The caller has asked whether the person may answer, and writes its own receipt in the same
    transaction. Refuses when a question has gone since the form was opened; the questionnaire
    stays locked, so no question can go meanwhile.
    """
    questionnaire = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire_id)
    questions = set(questionnaire.questions.values_list("pk", flat=True))
    options = Option.objects.filter(question__questionnaire=questionnaire)
    offered = {None, *options.values_list("pk", flat=True)}
    known = [a for a in answers if a.question_id in questions and a.option_id in offered]
    if len(known) < len(answers):
        raise Refusal(_("The questionnaire has been changed meanwhile. Please look at it again."))
    response = Response.objects.create(questionnaire=questionnaire, on=timezone.localdate())
    for answer in known:
        answer.response = response
    Answer.objects.bulk_create(known)
    return response


@transaction.atomic
def keep_responses(
    *, questionnaire_id: int, said: Sequence[Sequence[Mapping[str, Any]]]
) -> list[Response]:
    """Keep the answers of many people at once, like `keep_response`; gives their responses in the
    same order.

    An answer is told by the names of its columns, a number in it as a text. What was asked about
    something that has gone from the questionnaire meanwhile is left out.
    """
    questionnaire = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire_id)
    options = Option.objects.filter(question__questionnaire=questionnaire)
    today = timezone.localdate()
    responses = [Response(questionnaire=questionnaire, on=today) for _answers in said]
    Response.objects.bulk_create(responses)
    mended = Answer._meta.get_field("text").to_python
    rows = [
        {**answer, "text": mended(answer["text"]), "response_id": str(response.pk)}
        for response, answers in zip(responses, said, strict=True)
        for answer in answers
    ]
    values: dict[str, Any] = {
        "said": json.dumps(rows, ensure_ascii=False),
        "questions": list(questionnaire.questions.values_list("pk", flat=True)),
        "options": list(options.values_list("pk", flat=True)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_ANSWERS, values)
    return responses


@transaction.atomic
def copy_questionnaire(*, questionnaire_id: int, by: User) -> Questionnaire:
    """A copy with all sections and questions and no response, to be changed at will.

    Questions and options keep their codes, so that two years can be compared.
    """
    demand(permissions.may_write(by))
    old = queries.with_questions(Questionnaire.objects.all()).get(pk=questionnaire_id)
    title = _("%(title)s (copy)") % {"title": old.title}
    copy = Questionnaire.objects.create(title=title[:200], intro=old.intro)
    sections: dict[int | None, Section | None] = {None: None}
    for section in old.sections.all():
        sections[section.pk] = _copied(section, questionnaire=copy)
    questions: dict[int, Question] = {}
    options: dict[int, Option] = {}
    for question in old.questions.all():
        questions[question.pk] = _copied(
            question,
            questionnaire=copy,
            section=sections[question.section_id],
            shown_when=None,
            adds_up_to=None,
        )
        for option in question.options.all():
            options[option.pk] = _copied(option, question=questions[question.pk])
    # What points from one question to another can only be set once both are there.
    for question in old.questions.all():
        copied = questions[question.pk]
        copied.shown_when = options.get(question.shown_when_id or 0)
        copied.adds_up_to = questions.get(question.adds_up_to_id or 0)
    Question.objects.bulk_update(questions.values(), ["shown_when", "adds_up_to"])
    trail.record("questionnaires.copy", copy, by=by, copied_from=old.pk)
    return copy


def _copied(row: Row, **changes: Any) -> Row:
    """A new row with the same values but for the changes."""
    facts = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del facts["id"]
    facts.pop("revision", None)
    for name, value in changes.items():
        facts.pop(f"{name}_id")
        facts[name] = value
    return type(row).objects.create(**facts)


@transaction.atomic
def mend_wording(*, questionnaire_id: int, part: Part, key: int, text: str, by: User) -> None:
    """Put other words in the place of a questionnaire's, or of those of a part of it.

    What was said before stays in the audit. The meaning must stay: answers given to the old
    words count on. Refuses empty or too long words, and a part of another questionnaire.
    """
    demand(permissions.may_write(by))
    questionnaire = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire_id)
    model, name = WORDS[part]
    parts = {
        Questionnaire: Questionnaire.objects.filter(pk=questionnaire.pk),
        Section: questionnaire.sections.all(),
        Question: questionnaire.questions.all(),
        Option: Option.objects.filter(question__questionnaire=questionnaire),
    }
    row = parts[model].filter(pk=key).first()
    if row is None:
        raise Refusal(_("This is no part of the questionnaire."), field="part")
    words = text.strip()
    if not words and part in ("title", "section", "question", "option"):
        raise Refusal(_("Write the new words."), field="text")
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # WORDS names no reverse relation
    limit = field.max_length
    if limit is not None and len(words) > limit:
        raise Refusal(
            _("Please write at most %(limit)d characters.") % {"limit": limit}, field="text"
        )
    old = getattr(row, name)
    setattr(row, name, words)
    row.save(update_fields=[name])
    trail.record("questionnaires.mend_wording", row, by=by, part=part, old=old, new=words)
