"""What is shown of counted answers, of all together and of one group of anonymous ones."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centar.questionnaires import narrowing, tallies
from centar.questionnaires.models import Answer, Option, Question, Response
from centar.questionnaires.tallies import Counted, Place
from tests.factories.questionnaires import QuestionFactory, answered

FIVE = 5
Kind = Question.Kind


def said(found):
    return [(row.label, None if row.is_hidden else row.people) for row in found.rows]


def tally(question, smallest=1):
    counted = tallies.whole([question], Response.objects.all())
    return narrowing.of_all([question], counted, smallest)


@pytest.mark.django_db
class TestAllTogether:
    def test_a_scale_has_its_mean_and_who_gave_which_grade(self):
        scale = QuestionFactory()
        for grade in (5, 5, 4, 2):
            answered(scale.questionnaire, (scale, grade))

        (found,) = tally(scale).found

        assert (found.answered, found.rows[0].mean) == (4, 4)
        assert found.rows[0].numbers == {Decimal(5): 2, Decimal(4): 1, Decimal(2): 1}

    def test_several_answers_are_counted_by_people(self):
        question = QuestionFactory(kind=Kind.MULTIPLE, offers=["Једно", "Друго"])
        _one, other = question.options.all()
        response = answered(question.questionnaire, (question, "Једно"))
        Answer.objects.create(response=response, question=question, option=other)
        answered(question.questionnaire, (question, "Једно"))

        (found,) = tally(question).found

        assert (found.answered, said(found)) == (2, [("Једно", 2), ("Друго", 1)])

    def test_things_of_a_list_come_by_how_many_chose_them_with_their_numbers(self):
        listed = QuestionFactory(kind=Kind.LISTED)
        for people, items in ((3, (7,)), (4, (7, 8))):
            response = answered(listed.questionnaire)
            for item in items:
                Answer.objects.create(
                    response=response, question=listed, item=item, number=people, text=f"Бр. {item}"
                )

        (found,) = tally(listed).found

        assert [(row.code, row.label, row.people, row.total) for row in found.rows] == [
            ("7", "Бр. 7", 2, 7),
            ("8", "Бр. 8", 1, 4),
        ]

    def test_of_words_some_are_read_and_all_are_counted(self, monkeypatch):
        monkeypatch.setattr(tallies, "MOST_TEXTS", 2)
        words = QuestionFactory(kind=Kind.LONG)
        for number in range(3):
            answered(words.questionnaire, (words, f"Мисао {number}"))

        (found,) = tally(words).found

        assert (found.answered, len(found.texts)) == (3, 2)

    def test_answers_about_something_else_are_not_counted(self):
        scale = QuestionFactory()
        mine = answered(scale.questionnaire, (scale, 1))
        answered(scale.questionnaire, (scale, 5))

        counted = tallies.whole([scale], Response.objects.filter(pk=mine.pk))

        assert counted.scores[Place(scale.pk)].total == 1

    @pytest.mark.parametrize(("number", "shown"), [(4, False), (5, True)])
    def test_anonymous_answers_are_shown_from_five_on(self, number, shown):
        scale = QuestionFactory()
        for _ in range(number):
            answered(scale.questionnaire, (scale, 3))

        found = tally(scale, FIVE)

        assert (found.is_hidden, len(found.found)) == (not shown, int(shown))

    def test_a_question_or_a_statement_that_too_few_answered_is_hidden(self):
        matrix = QuestionFactory(kind=Kind.MATRIX, offers=["Јасно", "Корисно"])
        clear, useful = matrix.options.all()
        rare = QuestionFactory(questionnaire=matrix.questionnaire)
        for number in range(5):
            response = answered(matrix.questionnaire, *([(rare, 1)] if number < 4 else []))
            Answer.objects.create(response=response, question=matrix, option=clear, number=4)
            if number < 4:
                Answer.objects.create(response=response, question=matrix, option=useful, number=4)

        counted = tallies.whole([matrix, rare], Response.objects.all())
        of_matrix, of_rare = narrowing.of_all([matrix, rare], counted, FIVE).found

        assert said(of_matrix) == [("Јасно", 5), ("Корисно", None)]
        assert (of_rare.is_hidden, of_rare.answered, of_rare.rows) == (True, 0, [])

    def test_counts_of_few_people_are_hidden_with_what_would_give_them_away(self):
        single = QuestionFactory(kind=Kind.SINGLE, offers=["а", "б", "в"])
        scale = QuestionFactory(questionnaire=single.questionnaire)
        for number in range(17):
            answered(
                single.questionnaire,
                (single, "а" if number < 2 else "б" if number < 8 else "в"),
                (scale, 5 if number < 14 else 1),
            )

        counted = tallies.whole([single, scale], Response.objects.all())
        of_single, of_scale = narrowing.of_all([single, scale], counted, FIVE).found
        for_all, _scale = narrowing.of_all([single, scale], counted, FIVE, cells=()).found

        assert said(of_single) == [("а", None), ("б", None), ("в", 9)]
        assert said(for_all) == [("а", 2), ("б", 6), ("в", 9)]
        assert (round(of_scale.rows[0].mean, 2), of_scale.rows[0].numbers) == (Decimal("4.29"), {})


def question(kind, options=0):
    made = Question(pk=1, kind=kind, code="p", text="Питање?")
    made._prefetched_objects_cache = {
        "options": [Option(pk=n, code=str(n), text=str(n)) for n in range(options)]
    }
    return made


def groups_of(sizes, *, responses=None):
    """Groups by how many of each chose which option of question 1."""
    groups = {}
    for group, chosen in sizes.items():
        counted = Counted((responses or {}).get(group, sum(chosen)))
        counted.answered[1] = sum(chosen)
        for option, people in enumerate(chosen):
            counted.scores[Place(1, option)].add(people, Decimal(0))
        groups[group] = counted
    return groups


class TestOneGroup:
    def test_large_groups_with_large_counts_are_shown_as_they_are(self):
        groups = groups_of({"а": [9, 6], "б": [7, 8]})

        (found,) = narrowing.of_group(
            [question(Kind.SINGLE, 2)], groups, {"а", "б"}, "а", FIVE
        ).found

        assert (found.answered, said(found)) == (15, [("0", 9), ("1", 6)])

    def test_a_question_that_too_few_of_a_group_answered_is_hidden_with_its_complement(self):
        groups = groups_of({"а": [2, 1], "б": [9, 9], "в": [5, 5]}, responses={"а": 8})
        shown = {
            group: narrowing.of_group(
                [question(Kind.SINGLE, 2)], groups, set("абв"), group, FIVE
            ).found[0]
            for group in "абв"
        }

        assert {group: one.is_hidden for group, one in shown.items()} == {
            "а": True,
            "б": False,
            "в": True,
        }

    def test_answers_that_few_gave_at_all_stand_together(self):
        groups = groups_of({"а": [20, 1, 5], "б": [20, 0, 6]})

        (found,) = narrowing.of_group(
            [question(Kind.SINGLE, 3)], groups, {"а", "б"}, "а", FIVE
        ).found

        assert said(found) == [("0", 20), ("Rarer answers", 6)]

    def test_of_a_scale_only_the_mean_is_given(self):
        groups = {}
        for group, total in {"а": 30, "б": 20}.items():
            groups[group] = Counted(10, {1: 10})
            groups[group].scores[Place(1)].add(10, Decimal(total))

        (found,) = narrowing.of_group([question(Kind.SCALE)], groups, {"а", "б"}, "а", FIVE).found

        assert [(row.mean, row.numbers) for row in found.rows] == [(3, {})]

    def test_things_of_a_list_are_called_by_their_names(self):
        groups = {group: Counted(9, {1: 9}, names={7: "Огледи"}) for group in "аб"}
        for counted in groups.values():
            counted.scores[Place(1, item=7)].add(9, Decimal(9))

        (found,) = narrowing.of_group([question(Kind.LISTED)], groups, {"а", "б"}, "а", FIVE).found

        assert said(found) == [("Огледи", 9)]

    def test_words_are_left_out(self):
        groups = {"а": Counted(10, {1: 10}), "б": Counted(10, {1: 10})}

        assert narrowing.of_group([question(Kind.LONG)], groups, {"а", "б"}, "а", FIVE).found == []


TABLE = st.dictionaries(
    st.sampled_from("абвг"),
    st.lists(st.integers(0, 12), min_size=3, max_size=3),
    min_size=2,
)


@settings(max_examples=300, deadline=None)
@given(TABLE, st.sampled_from([Kind.SINGLE, Kind.MULTIPLE]))
def test_no_count_of_few_people_is_shown_or_left_alone_in_any_view(sizes, kind):
    """All groups are opened one after another, beside the total: in no line is one count missing
    that is the total less the others and stands for one to four people.
    """
    groups = groups_of(sizes)
    one = question(kind, 3)
    shown = {group for group, counted in groups.items() if counted.responses >= FIVE}
    views = {
        group: narrowing.of_group([one], groups, shown, group, FIVE).found[0] for group in shown
    }
    seen = {
        (group, row.code): row.people
        for group, found in views.items()
        if not found.is_hidden
        for row in found.rows
        if not row.is_hidden
    }

    assert [people for people in seen.values() if 0 < people < FIVE] == []
    for option in range(3):
        people = {group: chosen[option] for group, chosen in sizes.items()}
        unseen = [group for group in people if (group, str(option)) not in seen]
        missing = sum(people[group] for group in unseen)
        if any((group, str(option)) in seen for group in people):
            assert len(unseen) != 1 or not 0 < missing < FIVE
            assert missing == 0 or missing >= FIVE
