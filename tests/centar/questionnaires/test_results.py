"""What responses say together, from how many on, in how many statements."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centar.questionnaires import queries
from centar.questionnaires.models import Answer, Question, Response, Rules
from tests.factories.questionnaires import QuestionFactory, QuestionnaireFactory, answered

pytestmark = pytest.mark.django_db

Kind = Question.Kind


def results(questionnaire, **options):
    rows = Response.objects.filter(questionnaire=questionnaire)
    return queries.results(questionnaire, rows, **options)


def numbered(question, *numbers):
    """One person's numbers or places for the question's options, in their order."""
    response = answered(question.questionnaire)
    for option, number in zip(question.options.all(), numbers, strict=True):
        if number is not None:
            Answer.objects.create(
                response=response, question=question, option=option, number=number
            )


def chose(question, *things):
    """One person's choice from a list: keys with numbers of people."""
    response = answered(question.questionnaire)
    for item, people in things:
        Answer.objects.create(
            response=response, question=question, item=item, number=people, text=f"Предмет {item}"
        )


def spread(distribution):
    return [(share.label, share.count, share.percent) for share in distribution.shares]


@pytest.mark.parametrize(("number", "shown"), [(0, False), (4, False), (5, True), (6, True)])
def test_results_are_shown_from_five_responses_on(number, shown):
    question = QuestionFactory()
    for _ in range(number):
        answered(question.questionnaire, (question, 4))

    found = results(question.questionnaire)

    assert (found.responses, found.is_hidden) == (number, not shown)
    assert [one.question for one in found.questions] == ([question] if shown else [])
    assert found.mean == (4 if shown else None)


def test_the_smallest_group_is_a_row_that_the_staff_edit():
    Rules.objects.create(pk=1, smallest_group=3)
    question = QuestionFactory()
    for _ in range(3):
        answered(question.questionnaire, (question, 4))

    assert results(question.questionnaire).is_hidden is False


def test_a_scale_has_its_mean_and_its_distribution():
    question = QuestionFactory()
    for grade in (5, 5, 4, 2, 5):
        answered(question.questionnaire, (question, grade))

    (found,) = results(question.questionnaire).questions
    (distribution,) = found.distributions

    assert (distribution.answered, distribution.mean) == (5, Decimal("4.2"))
    assert spread(distribution) == [
        ("1", 0, 0),
        ("2", 1, 20),
        ("3", 0, 0),
        ("4", 1, 20),
        ("5", 3, 60),
    ]


def test_each_statement_of_a_matrix_has_its_own():
    matrix = QuestionFactory(kind=Kind.MATRIX, offers=["Јасно", "Корисно"])
    clear, useful = matrix.options.all()
    for grade in (1, 2, 3, 4, 5):
        response = answered(matrix.questionnaire)
        Answer.objects.create(response=response, question=matrix, option=clear, number=grade)
        Answer.objects.create(response=response, question=matrix, option=useful, number=5)

    (found,) = results(matrix.questionnaire).questions

    assert [(one.label, one.answered, one.mean) for one in found.distributions] == [
        ("Јасно", 5, 3),
        ("Корисно", 5, 5),
    ]
    assert results(matrix.questionnaire).mean == 4


def test_a_statement_that_fewer_than_five_answered_is_hidden_and_counts_in_no_mean():
    matrix = QuestionFactory(kind=Kind.MATRIX, offers=["Јасно", "Корисно"])
    clear, useful = matrix.options.all()
    for number in range(6):
        response = answered(matrix.questionnaire)
        Answer.objects.create(response=response, question=matrix, option=clear, number=5)
        if number < 4:
            Answer.objects.create(response=response, question=matrix, option=useful, number=1)

    found = results(matrix.questionnaire)

    assert [(one.label, one.is_hidden, one.mean) for one in found.questions[0].distributions] == [
        ("Јасно", False, 5),
        ("Корисно", True, None),
    ]
    assert found.mean == 5


def test_several_answers_are_counted_by_people():
    question = QuestionFactory(kind=Kind.MULTIPLE, offers=["Једно", "Друго"])
    other = question.options.get(text="Друго")
    for _ in range(5):
        response = answered(question.questionnaire, (question, "Једно"))
    Answer.objects.create(response=response, question=question, option=other)

    (found,) = results(question.questionnaire).questions

    assert found.answered == 5
    assert spread(found.distributions[0]) == [("Једно", 5, 100), ("Друго", 1, 20)]


def test_numbers_have_their_span():
    question = QuestionFactory(kind=Kind.NUMBER)
    for number in (1, 2, 3, 4, 10):
        answered(question.questionnaire, (question, number))

    (distribution,) = results(question.questionnaire).questions[0].distributions

    assert (distribution.mean, distribution.least, distribution.most) == (4, 1, 10)


def test_a_ranking_has_mean_places_and_how_often_each_was_first():
    ranking = QuestionFactory(kind=Kind.RANKING, offers=["Време", "Новац", "Место"], most=2)
    for places in ((1, 2, None), (1, 2, None), (2, 1, None), (1, None, 2), (1, 2, None)):
        numbered(ranking, *places)

    (found,) = results(ranking.questionnaire, suppress=False).questions

    assert found.answered == 5
    assert [(one.label, one.answered, one.mean) for one in found.distributions] == [
        ("Време", 5, Decimal("1.2")),
        ("Новац", 4, Decimal("1.75")),
        ("Место", 1, 2),
    ]
    assert spread(found.distributions[0]) == [("1", 4, 80), ("2", 1, 20)]
    assert [one.is_hidden for one in results(ranking.questionnaire).questions[0].distributions] == [
        False,
        True,
        True,
    ]


def test_numbers_for_each_of_several_have_their_sums():
    numbers = QuestionFactory(kind=Kind.NUMBERS, offers=["Учитељи", "Наставници"])
    for pair in ((10, 20), (5, None), (15, 7)):
        numbered(numbers, *pair)

    (found,) = results(numbers.questionnaire, suppress=False).questions

    assert found.answered == 3
    assert [(one.label, one.answered, one.total, one.most) for one in found.distributions] == [
        ("Учитељи", 3, 30, 15),
        ("Наставници", 2, 27, 20),
    ]


def test_things_of_a_list_are_counted_by_responses_and_people():
    listed = QuestionFactory(kind=Kind.LISTED)
    for _ in range(4):
        chose(listed, (7, 2))
    chose(listed, (7, 3), (8, 30))

    (whole,) = results(listed.questionnaire, suppress=False).questions
    (found,) = results(listed.questionnaire).questions

    shares = whole.distributions[0].shares
    assert [(one.label, one.code, one.count, one.people) for one in shares] == [
        ("Предмет 7", "7", 5, 11),
        ("Предмет 8", "8", 1, 30),
    ]
    assert whole.texts == []
    rare = found.distributions[0].shares[1]
    assert (rare.is_hidden, rare.count, rare.people) == (True, 0, None)


def test_a_school_is_no_secret():
    question = QuestionFactory()
    answered(question.questionnaire, (question, 4))

    found = results(question.questionnaire, suppress=False)

    assert (found.is_hidden, found.mean) == (False, 4)
    assert results(QuestionFactory().questionnaire, suppress=False).responses == 0


@pytest.mark.parametrize(
    ("kind", "said", "hidden"),
    [
        (Kind.SINGLE, {"А": 2, "Б": 7, "В": 9}, ["А", "Б"]),
        (Kind.SINGLE, {"А": 6, "Б": 7, "В": 0}, []),
        (Kind.MULTIPLE, {"А": 2, "Б": 7, "В": 9}, ["А"]),
        (Kind.MULTIPLE, {"А": 16, "Б": 1, "В": 1}, ["А", "Б", "В"]),
    ],
)
def test_small_counts_are_hidden_with_what_would_give_them_away(kind, said, hidden):
    question = QuestionFactory(kind=kind, offers=list(said))
    for words, n in said.items():
        for _ in range(n):
            answered(question.questionnaire, (question, words))

    (found,) = results(question.questionnaire, cells=True).questions

    shares = found.distributions[0].shares
    assert [share.label for share in shares if share.is_hidden] == hidden
    assert all(share.count == 0 for share in shares if share.is_hidden)


@pytest.mark.parametrize(("ones", "is_shown"), [(4, False), (5, True)])
def test_the_grades_of_a_scale_are_hidden_together_and_their_mean_is_not(ones, is_shown):
    question = QuestionFactory()
    for grade in [1] * ones + [5] * 6:
        answered(question.questionnaire, (question, grade))

    (found,) = results(question.questionnaire, cells=True).questions
    (distribution,) = found.distributions

    assert distribution.is_in_shares is is_shown
    assert distribution.mean == pytest.approx(Decimal(ones + 30) / (ones + 6))


@pytest.mark.parametrize(("number", "hidden"), [(4, True), (5, False)])
def test_a_question_that_fewer_than_five_answered_is_hidden_and_counts_in_no_mean(number, hidden):
    asked = QuestionFactory()
    rare = QuestionFactory(questionnaire=asked.questionnaire)
    for person in range(6):
        answers = [(asked, 5), (rare, 1)] if person < number else [(asked, 5)]
        answered(asked.questionnaire, *answers)

    found = results(asked.questionnaire)

    assert [one.is_hidden for one in found.questions] == [False, hidden]
    assert found.questions[1].distributions == [] or not hidden
    assert found.mean == pytest.approx(5 if hidden else Decimal(35) / 11)


def test_words_come_all_and_not_in_the_order_of_the_responses():
    words = QuestionFactory(kind=Kind.LONG)
    said = [f"Мисао {number}" for number in range(12)]
    for text in said:
        answered(words.questionnaire, (words, text))

    orders = {tuple(results(words.questionnaire).questions[0].texts) for _ in range(5)}

    assert [sorted(order) for order in orders] == [sorted(said)] * len(orders)
    assert len(orders) > 1


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((5, 6), {"Учитељ": 5, "Наставник": 6}),
        ((4, 6), {"Учитељ": None, "Наставник": None}),
        ((6, 6, 4), {"Учитељ": None, "Наставник": 6, "no answer": None}),
    ],
)
def test_the_mean_grade_of_a_small_group_is_hidden_with_its_complement(sizes, shown):
    post = QuestionFactory(kind=Kind.SINGLE, offers=["Учитељ", "Наставник"])
    grade = QuestionFactory(questionnaire=post.questionnaire)
    for number, size in enumerate(sizes):
        for _ in range(size):
            own = [(post, ["Учитељ", "Наставник"][number])] if number < 2 else []
            answered(post.questionnaire, *own, (grade, number + 2))

    (grouping,) = results(post.questionnaire).groupings

    assert {one.label: None if one.is_hidden else one.responses for one in grouping.groups} == shown
    means = {"Учитељ": 2, "Наставник": 3, "no answer": 4}
    assert [one.mean for one in grouping.groups] == [
        None if one.is_hidden else means[one.label] for one in grouping.groups
    ]


def test_the_number_of_statements_does_not_grow():
    questionnaire = QuestionnaireFactory()
    counts = []
    for _ in range(3):
        scale = QuestionFactory(questionnaire=questionnaire)
        one = QuestionFactory(questionnaire=questionnaire, kind=Kind.SINGLE, offers=["Да", "Не"])
        ranking, numbers = (
            QuestionFactory(questionnaire=questionnaire, kind=kind, offers=["А", "Б"])
            for kind in (Kind.RANKING, Kind.NUMBERS)
        )
        listed = QuestionFactory(questionnaire=questionnaire, kind=Kind.LISTED)
        for _ in range(6):
            answered(questionnaire, (scale, 3), (one, "Да"))
            numbered(ranking, 1, 2)
            numbered(numbers, 1, 2)
            chose(listed, (1, 1), (2, 2))
        with CaptureQueriesContext(
            connection,
        ) as statements:
            results(questionnaire)
        counts.append(len(statements))

    assert counts == [counts[0]] * 3
