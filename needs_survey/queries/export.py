"""All answers to a round as a table: one row a response, one column an answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from random import SystemRandom
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max
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
# Words of SPSS's language, which cannot name a variable.
_RESERVED = frozenset(
    ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
)


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
    questions = results.questions_of(round)
    words = [one for one in questions if is_anonymous and one.kind in Question.IN_WORDS]
    lists = _lists(round)
    layouts = [_Layout(one, lists[one.pk]) for one in questions if one not in words]
    texts: dict[int, list[str]] = {one.pk: [] for one in words}
    cells: dict[UUID, list[Cell]] = {}
    for response, said in _answers(round):
        cells[response] = [cell for one in layouts for cell in one.cells(said)]
        for question, collected in texts.items():
            collected += [one.text for one in said.get(question, ())]
    for collected in texts.values():
        SystemRandom().shuffle(collected)
    facts, columns = _anonymous_facts(round) if is_anonymous else _schools(round)
    columns = [*columns, *(column for one in layouts for column in one.columns)]
    nothing: list[Cell] = [cell for one in layouts for cell in one.cells({})]
    rows = [[*of_response, *cells.get(response, nothing)] for response, of_response in facts]
    return Extract(round, _named_apart(columns), rows, [(one, texts[one.pk]) for one in words])


class Said(NamedTuple):
    """An answer as it is read; models would take ten times the memory."""

    option: int | None
    item: int | None
    number: Decimal | None
    text: str


@dataclass
class Listing:
    """Of a question that things are chosen from: their names, and how many one response has."""

    names: dict[int, str] = field(default_factory=dict)
    most: int = 0


def _answers(round: Round) -> Iterator[tuple[UUID, dict[int, list[Said]]]]:
    """The answers of one response after the other, by question."""
    rows = Answer.objects.filter(response__of_round__round=round).order_by("response")
    fields = ("response", "question", "option", "item", "number", "text")
    read = rows.values_list(*fields).iterator(chunk_size=5000)
    for response, answers in groupby(read, itemgetter(0)):
        said: dict[int, list[Said]] = defaultdict(list)
        for _response, question, *answer in answers:
            said[question].append(Said(*answer))
        yield response, said


def _lists(round: Round) -> dict[int, Listing]:
    listings: dict[int, Listing] = defaultdict(Listing)
    things = Answer.objects.filter(response__of_round__round=round, item__isnull=False).order_by()
    for question, item, name in things.values_list("question", "item").annotate(Max("text")):
        listings[question].names[item] = name
    for question, _response, number in things.values_list("question", "response").annotate(
        Count("pk")
    ):
        listings[question].most = max(listings[question].most, number)
    return listings


class _Layout:
    """The columns of one question, and its cells in a row."""

    def __init__(self, question: Question, listing: Listing) -> None:
        self.question = question
        self.listing = listing
        self.options = list(question.options.all())
        # A choice among several is told by its number.
        self.numbers = {one.pk: number for number, one in enumerate(self.options, start=1)}
        self.columns = list(self._columns())

    def _columns(self) -> Iterator[Column]:
        question = self.question
        name, text = question.code, question.text
        if question.kind == Kind.LISTED:
            for number in range(1, max(question.most or 0, self.listing.most) + 1):
                yield Column(f"{name}_{number}", f"{text} ({number})", self.listing.names)
                if question.counts_people:
                    yield Column(f"{name}_{number}_n", f"{text} ({number}): {_('people')}")
        elif question.kind == Kind.SINGLE:
            yield Column(name, text, {self.numbers[one.pk]: one.text for one in self.options})
        elif self.options:
            values = {0: _("no"), 1: _("yes")} if question.kind == Kind.MULTIPLE else {}
            for one in self.options:
                code = one.code if _NAMEABLE.fullmatch(one.code) else str(self.numbers[one.pk])
                yield Column(f"{name}_{code}", question.with_part(one.text), values)
        else:
            yield Column(name, text, is_text=question.kind in Question.IN_WORDS)

    def cells(self, said: Mapping[int, Sequence[Said]]) -> list[Cell]:
        """What one response says, a cell for each column; empty where it says nothing."""
        answers = said.get(self.question.pk, ())
        if not answers:
            return [None] * len(self.columns)
        if self.question.kind == Kind.LISTED:
            by_name = sorted(answers, key=lambda one: one.text)
            width = 2 if self.question.counts_people else 1
            told: list[Cell] = [cell for one in by_name for cell in (one.item, one.number)[:width]]
            return told + [None] * (len(self.columns) - len(told))
        if self.question.kind == Kind.SINGLE:
            return [self.numbers.get(answers[0].option or 0)]
        if not self.options:
            return [answers[0].text or answers[0].number]
        of_each = {one.option: one.number for one in answers}
        if self.question.kind == Kind.MULTIPLE:
            return [int(one.pk in of_each) for one in self.options]
        return [of_each.get(one.pk) for one in self.options]


Facts = list[tuple[UUID, list[Cell]]]


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


def _named_apart(columns: Sequence[Column]) -> list[Column]:
    """The columns with names that differ, letter case aside, and that SPSS takes."""
    taken: set[str] = set()
    named = []
    for column in columns:
        whole = f"{column.name}_q" if column.name in _RESERVED else column.name
        name, number = whole[:_LONGEST_NAME], 1
        while name.lower() in taken:
            number += 1
            ending = f"_{number}"
            name = whole[: _LONGEST_NAME - len(ending)] + ending
        taken.add(name.lower())
        named.append(Column(name, column.label, column.values, column.is_text))
    return named
