"""All answers to a round as a table: one row a response, one column an answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import SystemRandom
from typing import Any

from django.utils.translation import gettext as _

from centar.questionnaires import coarse
from centar.questionnaires.models import Answer, Question
from centar.schools.models import Municipality, School, Subject
from needs_survey.models import Round, RoundResponse
from needs_survey.queries import results

Kind = Question.Kind
Cell = Decimal | int | str | None

KINDS = {value: number for number, value in enumerate(School.Kind.values, start=1)}
"""Kinds of school by the numbers that stand for them."""
# What stands in a name of a variable, and does not end with a line.
_NAMEABLE = re.compile(r"[A-Za-z0-9_]*[A-Za-z0-9]")
_LONGEST_NAME = 64


@dataclass(frozen=True)
class Column:
    """A column: its name, which SPSS takes too, what it says, and what its numbers stand for."""

    name: str
    label: str
    values: Mapping[int, str] = field(default_factory=dict)
    is_text: bool = False


@dataclass(frozen=True)
class Extract:
    """A round's answers. `words` are those that stand in no row, since the rows are anonymous."""

    round: Round
    columns: list[Column]
    rows: list[list[Cell]]
    words: list[tuple[Question, list[str]]] = field(default_factory=list)


def extract(round: Round) -> Extract:
    """Every answer to the round.

    Anonymous rows are in a random order, with the facts of small groups left empty and without
    what was written in words, by which somebody could be known: those stand apart, in a random
    order of their own.
    """
    is_anonymous = round.kind == Round.Kind.TEACHERS
    given = _answers(round)
    questions = results.questions_of(round)
    words = [one for one in questions if is_anonymous and one.kind in Question.IN_WORDS]
    asked = [one for one in questions if one not in words]
    layouts = [_Layout(one, given) for one in asked]
    facts, fact_columns = _anonymous_facts(round) if is_anonymous else _schools(round)
    columns = [*fact_columns, *(column for one in layouts for column in one.columns)]
    rows = [
        [*of_response, *(cell for one in layouts for cell in one.cells(given[response]))]
        for response, of_response in facts
    ]
    return Extract(
        round, _named_apart(columns), rows, [(one, _shuffled_texts(given, one)) for one in words]
    )


Given = dict[Any, dict[int, list[Answer]]]


def _answers(round: Round) -> Given:
    """The answers by response and question; a list keeps the order of its things by name."""
    found: Given = defaultdict(lambda: defaultdict(list))
    rows = Answer.objects.filter(response__of_round__round=round).only(
        "response_id", "question_id", "option_id", "item", "number", "text"
    )
    for answer in rows.order_by("text", "pk"):
        found[answer.response_id][answer.question_id].append(answer)
    return found


class _Layout:
    """The columns of one question, and its cells in a row."""

    def __init__(self, question: Question, given: Given) -> None:
        self.question = question
        self.options = list(question.options.all())
        # A choice among several is told by its number.
        self.numbers = {one.pk: number for number, one in enumerate(self.options, start=1)}
        self.most = 0
        self.names: dict[int, str] = {}
        if question.kind == Kind.LISTED:
            lists = [of_one.get(question.pk, []) for of_one in given.values()]
            self.most = max([question.most or 0, *map(len, lists)])
            self.names = {one.item: one.text for several in lists for one in several if one.item}
        self.columns = list(self._columns())

    def _columns(self) -> Iterator[Column]:
        question = self.question
        name, text = question.code, question.text
        if question.kind == Kind.LISTED:
            for number in range(1, self.most + 1):
                yield Column(f"{name}_{number}", f"{text} ({number})", self.names)
                yield Column(f"{name}_{number}_n", f"{text} ({number}): {_('people')}")
        elif question.kind == Kind.SINGLE:
            yield Column(name, text, {self.numbers[one.pk]: one.text for one in self.options})
        elif self.options:
            values = {0: _("no"), 1: _("yes")} if question.kind == Kind.MULTIPLE else {}
            for one in self.options:
                code = one.code if _NAMEABLE.fullmatch(one.code) else str(self.numbers[one.pk])
                yield Column(f"{name}_{code}", f"{text}: {one.text}", values)
        else:
            yield Column(name, text, is_text=question.kind in Question.IN_WORDS)

    def cells(self, of_response: Mapping[int, list[Answer]]) -> list[Cell]:
        """What one response says, a cell for each column; empty where it says nothing."""
        answers = of_response.get(self.question.pk, [])
        if not answers:
            return [None] * len(self.columns)
        if self.question.kind == Kind.LISTED:
            pairs: list[Cell] = [cell for one in answers for cell in (one.item, one.number)]
            return pairs + [None] * (len(self.columns) - len(pairs))
        if self.question.kind == Kind.SINGLE:
            return [self.numbers.get(answers[0].option_id or 0)]
        if not self.options:
            return [answers[0].text or answers[0].number]
        of_each = {one.option_id: one.number for one in answers}
        if self.question.kind == Kind.MULTIPLE:
            return [int(one.pk in of_each) for one in self.options]
        return [of_each.get(one.pk) for one in self.options]


Facts = list[tuple[Any, list[Cell]]]


def _schools(round: Round) -> tuple[Facts, list[Column]]:
    """Who answered: schools by name."""
    rows = RoundResponse.objects.filter(round=round).select_related("school")
    facts: Facts = [
        (one.pk, [str(one.school or ""), one.municipality_id, KINDS.get(one.school_kind)])
        for one in rows.order_by("school__sort_azbuka", "pk")
    ]
    name = Column("skola", _("School"), is_text=True)
    return facts, [name, *_fact_columns()[:2]]


def _anonymous_facts(round: Round) -> tuple[Facts, list[Column]]:
    """Of whom the answers are, as far as it may be told, in a random order."""
    rows = list(
        RoundResponse.objects.filter(round=round).values_list(
            "pk", "municipality", "school_kind", "subject"
        )
    )
    SystemRandom().shuffle(rows)
    known = [(place, KINDS.get(kind), subject) for _key, place, kind, subject in rows]
    told = coarse.coarsened(known, results.smallest_of(round))
    facts: Facts = [(row[0], list(one)) for row, one in zip(rows, told, strict=True)]
    return facts, _fact_columns()


def _fact_columns() -> list[Column]:
    kinds = {KINDS[value]: str(label) for value, label in School.Kind.choices}
    return [
        Column("opstina", _("Municipality"), dict(Municipality.objects.values_list("pk", "name"))),
        Column("vrsta", _("Kind of school"), kinds),
        Column("predmet", _("Subject"), dict(Subject.objects.values_list("pk", "name"))),
    ]


def _shuffled_texts(given: Given, question: Question) -> list[str]:
    texts = [one.text for of_one in given.values() for one in of_one.get(question.pk, [])]
    SystemRandom().shuffle(texts)
    return texts


def _named_apart(columns: Sequence[Column]) -> list[Column]:
    """The columns with names that differ, letter case aside, and are not too long for SPSS."""
    taken: set[str] = set()
    named = []
    for column in columns:
        name, number = column.name[:_LONGEST_NAME], 1
        while name.lower() in taken:
            number += 1
            ending = f"_{number}"
            name = column.name[: _LONGEST_NAME - len(ending)] + ending
        taken.add(name.lower())
        named.append(Column(name, column.label, column.values, column.is_text))
    return named
