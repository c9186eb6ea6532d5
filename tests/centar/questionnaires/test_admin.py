"""Questionnaires in the back office."""

from __future__ import annotations

import pytest

from centar.audit.models import Entry
from centar.questionnaires.models import Question, Questionnaire, Rules
from tests import office, reader
from tests.factories.people import AdministratorFactory
from tests.factories.questionnaires import QuestionFactory, QuestionnaireFactory, answered

pytestmark = pytest.mark.django_db

LIST = "/admin/questionnaires/questionnaire/"


def change(questionnaire):
    return f"{LIST}{questionnaire.pk}/change/"


def row(number, **fields):
    """One question, typed into the number-th row."""
    typed = {
        "order": "1",
        "code": f"pitanje_{number}",
        "kind": "scale",
        "text": "Оцена?",
        "offered": "",
        **fields,
    }
    return {f"questions-{number}-{name}": value for name, value in typed.items()}


def typed(*rows, questionnaire=None, initial=0):
    data = {
        "title": "О семинару",
        "intro": "",
        "seen_revision": "" if questionnaire is None else str(questionnaire.revision),
        "questions-TOTAL_FORMS": str(len(rows)),
        "questions-INITIAL_FORMS": str(initial),
    }
    for one in rows:
        data |= one
    return data


@pytest.fixture
def desk():
    return office.desk_of(office.colleague())


def test_a_questionnaire_is_written_with_its_questions(desk):
    data = typed(
        row(0, is_grade="on", required="on"),
        row(1, order="2", kind="single", text="Да ли?", offered="Да\n\n  Не  \n"),
    )

    answer = desk.post(f"{LIST}add/", data)

    assert answer.status_code == 302
    scale, choice = Questionnaire.objects.get().questions.all()
    assert (scale.kind, scale.is_grade, scale.required) == ("scale", True, True)
    assert [option.text for option in choice.options.all()] == ["Да", "Не"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "single", "offered": "Само једно"}, "Write what is offered, one a line."),
        ({"kind": "matrix"}, "Write what is offered, one a line."),
        ({"kind": "long", "offered": "Да"}, "A question of this kind offers nothing."),
        ({"kind": "single", "offered": "Да\nДа"}, "The same answer stands there twice."),
        ({"kind": "long", "is_grade": "on"}, "Only a scale can count in the mean grade."),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(desk, fields, sentence):
    answer = desk.post(f"{LIST}add/", typed(row(0, **fields)))

    assert office.serbian(sentence) in answer.content.decode()
    assert Questionnaire.objects.count() == 0


def test_offered_answers_are_changed_until_the_first_response(desk):
    question = QuestionFactory(kind=Question.Kind.SINGLE, offers=["Да", "Не"])
    questionnaire = question.questionnaire
    kept = row(0, id=str(question.pk), kind="single", offered="Да\nМожда\nНе")
    data = typed(kept, questionnaire=questionnaire, initial=1)

    assert desk.post(change(questionnaire), data).status_code == 302
    assert [option.text for option in question.options.all()] == ["Да", "Можда", "Не"]


def test_once_answered_nothing_is_changed_or_deleted_in_the_form(desk):
    question = QuestionFactory(text="Оцена?")
    answered(question.questionnaire, (question, 4))
    data = typed(
        row(0, id=str(question.pk), text="Друго?"), questionnaire=question.questionnaire, initial=1
    )

    desk.post(change(question.questionnaire), data)
    deletion = desk.post(f"{LIST}{question.questionnaire_id}/delete/", {"post": "yes"})

    question.refresh_from_db()
    assert question.text == "Оцена?"
    assert deletion.status_code == 403
    assert desk.get(change(question.questionnaire)).status_code == 200


def test_before_it_is_answered_it_may_be_deleted(desk):
    question = QuestionFactory(kind=Question.Kind.SINGLE, offers=["Да", "Не"])

    desk.post(f"{LIST}{question.questionnaire_id}/delete/", {"post": "yes"})

    assert Questionnaire.objects.count() == 0


def test_the_wording_is_mended_by_an_operation(desk):
    question = QuestionFactory(text="Оцена?")
    answered(question.questionnaire, (question, 4))
    page = f"{LIST}{question.questionnaire_id}/radnja/tekst/"

    desk.post(page, {"part": f"question-{question.pk}", "text": "Ваша оцена?"})
    forged = desk.post(page, {"part": "question-999", "text": "Ново"})
    nothing = desk.post(page, {"part": f"question-{question.pk}", "text": ""})

    question.refresh_from_db()
    assert question.text == "Ваша оцена?"
    assert (forged.status_code, nothing.status_code) == (200, 200)
    assert Entry.objects.filter(action="questionnaires.mend_wording").count() == 1


def test_a_copy_is_made_by_an_operation(desk):
    question = QuestionFactory()

    answer = desk.post(f"{LIST}{question.questionnaire_id}/radnja/kopija/")

    copy = Questionnaire.objects.exclude(pk=question.questionnaire_id).get()
    assert answer["Location"] == change(copy)


def test_the_preview_is_as_the_respondent_sees_it_and_sends_nothing(desk):
    question = QuestionFactory(text="Оцена?", low_label="лоше", high_label="одлично")
    path = f"{LIST}{question.questionnaire_id}/pregled/"

    page = reader.Page(desk.get(path).content.decode())

    assert question.questionnaire.title in page.headings
    assert "1 = лоше, 5 = одлично" in page.text
    assert desk.get(f"{LIST}999/pregled/").status_code == 404


def test_who_only_reads_changes_nothing():
    question = QuestionFactory()
    onlooker = office.desk_of(office.onlooker())

    assert onlooker.get(change(question.questionnaire)).status_code == 200
    assert onlooker.post(f"{LIST}add/", typed(row(0))).status_code == 403
    page = f"{LIST}{question.questionnaire_id}/radnja/kopija/"
    assert onlooker.post(page).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(desk, django_assert_max_num_queries, number):
    for questionnaire in QuestionnaireFactory.create_batch(number):
        QuestionFactory(questionnaire=questionnaire)
    desk.get(LIST)

    with django_assert_max_num_queries(9):
        desk.get(LIST)


def test_the_rules_are_one_row(desk):
    administrator = office.desk_of(AdministratorFactory())
    address = "/admin/questionnaires/rules/"
    data = {"smallest_group": "6", "seen_revision": ""}

    desk.post(f"{address}add/", data)

    assert Rules.objects.get().smallest_group == 6
    assert administrator.get(f"{address}add/")["Location"] == f"{address}1/change/"
    assert administrator.get(f"{address}1/delete/").status_code == 403
