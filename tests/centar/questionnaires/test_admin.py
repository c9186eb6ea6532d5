"""Questionnaires in the back office."""

from __future__ import annotations

import pytest

from centar.audit.models import Entry
from centar.questionnaires import permissions
from centar.questionnaires.models import Question, Questionnaire, Response, Rules
from tests import office, reader
from tests.factories.people import AdministratorFactory
from tests.factories.questionnaires import (
    QuestionFactory,
    QuestionnaireFactory,
    SectionFactory,
    answered,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/questionnaires/questionnaire/"


QUESTION = "/admin/questionnaires/question/"
DEPENDED_ON = (
    "It cannot be deleted while other questions depend on it. Open each of these, take off what "
    "it depends on, and come back:"
)


def change(questionnaire):
    return f"{LIST}{questionnaire.pk}/change/"


def paper(questionnaire=None, sections=(), questions=()):
    """The page of a questionnaire as it is sent: rows are pairs of a row and its typed values."""
    data = {
        "title": "О семинару",
        "intro": "",
        "seen_revision": "" if questionnaire is None else str(questionnaire.revision),
    }
    for name, rows in (("sections", sections), ("questions", questions)):
        data[f"{name}-TOTAL_FORMS"] = str(len(rows))
        data[f"{name}-INITIAL_FORMS"] = str(sum(1 for row, _typed in rows if row is not None))
        for number, (row, typed) in enumerate(rows):
            own = {**typed, **({"id": row.pk} if row is not None else {})}
            data |= {f"{name}-{number}-{key}": str(value) for key, value in own.items()}
    return data


def question(questionnaire, row=None, **fields):
    """The page of a question as it is sent."""
    return {
        "questionnaire": str(questionnaire.pk),
        "seen_revision": "" if row is None else str(row.revision),
        "order": "1",
        "code": "ocena",
        "kind": "scale",
        "text": "Оцена?",
        "offered": "",
        **fields,
    }


@pytest.fixture
def desk():
    return office.desk_of(office.colleague())


@pytest.fixture
def questionnaire():
    return QuestionnaireFactory()


def test_a_questionnaire_is_written_section_by_section_and_question_by_question(desk):
    made = desk.post(f"{LIST}add/", paper())
    questionnaire = Questionnaire.objects.get()
    assert made["Location"] == change(questionnaire)

    rows = [(None, {"order": 1, "title": "Запослени", "help": "Стање данас."})]
    desk.post(change(questionnaire), paper(questionnaire, sections=rows))
    section = questionnaire.sections.get()
    added = desk.post(
        f"{QUESTION}add/?questionnaire={questionnaire.pk}",
        question(
            questionnaire,
            section=section.pk,
            kind="single",
            offered="Да\n\n  Не  \n",
            required="on",
        ),
    )

    assert added["Location"] == change(questionnaire)
    written = questionnaire.questions.get()
    assert (written.section, written.kind, written.required) == (section, "single", True)
    assert [(one.text, one.code) for one in written.options.all()] == [("Да", "da"), ("Не", "ne")]


def test_questions_are_put_in_order_and_into_sections_on_one_page(desk, questionnaire):
    first, second = QuestionFactory.create_batch(2, questionnaire=questionnaire, order=1)
    section = SectionFactory(questionnaire=questionnaire)
    foreign = SectionFactory()
    rows = [(first, {"order": 2, "section": section.pk}), (second, {"order": 1, "section": ""})]
    sections = [(section, {"order": 1, "title": section.title, "help": ""})]

    desk.post(change(questionnaire), paper(questionnaire, sections, rows))
    questionnaire.refresh_from_db()
    rows[0][1]["section"] = foreign.pk
    refused = desk.post(change(questionnaire), paper(questionnaire, sections, rows))

    first.refresh_from_db()
    assert (first.order, first.section) == (2, section)
    assert refused.status_code == 200


SAYS = "A question of this kind has no use for this."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "single", "offered": "Само једно"}, "Write what is offered, one a line."),
        ({"kind": "matrix"}, "Write what is offered, one a line."),
        ({"kind": "ranking", "offered": "Само једно"}, "Write what is offered, one a line."),
        ({"kind": "numbers"}, "Write what is offered, one a line."),
        ({"kind": "long", "offered": "Да"}, "A question of this kind offers nothing."),
        (
            {"kind": "listed", "source": "subjects", "offered": "Да"},
            "A question of this kind offers nothing.",
        ),
        ({"kind": "single", "offered": "Да\nДа"}, "The same answer stands there twice."),
        (
            {"kind": "single", "offered": "а" * 201 + "\nДа"},
            "Please write at most %(limit)d characters in a line.",
        ),
        ({"kind": "long", "is_grade": "on"}, "Only a scale can count in the mean grade."),
        ({"kind": "listed"}, "Choose the list that things are chosen from."),
        ({"source": "subjects"}, SAYS),
        ({"most": "2"}, SAYS),
        ({"code": "Оцена"}, "Latin letters, digits and _ only."),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(desk, questionnaire, fields, sentence):
    answer = desk.post(f"{QUESTION}add/", question(questionnaire, **fields))

    said = office.serbian(sentence) % {"limit": 200}
    assert said in answer.content.decode()
    assert questionnaire.questions.count() == 0


def test_the_page_of_a_question_leads_back_to_its_questionnaire(desk, questionnaire):
    asked = QuestionFactory(questionnaire=questionnaire)

    old = desk.get(f"{QUESTION}{asked.pk}/change/").content.decode()
    new = desk.get(f"{QUESTION}add/?questionnaire={questionnaire.pk}").content.decode()

    assert f'<a href="{change(questionnaire)}">{questionnaire.title}</a>' in old
    assert f'type="hidden" name="questionnaire" value="{questionnaire.pk}"' in new


def test_a_code_is_given_to_one_question(desk, questionnaire):
    QuestionFactory(questionnaire=questionnaire, code="ocena")

    answer = desk.post(f"{QUESTION}add/", question(questionnaire))

    assert office.serbian("Another question has this code.") in office.errors(answer)


def test_offered_answers_keep_their_rows_and_codes_when_others_are_changed(desk):
    asked = QuestionFactory(kind=Question.Kind.SINGLE, offers=["Да", "Не", "Не знам"])
    yes, no, unsure = asked.options.all()
    data = question(asked.questionnaire, asked, kind="single", offered="Не знам\nНикако\nДа\nМожда")

    assert desk.post(f"{QUESTION}{asked.pk}/change/", data).status_code == 302
    assert [(one.text, one.pk, one.code) for one in asked.options.all()[:3]] == [
        ("Не знам", unsure.pk, unsure.code),
        ("Никако", no.pk, no.code),
        ("Да", yes.pk, yes.code),
    ]
    assert asked.options.last().code == "mozda"


def test_an_answer_after_which_something_is_asked_stays(desk):
    asked = QuestionFactory(kind=Question.Kind.SINGLE, offers=["Да", "Не", "Можда"])
    then = QuestionFactory(
        questionnaire=asked.questionnaire, text="Зашто?", shown_when=asked.options.get(text="Не")
    )
    address = f"{QUESTION}{asked.pk}/change/"

    without = question(asked.questionnaire, asked, kind="single", offered="Да\nМожда")
    other = question(asked.questionnaire, asked, kind="matrix", offered="Да\nНе\nМожда")
    answers = [desk.post(address, data) for data in (without, other)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("Зашто?" in " ".join(office.errors(answer)) for answer in answers)
    then.refresh_from_db()
    assert then.shown_when.text == "Не"


def test_conditions_and_sums_point_into_the_same_questionnaire(desk, questionnaire):
    single = {"kind": Question.Kind.SINGLE, "offers": ["Да", "Не"]}
    own, foreign = QuestionFactory(questionnaire=questionnaire, **single), QuestionFactory(**single)
    total = QuestionFactory(questionnaire=questionnaire, kind="number")
    elsewhere = QuestionFactory(kind="number")
    numbers = {"kind": "numbers", "offered": "Учитељи"}

    for shown_when, adds_up_to, status in (
        (foreign, total, 200),
        (own, elsewhere, 200),
        (own, total, 302),
    ):
        option = shown_when.options.first()
        data = question(questionnaire, **numbers, shown_when=option.pk, adds_up_to=adds_up_to.pk)
        assert desk.post(f"{QUESTION}add/", data).status_code == status


def test_a_question_somebody_else_has_changed_meanwhile_is_refused(desk):
    asked = QuestionFactory()
    data = question(asked.questionnaire, asked, text="Ново?")
    Question.objects.update(text="Туђе?")

    assert desk.post(f"{QUESTION}{asked.pk}/change/", data).status_code == 200
    asked.refresh_from_db()
    assert asked.text == "Туђе?"


def test_after_saving_one_goes_on_to_the_next_question_or_stays(desk, questionnaire):
    more, stay = {"_addanother": "1"}, {"_continue": "1"}
    address = f"{QUESTION}add/"

    next_one = desk.post(address, question(questionnaire, **more))
    same = desk.post(address, question(questionnaire, code="drugo", **stay))

    assert next_one["Location"] == f"{address}?questionnaire={questionnaire.pk}"
    assert "/change/" in same["Location"]


def test_once_answered_nothing_is_changed_or_deleted_in_the_form(desk):
    asked = QuestionFactory(text="Оцена?")
    questionnaire = asked.questionnaire
    answered(questionnaire, (asked, 4))

    desk.post(change(questionnaire), paper(questionnaire, questions=[(asked, {"order": 9})]))
    desk.post(f"{QUESTION}{asked.pk}/change/", question(questionnaire, asked, text="Друго?"))
    added = desk.post(f"{QUESTION}add/", question(questionnaire, code="novo"))
    gone = desk.post(f"{QUESTION}{asked.pk}/delete/", {"post": "yes"})
    deletion = desk.post(f"{LIST}{questionnaire.pk}/delete/", {"post": "yes"})

    assert office.serbian(str(permissions.ANSWERED)) in added.content.decode()
    assert (gone.status_code, deletion.status_code) == (403, 403)
    assert [(one.text, one.order) for one in questionnaire.questions.all()] == [
        ("Оцена?", asked.order)
    ]
    for page in (change(questionnaire), f"{QUESTION}{asked.pk}/change/"):
        assert desk.get(page).status_code == 200


def test_before_it_is_answered_it_may_be_deleted(desk):
    asked, other = (
        QuestionFactory(kind=Question.Kind.SINGLE, offers=["Да", "Не"]) for _ in range(2)
    )

    gone = desk.post(f"{QUESTION}{other.pk}/delete/", {"post": "yes"})
    desk.post(f"{LIST}{asked.questionnaire_id}/delete/", {"post": "yes"})

    assert gone["Location"] == LIST
    assert list(Questionnaire.objects.all()) == [other.questionnaire]
    assert Question.objects.count() == 0


class TestWhatOthersDependOn:
    @pytest.fixture
    def deciding(self, questionnaire):
        return QuestionFactory(questionnaire=questionnaire, kind="single", offers=["Да", "Не"])

    @pytest.fixture
    def total(self, questionnaire):
        return QuestionFactory(questionnaire=questionnaire, kind="number")

    @pytest.fixture(autouse=True)
    def dependents(self, questionnaire, deciding, total):
        QuestionFactory(
            questionnaire=questionnaire, text="Зашто?", shown_when=deciding.options.first()
        )
        QuestionFactory(
            questionnaire=questionnaire,
            text="По пословима?",
            kind="numbers",
            offers=["Учитељи"],
            adds_up_to=total,
        )

    @pytest.mark.parametrize(("name", "dependent"), [("deciding", "Зашто?"), ("total", "По посл")])
    def test_it_is_not_deleted_and_the_page_names_them(self, desk, request, name, dependent):
        one = request.getfixturevalue(name)
        path = f"{QUESTION}{one.pk}/delete/"

        page = desk.get(path).content.decode()
        desk.post(path, {"post": "yes"})

        assert office.serbian(DEPENDED_ON) in page
        assert dependent in page
        assert Question.objects.filter(pk=one.pk).exists()

    def test_it_is_not_deleted_among_others_either(self, desk, total):
        desk.post(
            QUESTION,
            {"action": "delete_selected", "_selected_action": [total.pk], "post": "yes"},
        )

        assert Question.objects.filter(pk=total.pk).exists()

    def test_a_number_that_others_add_up_to_stays_a_number(self, desk, questionnaire, total):
        typed = question(questionnaire, total, code=total.code, kind="long")

        answer = desk.post(f"{QUESTION}{total.pk}/change/", typed)

        (sentence,) = office.errors(answer)
        assert "По пословима?" in sentence
        total.refresh_from_db()
        assert total.kind == "number"

    @pytest.mark.parametrize(
        "changes", [{"kind": "long", "offered": ""}, {"offered": "Не\nМожда\nНикад"}]
    )
    def test_an_answer_that_decides_stays(self, desk, questionnaire, deciding, changes):
        typed = question(questionnaire, deciding, code=deciding.code, kind="single")

        answer = desk.post(f"{QUESTION}{deciding.pk}/change/", {**typed, **changes})

        assert any("Зашто?" in sentence for sentence in office.errors(answer))
        assert [one.text for one in deciding.options.all()] == ["Да", "Не"]

    def test_all_together_are_deleted(self, desk, questionnaire):
        desk.post(f"{LIST}{questionnaire.pk}/delete/", {"post": "yes"})

        assert Question.objects.count() == 0


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
    assert onlooker.get(f"{QUESTION}{question.pk}/change/").status_code == 200
    assert onlooker.post(f"{LIST}add/", paper()).status_code == 403
    assert onlooker.post(f"{QUESTION}add/", {}).status_code == 403
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


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_a_constant_number_of_questions(desk, django_assert_num_queries, number):
    questionnaire = QuestionnaireFactory()
    for _ in range(number):
        section = SectionFactory(questionnaire=questionnaire)
        QuestionFactory(
            questionnaire=questionnaire, section=section, kind="single", offers=["Да", "Не"]
        )
    desk.get(change(questionnaire))

    with django_assert_num_queries(29):
        desk.get(change(questionnaire))


def test_the_preview_is_tried_out_and_keeps_nothing(desk):
    ranking = QuestionFactory(kind="ranking", offers=["Време", "Новац"], required=True)
    path = f"{LIST}{ranking.questionnaire_id}/pregled/"
    first, second = ranking.options.all()
    name = f"q{ranking.pk}_"

    wrong = desk.post(path, {f"{name}{first.pk}": "1", f"{name}{second.pk}": "1"})
    moved = desk.post(path, {"step": f"up {name}{second.pk}"})

    assert office.serbian("Place %(n)d is taken: each place can be given once.") % {"n": 1} in (
        wrong.content.decode()
    )
    assert moved.context["form"].values() == {f"{name}{second.pk}": ["1"]}
    assert Response.objects.count() == 0
