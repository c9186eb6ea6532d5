"""A questionnaire as a form: what it asks, what it refuses, what it brings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from centar.questionnaires import queries
from centar.questionnaires.forms import AnswerForm
from centar.questionnaires.models import Question, Questionnaire
from tests.factories.questionnaires import QuestionFactory, QuestionnaireFactory

pytestmark = pytest.mark.django_db

Kind = Question.Kind


@pytest.fixture
def asked():
    """One question of each kind, all of which must be answered."""
    questionnaire = QuestionnaireFactory()
    offers = {Kind.SINGLE: ["Да", "Не"], Kind.MULTIPLE: ["А", "Б"], Kind.MATRIX: ["Јасно"]}
    return {
        kind: QuestionFactory(
            questionnaire=questionnaire, kind=kind, offers=offers.get(kind), required=True
        )
        for kind in Kind
    }


def form_of(asked, data):
    questionnaire = next(iter(asked.values())).questionnaire
    rows = queries.with_questions(Questionnaire.objects.all())
    return AnswerForm(data, questionnaire=rows.get(pk=questionnaire.pk))


def name(asked, kind):
    question = asked[kind]
    statement = f"_{question.options.get().pk}" if kind == Kind.MATRIX else ""
    return f"q{question.pk}{statement}"


def filled(asked, **changes):
    values = {
        Kind.SCALE: "4",
        Kind.SINGLE: str(asked[Kind.SINGLE].options.get(text="Да").pk),
        Kind.MULTIPLE: [str(option.pk) for option in asked[Kind.MULTIPLE].options.all()],
        Kind.NUMBER: "12.5",
        Kind.SHORT: "Кратко",
        Kind.LONG: "Дугачко",
        Kind.MATRIX: "2",
        **{Kind[kind.upper()]: value for kind, value in changes.items()},
    }
    return {name(asked, kind): value for kind, value in values.items()}


def test_every_kind_brings_its_answers(asked):
    form = form_of(asked, filled(asked))

    assert form.errors == {}
    said = [(one.question.kind, one.number, one.text) for one in form.answers()]
    assert [(kind, Decimal(number) if number else number, text) for kind, number, text in said] == [
        (Kind.SCALE, 4, ""),
        (Kind.SINGLE, None, ""),
        (Kind.MULTIPLE, None, ""),
        (Kind.MULTIPLE, None, ""),
        (Kind.NUMBER, Decimal("12.5"), ""),
        (Kind.SHORT, None, "Кратко"),
        (Kind.LONG, None, "Дугачко"),
        (Kind.MATRIX, 2, ""),
    ]


def test_each_question_that_must_be_answered_says_so(asked):
    form = form_of(asked, {})

    one, several = "Please choose one answer.", "Please choose at least one answer."
    assert {key: list(errors) for key, errors in form.errors.items()} == {
        name(asked, kind): [
            several
            if kind == Kind.MULTIPLE
            else one
            if kind in (Kind.SCALE, Kind.SINGLE, Kind.MATRIX)
            else "This field is required."
        ]
        for kind in Kind
    }


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("scale", "6"),
        ("scale", "0"),
        ("scale", "4\x00"),
        ("single", "999999"),
        ("multiple", ["999999"]),
        ("multiple", ["1 OR 1=1"]),
        ("matrix", "9"),
        ("number", "много"),
        ("number", "1e400"),
        ("number", "NaN"),
        ("short", "а" * 301),
        ("short", "а\x00б"),
        ("long", "а" * 10_000),
    ],
)
def test_what_is_not_offered_is_refused_beside_its_field(asked, kind, value):
    form = form_of(asked, filled(asked, **{kind: value}))

    assert list(form.errors) == [name(asked, Kind[kind.upper()])]


def test_what_may_be_left_out_brings_nothing():
    question = QuestionFactory(kind=Kind.SHORT)
    form = form_of({Kind.SHORT: question}, {f"q{question.pk}": "  "})

    assert form.is_valid()
    assert form.answers() == []
