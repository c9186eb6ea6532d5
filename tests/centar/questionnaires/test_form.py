"""A questionnaire as a form: what it asks, what it refuses, what it brings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from centar.questionnaires import queries
from centar.questionnaires.forms import AnswerForm, bound
from centar.questionnaires.models import Question, Questionnaire
from tests.factories.questionnaires import OFFERS, QuestionFactory, QuestionnaireFactory
from tests.factories.schools import SubjectFactory

pytestmark = pytest.mark.django_db

Kind = Question.Kind


@pytest.fixture
def asked():
    """One question of each kind, all of which must be answered."""
    questionnaire = QuestionnaireFactory()
    return {
        kind: QuestionFactory(
            questionnaire=questionnaire, kind=kind, offers=OFFERS.get(kind), required=True
        )
        for kind in Kind
    }


@pytest.fixture
def physics():
    return SubjectFactory(name="Физика")


def form_of(asked, data, **options):
    questionnaire = next(iter(asked.values())).questionnaire
    rows = queries.with_questions(Questionnaire.objects.all())
    return AnswerForm(data, questionnaire=rows.get(pk=questionnaire.pk), **options)


def names(asked, kind):
    question = asked[kind]
    if kind in (Kind.MATRIX, Kind.RANKING, Kind.NUMBERS):
        return [f"q{question.pk}_{option.pk}" for option in question.options.all()]
    return [f"q{question.pk}"]


def filled(asked, subject, **changes):
    one, several = asked[Kind.SINGLE].options.all(), asked[Kind.MULTIPLE].options.all()
    values = {
        Kind.SCALE: ["4"],
        Kind.SINGLE: [str(one[0].pk)],
        Kind.MULTIPLE: [[str(option.pk) for option in several]],
        Kind.NUMBER: ["12.5"],
        Kind.SHORT: ["Кратко"],
        Kind.LONG: ["Дугачко"],
        Kind.MATRIX: ["2", "5"],
        Kind.RANKING: ["3", "1", "2"],
        Kind.NUMBERS: ["10", ""],
        Kind.LISTED: [[str(subject.pk)]],
        **{Kind[kind.upper()]: value for kind, value in changes.items()},
    }
    data = {
        name: value
        for kind, several in values.items()
        for name, value in zip(names(asked, kind), several, strict=True)
    }
    return {f"q{asked[Kind.LISTED].pk}_{subject.pk}": "7", **data}


def said(form):
    return [
        (one.question.kind, None if one.number is None else Decimal(one.number), one.text)
        for one in form.answers()
    ]


def test_every_kind_brings_its_answers(asked, physics):
    form = form_of(asked, filled(asked, physics))

    assert form.errors == {}
    assert said(form) == [
        (Kind.SCALE, 4, ""),
        (Kind.SINGLE, None, ""),
        (Kind.MULTIPLE, None, ""),
        (Kind.MULTIPLE, None, ""),
        (Kind.NUMBER, Decimal("12.5"), ""),
        (Kind.SHORT, None, "Кратко"),
        (Kind.LONG, None, "Дугачко"),
        (Kind.MATRIX, 2, ""),
        (Kind.MATRIX, 5, ""),
        (Kind.RANKING, 3, ""),
        (Kind.RANKING, 1, ""),
        (Kind.RANKING, 2, ""),
        (Kind.NUMBERS, 10, ""),
        (Kind.LISTED, 7, "Физика"),
    ]
    assert form.answers()[-1].item == physics.pk


def test_what_was_typed_makes_the_same_form_again(asked, physics):
    form = form_of(asked, filled(asked, physics, number=["много"]))

    again = form_of(asked, bound(form.values()))

    assert again.values() == form.values()
    assert again.errors == form.errors
    assert list(form.errors) == names(asked, Kind.NUMBER)


def test_each_question_that_must_be_answered_says_so(asked):
    form = form_of(asked, {})

    one, words = "Please choose one answer.", "This field is required."
    place = "Please choose a place."
    assert {key: list(errors) for key, errors in form.errors.items()} == {
        name: [sentence]
        for kind, sentences in {
            Kind.SCALE: [one],
            Kind.SINGLE: [one],
            Kind.MULTIPLE: ["Please choose at least one answer."],
            Kind.NUMBER: [words],
            Kind.SHORT: [words],
            Kind.LONG: [words],
            Kind.MATRIX: [one, one],
            Kind.RANKING: [place, place, place],
            Kind.NUMBERS: ["Please write at least one number."],
            Kind.LISTED: ["Please choose something from the list."],
        }.items()
        for name, sentence in zip(names(asked, kind), sentences, strict=False)
    }


def test_a_draft_requires_nothing(asked):
    form = form_of(asked, {}, is_draft=True)

    assert form.errors == {}
    assert form.answers() == []
    assert form.values() == {}


NO_NUMBER = "Please write a number in digits, such as 12."


@pytest.mark.parametrize("is_draft", [False, True])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("scale", ["6"]),
        ("scale", ["0"]),
        ("scale", ["4\x00"]),
        ("single", ["999999"]),
        ("multiple", [["999999"]]),
        ("multiple", [["1 OR 1=1"]]),
        ("matrix", ["9", "1"]),
        ("number", ["много"]),
        ("number", ["1e400"]),
        ("number", ["NaN"]),
        ("number", ["-3"]),
        ("short", ["а" * 301]),
        ("short", ["а\x00б"]),
        ("long", ["а" * 50_000]),
        ("ranking", ["4", "1", "2"]),
        ("numbers", ["12а", "1"]),
        ("listed", [["1 OR 1=1"]]),
        ("listed", [["9" * 19]]),
    ],
)
def test_what_is_not_offered_is_refused_beside_its_field(asked, physics, kind, value, is_draft):
    form = form_of(asked, filled(asked, physics, **{kind: value}), is_draft=is_draft)

    assert list(form.errors) == names(asked, Kind[kind.upper()])[:1]


def test_a_number_with_letters_has_a_sentence(asked, physics):
    form = form_of(asked, filled(asked, physics, number=["12а"], numbers=["3", "два"]))

    assert [list(errors) for errors in form.errors.values()] == [[NO_NUMBER], [NO_NUMBER]]


def test_nothing_typed_is_lost_or_breaks_the_draft(asked, physics):
    words = "а\x00" * 25_000
    form = form_of(asked, filled(asked, physics, long=[words]), is_draft=True)

    assert form.values()[names(asked, Kind.LONG)[0]] == ["а" * 25_000]


def test_what_may_be_left_out_brings_nothing():
    question = QuestionFactory(kind=Kind.SHORT)
    form = form_of({Kind.SHORT: question}, {f"q{question.pk}": "  "})

    assert form.is_valid()
    assert form.answers() == []


@pytest.mark.parametrize(("longest", "room"), [(None, 10_000), (600, 600), (20_000, 20_000)])
def test_a_long_answer_has_the_room_that_its_question_says(longest, room):
    question = QuestionFactory(kind=Kind.LONG, longest=longest)
    whole, over = (
        form_of({Kind.LONG: question}, {f"q{question.pk}": "а" * many}) for many in (room, room + 1)
    )

    assert whole.is_valid()
    assert over.errors == {
        f"q{question.pk}": [
            f"Please shorten this: it has {room + 1} characters, and there is room for {room}."
        ]
    }
