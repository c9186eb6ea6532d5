"""Questions that are asked only after some answer, in a whole form and in a section of it."""

from __future__ import annotations

import pytest

from centar.questionnaires import queries
from centar.questionnaires.forms import AnswerForm, bound
from centar.questionnaires.models import Question, Questionnaire
from tests.factories.questionnaires import QuestionFactory, SectionFactory

pytestmark = pytest.mark.django_db

Kind = Question.Kind


@pytest.fixture
def asked():
    """Whether, in the first section; why, after a "Не"; since when, after a "Време", in another."""
    section = SectionFactory(order=1)
    later = SectionFactory(questionnaire=section.questionnaire, order=2)
    common = {"questionnaire": section.questionnaire, "required": True}
    whether = QuestionFactory(kind=Kind.SINGLE, offers=["Да", "Не"], section=section, **common)
    why = QuestionFactory(
        kind=Kind.MULTIPLE,
        offers=["Време", "Новац"],
        section=section,
        shown_when=whether.options.get(text="Не"),
        **common,
    )
    when = QuestionFactory(
        kind=Kind.SHORT, section=later, shown_when=why.options.get(text="Време"), **common
    )
    return whether, why, when


def form(asked, data, **options):
    rows = queries.with_questions(Questionnaire.objects.all())
    data = None if data is None else bound(data)
    return AnswerForm(data, questionnaire=rows.get(pk=asked[0].questionnaire_id), **options)


def typed(asked, *answers):
    """The values of fields: words of options, or of the last question."""
    data = {}
    for question, answer in zip(asked, answers, strict=False):
        option = question.options.filter(text=answer).first()
        data[f"q{question.pk}"] = [str(option.pk) if option else answer]
    return data


@pytest.mark.parametrize(
    ("answers", "kept", "wrong"),
    [
        (("Да",), 1, 0),
        (("Да", "Време", "Одувек"), 1, 0),
        (("Не",), 1, 1),
        (("Не", "Новац"), 2, 0),
        (("Не", "Новац", "Одувек"), 2, 0),
        (("Не", "Време"), 2, 1),
        (("Не", "Време", "Одувек"), 3, 0),
    ],
)
def test_what_is_not_asked_is_neither_required_nor_kept(asked, answers, kept, wrong):
    found = form(asked, typed(asked, *answers))

    assert (len(found.answers()), len(found.errors)) == (kept, wrong)


def test_what_was_typed_before_the_answer_changed_stays_in_the_draft(asked):
    data = typed(asked, "Да", "Време", "Одувек")

    assert form(asked, data, is_draft=True).values() == data


def test_the_page_names_the_answer_it_is_asked_after(asked):
    parts = form(asked, None).parts()

    assert [part.condition and part.condition.text for part in parts] == [None, "Не", "Време"]
    assert [part.condition_question for part in parts] == [None, *asked[:2]]


def test_a_section_asks_only_its_own(asked):
    found = form(asked, typed(asked, "Не", "Новац"), section=asked[0].section)

    assert [part.question for part in found.parts()] == [asked[0], asked[1]]
    assert found.is_valid()


@pytest.mark.parametrize(
    ("elsewhere", "questions"),
    [(None, 1), (("Не", "Време"), 1), (("Не", "Новац"), 0), (("Да", "Време"), 0), ((), 0)],
)
def test_a_section_follows_what_was_answered_in_another(asked, elsewhere, questions):
    drafts = None if elsewhere is None else typed(asked, *elsewhere)

    found = form(asked, {}, section=asked[2].section, elsewhere=drafts)

    assert len(found.parts()) == questions
    assert len(found.errors) == questions


def test_questions_that_wait_for_each_other_are_not_asked(asked):
    whether, why, _when = asked
    whether.shown_when = why.options.get(text="Време")
    whether.save()

    found = form(asked, typed(asked, "Не", "Време", "Одувек"))

    assert found.is_valid()
    assert found.answers() == []


def test_sections_head_their_first_question(asked):
    QuestionFactory(questionnaire=asked[0].questionnaire, order=0)

    headings = [part.heading and part.heading.title for part in form(asked, None).parts()]

    first, _same, second = (question.section.title for question in asked)
    assert headings == [None, first, None, second]
