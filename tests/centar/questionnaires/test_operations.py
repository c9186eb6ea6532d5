"""Keeping responses, copying, and mending the wording."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.questionnaires import operations
from centar.questionnaires.forms import WordingForm
from centar.questionnaires.models import Answer, Question, Response
from tests.factories.people import StaffFactory, UserFactory
from tests.factories.questionnaires import QuestionFactory, SectionFactory, answered

pytestmark = pytest.mark.django_db

WRITES = ("questionnaires.change_questionnaire",)


@pytest.fixture
def staff():
    return StaffFactory(permissions=WRITES)


def test_a_response_to_a_question_that_has_gone_is_refused_whole():
    kept, gone = QuestionFactory(), QuestionFactory()
    answers = [Answer(question=kept, number=4), Answer(question=gone, number=4)]

    with pytest.raises(Refusal, match="changed meanwhile"):
        operations.keep_response(questionnaire_id=kept.questionnaire_id, answers=answers)

    assert Response.objects.count() == 0


def said(question, *, option=None, text="", number=None):
    """An answer as many are kept at once."""
    key = option.pk if option else None
    return {
        "question_id": question.pk,
        "option_id": key,
        "item": None,
        "number": number,
        "text": text,
    }


def test_answers_of_many_are_kept_in_their_order_without_what_has_gone():
    words = QuestionFactory(kind=Question.Kind.LONG)
    questionnaire = words.questionnaire
    scale = QuestionFactory(questionnaire=questionnaire)
    several = QuestionFactory(questionnaire=questionnaire, kind="multiple", offers=["Да", "Не"])
    yes, no = several.options.all()
    other = QuestionFactory()
    people = [
        [said(words, text="Kрагујевац „да“\n"), said(scale, number="4.50")],
        [],
        [said(several, option=yes), said(several, option=no), said(other, number="1")],
    ]
    no.delete()

    responses = operations.keep_responses(questionnaire_id=questionnaire.pk, said=people)

    rows = ("question", "option", "item", "number", "text")
    kept = [sorted(one.answers.values_list(*rows), key=str) for one in responses]
    assert kept == [
        sorted(
            [
                (words.pk, None, None, None, "Крагујевац „да“\n"),
                (scale.pk, None, None, Decimal("4.50"), ""),
            ],
            key=str,
        ),
        [],
        [(several.pk, yes.pk, None, None, "")],
    ]
    assert {(one.questionnaire, one.on) for one in responses} == {
        (questionnaire, timezone.localdate())
    }


@pytest.mark.parametrize("people", [1, 3])
def test_answers_of_many_are_kept_in_a_constant_number_of_statements(
    people, django_assert_num_queries
):
    scale = QuestionFactory()
    answers = [[said(scale, number="3")]] * people

    # Two of them begin and release a savepoint.
    with django_assert_num_queries(7):
        operations.keep_responses(questionnaire_id=scale.questionnaire_id, said=answers)


def test_a_copy_has_all_questions_and_no_response(staff):
    question = QuestionFactory(kind=Question.Kind.SINGLE, offers=["Да", "Не"], required=True)
    answered(question.questionnaire, (question, "Да"))

    copy = operations.copy_questionnaire(questionnaire_id=question.questionnaire_id, by=staff)

    (copied,) = copy.questions.all()
    assert (copied.text, copied.required) == (question.text, True)
    assert [option.text for option in copied.options.all()] == ["Да", "Не"]
    assert (copy.is_answered, question.questionnaire.is_answered) == (False, True)
    assert question.questionnaire.questions.count() == 1


def test_a_copy_keeps_codes_sections_conditions_and_sums(staff):
    section = SectionFactory(help="Стање данас.")
    own = {"questionnaire": section.questionnaire, "section": section}
    whether = QuestionFactory(code="da_ne", kind="single", offers=["Да", "Не"], **own)
    total = QuestionFactory(code="ukupno", kind="number", **own)
    QuestionFactory(
        code="po_mestu",
        kind="numbers",
        offers=["Учитељи"],
        shown_when=whether.options.get(text="Да"),
        adds_up_to=total,
        **own,
    )

    copy = operations.copy_questionnaire(questionnaire_id=section.questionnaire_id, by=staff)

    (kept,) = copy.sections.all()
    assert (kept.title, kept.help) == (section.title, section.help)
    copied = {question.code: question for question in copy.questions.all()}
    assert {question.section for question in copied.values()} == {kept}
    assert [one.code for one in copied["da_ne"].options.all()] == [
        one.code for one in whether.options.all()
    ]
    assert copied["po_mestu"].adds_up_to == copied["ukupno"]
    assert copied["po_mestu"].shown_when.question == copied["da_ne"]
    assert copied["po_mestu"].shown_when.text == "Да"


def test_mended_words_leave_the_old_ones_in_the_audit(staff):
    question = QuestionFactory(text="Како је било?")

    operations.mend_wording(
        questionnaire_id=question.questionnaire_id,
        part="question",
        key=question.pk,
        text=" Како вам је било? ",
        by=staff,
    )

    question.refresh_from_db()
    assert question.text == "Како вам је било?"
    entry = Entry.objects.get(action="questionnaires.mend_wording")
    assert (entry.actor_id, entry.object_id, entry.detail) == (
        staff.pk,
        question.pk,
        {"part": "question", "old": "Како је било?", "new": "Како вам је било?"},
    )


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("title", "title"),
        ("intro", "intro"),
        ("section", "title"),
        ("section_help", "help"),
        ("question", "text"),
        ("help", "help"),
        ("low", "low_label"),
        ("high", "high_label"),
        ("option", "text"),
    ],
)
def test_everything_that_has_words_can_be_mended(staff, part, name):
    section = SectionFactory()
    question = QuestionFactory(
        questionnaire=section.questionnaire, kind="matrix", offers=["Јасно"], section=section
    )
    row = {
        "title": section.questionnaire,
        "intro": section.questionnaire,
        "section": section,
        "section_help": section,
        "option": question.options.get(),
    }.get(part, question)

    operations.mend_wording(
        questionnaire_id=section.questionnaire_id, part=part, key=row.pk, text="Боље", by=staff
    )

    row.refresh_from_db()
    assert getattr(row, name) == "Боље"
    offered = WordingForm(questionnaire=section.questionnaire).fields["part"].choices
    assert f"{part}-{row.pk}" in dict(offered)


@pytest.mark.parametrize(
    ("words", "field"), [("  ", "text"), ("а" * 301, "text")], ids=["empty", "too long"]
)
def test_words_that_cannot_stand_are_refused(staff, words, field):
    question = QuestionFactory()

    with pytest.raises(Refusal) as refusal:
        operations.mend_wording(
            questionnaire_id=question.questionnaire_id,
            part="question",
            key=question.pk,
            text=words,
            by=staff,
        )

    assert refusal.value.field == field
    assert Entry.objects.count() == 0


def test_a_part_of_another_questionnaire_is_refused(staff):
    question, other = QuestionFactory(), QuestionFactory()

    with pytest.raises(Refusal, match="no part"):
        operations.mend_wording(
            questionnaire_id=question.questionnaire_id,
            part="question",
            key=other.pk,
            text="Ново",
            by=staff,
        )


@pytest.mark.parametrize("somebody", [UserFactory, StaffFactory])
def test_others_neither_copy_nor_mend(somebody):
    question = QuestionFactory()
    by = somebody()

    with pytest.raises(Refusal):
        operations.copy_questionnaire(questionnaire_id=question.questionnaire_id, by=by)
    with pytest.raises(Refusal):
        operations.mend_wording(
            questionnaire_id=question.questionnaire_id,
            part="question",
            key=question.pk,
            text="Ново",
            by=by,
        )
