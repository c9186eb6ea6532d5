"""What participants said together, and how it is drawn."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centar.questionnaires.models import Answer, Question, Rules
from tests.factories.evaluation import asked, graded
from tests.factories.questionnaires import OFFERS, QuestionFactory, answered
from trainings.models import Seminar, SeminarResponse
from trainings.queries import evaluation as queries
from trainings.reports import evaluation as reports

pytestmark = pytest.mark.django_db

Kind = Question.Kind


@pytest.fixture
def seminar():
    return asked()[0]


def ask(seminar, kind=Kind.SCALE, **facts):
    facts = {"offers": OFFERS.get(kind), **facts}
    return QuestionFactory(questionnaire=seminar.questionnaire, kind=kind, **facts)


def say(seminar, *answers):
    """One participant's response, with the numbers of options as a list."""
    plain = [(question, value) for question, value in answers if not isinstance(value, list)]
    response = answered(seminar.questionnaire, *plain)
    for question, value in answers:
        if isinstance(value, list):
            response.answers.bulk_create(
                Answer(response=response, question=question, option=option, number=number)
                for option, number in zip(question.options.all(), value, strict=True)
                if number
            )
    SeminarResponse.objects.create(response=response, seminar=seminar)
    return response


def part(seminar, question):
    """The sentences and the bars of the charts of one question."""
    found = reports.parts(queries.results(seminar).tally)
    (one,) = (part for part in found if part.question == question)
    return one.hidden or [
        (drawing.label, drawing.note, [(bar.label, bar.value) for bar in drawing.chart.bars])
        for drawing in one.drawings
    ]


def test_the_smallest_group_is_a_row_that_the_staff_edit(seminar):
    Rules.objects.create(pk=1, smallest_group=3)
    for _ in range(3):
        say(seminar, (seminar.questionnaire.questions.get(), 4))

    assert queries.results(seminar).mean == 4


def test_numbers_are_drawn_with_their_means(seminar):
    matrix, places, number, numbers = (
        ask(seminar, kind, **facts)
        for kind, facts in (
            (Kind.MATRIX, {}),
            (Kind.RANKING, {"most": 2}),
            (Kind.NUMBER, {}),
            (Kind.NUMBERS, {}),
        )
    )
    for grade in (5, 5, 4, 2, 5):
        extra = (numbers, [grade, 1 if grade == 2 else 0])
        say(seminar, (matrix, [grade, 0]), (places, [1, 2, 0]), (number, grade), extra)

    grades = [
        ("1", "0 (0%)"),
        ("2", "1 (20%)"),
        ("3", "0 (0%)"),
        ("4", "1 (20%)"),
        ("5", "3 (60%)"),
    ]
    assert part(seminar, matrix) == [
        ("Било је јасно.", "5 answers, mean 4.20", grades),
        ("Било је корисно.", "0 answers", [(str(one), "0 (0%)") for one in range(1, 6)]),
    ]
    assert part(seminar, places) == [
        ("Време", "5 answers, mean 1.00", [("1", "5 (100%)"), ("2", "0 (0%)")]),
        ("Новац", "5 answers, mean 2.00", [("1", "0 (0%)"), ("2", "5 (100%)")]),
        ("Место", "0 answers", [("1", "0 (0%)"), ("2", "0 (0%)")]),
    ]
    span = "5 answers, mean 4.20, from 2.00 to 5.00"
    assert part(seminar, number) == [("", span, [])]
    assert part(seminar, numbers) == [
        ("Учитељи", span, []),
        ("Наставници", "Too few answered this.", []),
    ]


def test_of_answers_each_count_is_drawn_and_of_things_of_a_list_those_of_five_people(seminar):
    several, listed, unanswered = (
        ask(seminar, kind) for kind in (Kind.MULTIPLE, Kind.LISTED, Kind.SINGLE)
    )
    for number in range(5):
        response = say(seminar, (several, "Огледе"))
        response.answers.create(question=listed, item=7, number=2, text="Физика")
        if not number:
            response.answers.create(question=listed, item=8, number=9, text="Хемија")
            response.answers.create(question=several, option=several.options.last())

    assert part(seminar, several) == [
        ("", "5 answers", [("Огледе", "5 (100%)"), ("Задатке", "1 (20%)")])
    ]
    assert part(seminar, listed) == [
        ("", "5 answers", [("Физика", "5 (100%)"), ("Хемија", "hidden")])
    ]
    assert part(seminar, unanswered) == "Too few answered this question."


@pytest.mark.parametrize(("number", "hidden"), [(4, True), (5, False)])
def test_what_too_few_answered_is_hidden_and_counts_in_no_mean(seminar, number, hidden):
    whole, rare, matrix = ask(seminar), ask(seminar), ask(seminar, Kind.MATRIX)
    for person in range(6):
        few = [(rare, 1)] if person < number else []
        say(seminar, (whole, 5), *few, (matrix, [5, 1 if person < number else 0]))

    found = queries.results(seminar)

    by_question = {one.question: one for one in found.tally.found}
    assert by_question[rare].is_hidden is hidden
    assert [row.is_hidden for row in by_question[matrix].rows] == [False, hidden]
    assert found.mean == pytest.approx(5 if hidden else Decimal(70) / 22)
    year = queries.grades(Seminar.objects.all())[seminar.pk]
    assert year.mean == found.mean


def test_answers_about_another_seminar_are_not_counted(seminar):
    question = seminar.questionnaire.questions.get()
    other, others_question = asked()
    graded(seminar, question, *[4] * 5)
    graded(other, others_question, *[2] * 5)
    # The staff have given the seminar another questionnaire meanwhile.
    seminar.questionnaire = other.questionnaire

    found = queries.results(seminar)

    assert (found.tally.responses, found.tally.is_hidden, found.mean) == (0, True, None)


def test_words_come_all_and_not_in_the_order_of_the_responses(seminar, monkeypatch):
    monkeypatch.setattr("centar.questionnaires.tallies.MOST_TEXTS", 2)
    words = ask(seminar, Kind.LONG)
    said = [f"Мисао {number:02}" for number in range(12)]
    for text in said:
        say(seminar, (words, text))

    (texts,) = (part.texts for part in reports.parts(queries.results(seminar).tally) if part.texts)

    assert sorted(texts) == said
    assert texts != said


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((5, 6), {"Учитељ": 5, "Наставник": 6}),
        ((4, 6), {"Учитељ": None, "Наставник": None}),
        ((6, 6, 4), {"Учитељ": None, "Наставник": 6, "no answer": None}),
    ],
)
def test_the_mean_grade_of_a_small_group_is_hidden_with_its_complement(seminar, sizes, shown):
    post = ask(seminar, Kind.SINGLE, offers=["Учитељ", "Наставник"])
    grade = seminar.questionnaire.questions.get(kind=Kind.SCALE)
    for number, size in enumerate(sizes):
        for _ in range(size):
            own = [(post, ["Учитељ", "Наставник"][number])] if number < 2 else []
            say(seminar, *own, (grade, number + 2))

    (grouping,) = queries.results(seminar).groupings

    assert {one.label: None if one.is_hidden else one.responses for one in grouping.groups} == shown
    means = {"Учитељ": 2, "Наставник": 3, "no answer": 4}
    assert [one.mean for one in grouping.groups] == [
        None if one.is_hidden else means[one.label] for one in grouping.groups
    ]


def test_the_number_of_statements_does_not_grow(seminar):
    counts = []
    for _ in range(3):
        scale, one = ask(seminar), ask(seminar, Kind.SINGLE)
        places, numbers, listed = (
            ask(seminar, kind) for kind in (Kind.RANKING, Kind.NUMBERS, Kind.LISTED)
        )
        for _ in range(6):
            own = ((scale, 3), (one, "Да"), (places, [1, 2, 3]), (numbers, [1, 2]))
            response = say(seminar, *own)
            response.answers.create(question=listed, item=1, number=2, text="Физика")
        with CaptureQueriesContext(connection) as statements:
            reports.parts(queries.results(seminar).tally)
        counts.append(len(statements))

    assert counts == [counts[0]] * 3
