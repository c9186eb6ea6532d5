"""Rankings, lists and sums: the buttons inside a form, and what is wrong across its fields."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from centar.questionnaires import queries
from centar.questionnaires.forms import AnswerForm, stepped
from centar.questionnaires.models import Question, Questionnaire
from needs_survey.sources import PROGRAMMES
from tests.factories.questionnaires import QuestionFactory, SectionFactory
from tests.factories.schools import SubjectFactory
from tests.factories.trainings import ProgrammeFactory

pytestmark = pytest.mark.django_db

Kind = Question.Kind


def whole(question):
    return queries.with_questions(Questionnaire.objects.all()).get(pk=question.questionnaire_id)


def form(question, data, **options):
    return AnswerForm(data, questionnaire=whole(question), **options)


def sent(data, **more):
    """A request's data: lists give a name several values."""
    query = QueryDict(mutable=True)
    for name, value in {**data, **more}.items():
        query.setlist(name, value if isinstance(value, list) else [str(value)])
    return query


class TestRanking:
    @pytest.fixture
    def question(self):
        return QuestionFactory(kind=Kind.RANKING, offers=["А", "Б", "В"], required=True)

    def data(self, question, *places):
        names = [f"q{question.pk}_{option.pk}" for option in question.options.all()]
        return dict(zip(names, places, strict=True))

    @pytest.mark.parametrize(
        ("places", "sentence"),
        [
            (("1", "1", "2"), "Place 1 is taken: each place can be given once."),
            (("1", "", "2"), "Please choose a place."),
            (("1", "2", "7"), "Select a valid choice. 7 is not one of the available choices."),
        ],
    )
    def test_each_place_is_given_once(self, question, places, sentence):
        found = form(question, self.data(question, *places))

        assert [list(errors) for errors in found.errors.values()] == [[sentence]]

    @pytest.mark.parametrize(
        ("places", "sentences"),
        [
            (("2", "1", ""), []),
            (("1", "", ""), ["Nothing stands in place 2."]),
            (("", "", ""), ["Nothing stands in place 1."]),
            (("2", "", ""), ["Nothing stands in place 1."]),
        ],
    )
    def test_the_most_important_are_enough_where_places_are_few(self, question, places, sentences):
        question.most = 2
        question.save()

        found = form(question, self.data(question, *places))

        assert [one for errors in found.errors.values() for one in errors] == sentences

    @pytest.mark.parametrize(
        ("places", "is_valid"),
        [(("", "", ""), True), (("1", "", ""), True), (("", "2", ""), False)],
    )
    def test_what_need_not_be_answered_may_be_ranked_in_part(self, question, places, is_valid):
        question.required = False
        question.save()

        assert form(question, self.data(question, *places)).is_valid() is is_valid

    def test_a_draft_may_be_out_of_order(self, question):
        assert form(question, self.data(question, "1", "1", ""), is_draft=True).is_valid()

    @pytest.mark.parametrize(
        ("before", "step", "most", "after"),
        [
            (("1", "2", "3"), "up 1", None, ["2", "1", "3"]),
            (("1", "2", "3"), "down 1", None, ["1", "3", "2"]),
            (("1", "2", "3"), "up 0", None, ["1", "2", "3"]),
            (("1", "2", "3"), "down 2", None, ["1", "2", "3"]),
            (("", "", ""), "up 2", None, ["", "", "1"]),
            (("", "1", ""), "down 0", None, ["2", "1", ""]),
            (("2", "2", ""), "up 0", None, ["1", "2", ""]),
            (("1", "2", ""), "up 2", 2, ["1", "", "2"]),
            (("x", "", ""), "up 1", None, ["1", "2", ""]),
        ],
    )
    def test_buttons_move_an_answer(self, question, before, step, most, after):
        question.most = most
        question.save()
        data = self.data(question, *before)
        what, number = step.split()

        moved = stepped(sent(data, step=f"{what} {list(data)[int(number)]}"), whole(question))

        assert [moved[name] for name in data] == after

    def test_the_page_has_them_in_their_order(self, question):
        found = form(question, self.data(question, "3", "", "1"))

        assert [field.label for field in found.parts()[0].ordered()] == ["В", "А", "Б"]


class TestListed:
    @pytest.fixture
    def question(self):
        return QuestionFactory(
            kind=Kind.LISTED, source=PROGRAMMES, text="Који програми?", required=True, most=2
        )

    @pytest.fixture
    def programme(self):
        return ProgrammeFactory(title="Огледи у физици", number="12")

    def test_something_is_found_added_and_taken_away(self, question, programme):
        name, paper = f"q{question.pk}", whole(question)

        sought = stepped(sent({}, step=f"search {name}", **{f"{name}_find": "ogledi"}), paper)
        (part,) = form(question, sought, is_draft=True).parts()
        assert [thing.name for thing in part.found] == ["Огледи у физици (12)"]

        added = stepped(sent(sought, step=f"add {name}_{programme.pk}"), paper)
        (part,) = form(question, added, is_draft=True).parts()
        assert [(row.name, row.is_gone) for row in part.rows] == [("Огледи у физици (12)", False)]
        assert (part.found, part.search, part.focus) == ([], "", str(programme.pk))

        gone = stepped(sent(added, step=f"remove {name}_{programme.pk}"), paper)
        assert form(question, gone, is_draft=True).values() == {}

    def test_the_number_of_people_is_asked_for_each(self, question, programme):
        name = f"q{question.pk}"
        data = {name: [str(programme.pk)]}

        missing = form(question, data)
        wrong = form(question, {**data, f"{name}_{programme.pk}": "много"}, is_draft=True)

        sentence = "Please write how many people."
        assert missing.errors == {f"{name}_{programme.pk}": [sentence]}
        assert list(wrong.errors) == [f"{name}_{programme.pk}"]

    def test_without_numbers_each_counts_as_one(self, question, programme):
        question.counts_people = False
        question.save()

        found = form(question, {f"q{question.pk}": [str(programme.pk)]})

        assert found.is_valid()
        assert [(one.item, one.number) for one in found.answers()] == [(programme.pk, 1)]

    def test_not_more_than_so_many(self, question):
        name = f"q{question.pk}"
        keys = [str(programme.pk) for programme in ProgrammeFactory.create_batch(3)]
        numbers = {f"{name}_{key}": "1" for key in keys}

        found = form(question, {name: keys, **numbers})

        assert found.errors == {name: ["Please choose at most 2."]}
        assert found.parts()[0].is_full

    def test_what_was_withdrawn_meanwhile_is_named_and_the_rest_is_kept(self, question, programme):
        gone = ProgrammeFactory(title="Стари програм", number="", withdrawn_on=timezone.localdate())
        name = f"q{question.pk}"
        numbers = {f"{name}_{one.pk}": "4" for one in (gone, programme)}
        data = {name: [str(gone.pk), str(programme.pk)], **numbers}

        draft, found = form(question, data, is_draft=True), form(question, data)

        sentence = "“Стари програм” is no longer offered. Please remove it; the rest is kept."
        assert found.errors == {name: [sentence]}
        assert draft.is_valid()
        assert [row.name for row in draft.parts()[0].rows if row.is_gone] == ["Стари програм"]
        assert [one.item for one in draft.answers()] == [programme.pk]
        assert draft.values()[name] == data[name]

    def test_what_was_never_there_is_not_named(self, question):
        found = form(question, {f"q{question.pk}": ["987654"]})

        assert "Something that was on the list" in found.errors[f"q{question.pk}"][0]

    @pytest.mark.parametrize(
        ("typed", "is_search"),
        [
            ({"find": "физика"}, True),
            ({"find": "физика", "sought": "физика"}, False),
            ({"find": ""}, False),
            ({}, False),
        ],
    )
    def test_enter_searches_where_something_new_is_sought(self, question, typed, is_search):
        data = {f"q{question.pk}_{name}": value for name, value in typed.items()}

        step = stepped(sent(data, step="enter"), whole(question))

        assert (step is not None) is is_search

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_number_of_statements_does_not_grow(
        self, question, django_assert_num_queries, number
    ):
        paper, name = whole(question), f"q{question.pk}"
        keys = [str(programme.pk) for programme in ProgrammeFactory.create_batch(number)]
        question.most = None
        numbers = {f"{name}_{key}": "1" for key in keys}

        with django_assert_num_queries(1):
            AnswerForm({name: keys, **numbers}, questionnaire=paper).answers()

    @pytest.mark.parametrize(
        ("typed", "names"),
        [("хем", ["Хемија"]), ("HEMIJA", ["Хемија"]), ("", ["Физика", "Хемија"]), ("жжж", [])],
    )
    def test_subjects_are_found_in_both_scripts(self, question, typed, names):
        SubjectFactory(name="Хемија")
        SubjectFactory(name="Физика")
        question.source = "subjects"
        question.save()
        data = sent({f"q{question.pk}_find": typed}, step=f"search q{question.pk}")

        (part,) = form(question, stepped(data, whole(question)), is_draft=True).parts()

        assert [thing.name for thing in part.found] == names


class TestSums:
    @pytest.fixture
    def total(self):
        return QuestionFactory(kind=Kind.NUMBER, text="Колико вас је?")

    @pytest.fixture
    def question(self, total):
        return QuestionFactory(
            questionnaire=total.questionnaire,
            kind=Kind.NUMBERS,
            offers=["Учитељи", "Наставници"],
            code="po_mestu",
            adds_up_to=total,
        )

    def data(self, question, total, *numbers):
        names = [f"q{question.pk}_{option.pk}" for option in question.options.all()]
        return {f"q{total.pk}": "40", **dict(zip(names, numbers, strict=True))}

    @pytest.mark.parametrize(
        ("numbers", "warned"),
        [(("15", "25"), []), (("15", ""), ["15"]), (("7.5", "2"), ["9.5"]), (("", ""), [])],
    )
    def test_a_sum_that_differs_is_a_warning_and_no_error(self, question, total, numbers, warned):
        found = form(question, self.data(question, total, *numbers))

        assert found.is_valid()
        assert [(one.code, one.sentence) for one in found.doubts()] == [
            ("po_mestu", f"Together they make {one}, but under “Колико вас је?” you wrote 40.")
            for one in warned
        ]

    def test_it_can_be_confirmed(self, question, total):
        data = self.data(question, total, "1", "2")

        (doubt,) = form(question, data).unconfirmed()
        assert form(question, {**data, "confirm": [doubt.key]}).unconfirmed() == []

    @pytest.mark.parametrize(
        ("numbers", "whole"), [(("2", "1"), "40"), (("1", "3"), "40"), (("1", "2"), "41")]
    )
    def test_other_numbers_are_confirmed_anew(self, question, total, numbers, whole):
        (doubt,) = form(question, self.data(question, total, "1", "2")).doubts()
        others = {**self.data(question, total, *numbers), f"q{total.pk}": whole}

        found = form(question, {**others, "confirm": [doubt.key]})

        assert (found.confirmed(), len(found.unconfirmed())) == ([], 1)

    @pytest.mark.parametrize(
        ("elsewhere", "doubts"), [({"40"}, 1), ({"3"}, 0), ({"много"}, 0), (set(), 0)]
    )
    def test_the_number_may_stand_in_another_section(self, question, total, elsewhere, doubts):
        question.section = SectionFactory(questionnaire=question.questionnaire)
        question.save()
        drafts = {f"q{total.pk}": list(elsewhere)}

        found = form(
            question,
            self.data(question, total, "1", "2"),
            section=question.section,
            elsewhere=drafts,
        )

        assert len(found.doubts()) == doubts

    def test_the_page_says_the_sum(self, question, total):
        (_number, part) = form(question, self.data(question, total, "1", "два")).parts()

        assert part.sum == Decimal(1)


def test_another_button_is_no_step_and_a_strange_one_changes_nothing():
    question = QuestionFactory(kind=Kind.RANKING, offers=["А", "Б"])
    data, paper = {"q1": "1"}, whole(question)

    assert stepped(sent(data), paper) is None
    for strange in ("up q0_0", f"up q{question.pk}_0", f"add q{question.pk}_1", "boo", "up"):
        assert stepped(sent(data, step=strange), paper)["q1"] == "1"


def test_several_boxes_up_to_so_many():
    question = QuestionFactory(kind=Kind.MULTIPLE, offers=["А", "Б", "В"], most=2)
    keys = [str(option.pk) for option in question.options.all()]
    name = f"q{question.pk}"

    assert form(question, {name: keys}).errors == {name: ["Please choose at most 2."]}
    assert form(question, {name: keys[:2]}).is_valid()
