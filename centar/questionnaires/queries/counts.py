"""Answers counted in SQL: a constant number of statements, whatever was asked and answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Avg, Count, Max, Min, QuerySet, Sum

from centar.questionnaires.models import Answer, Question

Kind = Question.Kind
NUMBERED = (Kind.NUMBER, Kind.NUMBERS)
"""Kinds whose numbers are counted together and not one by one."""
OF_SEVERAL_ROWS = (Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING, Kind.NUMBERS, Kind.LISTED)
"""Kinds of which one response has several answers."""

Key = tuple[int, int | None]
"""A question and one of its options, or None."""


class Span(NamedTuple):
    """Numbers taken together: how many, their mean, the least, the most and their sum."""

    answered: int
    mean: Decimal
    least: Decimal
    most: Decimal
    total: Decimal


class Choice(NamedTuple):
    """A thing of a list: its key and name, in how many responses, and for how many people."""

    item: int
    name: str
    responses: int
    people: Decimal


@dataclass(frozen=True)
class Counts:
    """What was counted: `people` answered a question, `values` are the grades, places and options
    with how many gave each, `spans` the numbers and `choices` the things of lists.
    """

    people: dict[int, int]
    values: dict[Key, dict[Decimal | None, int]]
    spans: dict[Key, Span]
    choices: dict[int, list[Choice]]

    def answered(self, key: Key) -> int:
        """How many gave a value to the question or to the option."""
        if key in self.spans:
            return self.spans[key].answered
        return sum(self.values.get(key, {}).values())

    def rare(self, smallest: int) -> set[int]:
        """Options with a number that too few gave one."""
        keys = [*self.spans, *(key for key, values in self.values.items() if None not in values)]
        return {
            option
            for question, option in keys
            if option is not None and self.answered((question, option)) < smallest
        }


def count(answers: QuerySet[Answer]) -> Counts:
    """Count these answers of one questionnaire, in four statements."""
    rows = answers.order_by()
    values: dict[Key, dict[Decimal | None, int]] = defaultdict(dict)
    people: dict[int, int] = defaultdict(int)
    plain = rows.filter(item=None).exclude(question__kind__in=(*NUMBERED, *Question.IN_WORDS))
    for question, option, number, n in plain.values_list("question", "option", "number").annotate(
        Count("pk")
    ):
        values[question, option][number] = n
        people[question] += n
    numbers = rows.filter(question__kind__in=NUMBERED).values_list("question", "option")
    spans: dict[Key, Span] = {}
    measured: Iterable[tuple[Any, ...]] = numbers.annotate(
        Count("pk"), Avg("number"), Min("number"), Max("number"), Sum("number")
    )
    for question, option, *span in measured:
        spans[question, option] = Span(*span)
        people[question] += spans[question, option].answered
    choices: dict[int, list[Choice]] = defaultdict(list)
    things = rows.exclude(item=None).values_list("question", "item")
    listed: Iterable[tuple[Any, ...]] = things.annotate(
        Max("text"), n=Count("pk"), people=Sum("number")
    ).order_by("-n", "item")
    for question, item, name, n, total in listed:
        choices[question].append(Choice(item, name, n, total or Decimal(0)))
    several = rows.filter(question__kind__in=(*OF_SEVERAL_ROWS, *Question.IN_WORDS))
    people.update(several.values_list("question").annotate(Count("response", distinct=True)))
    return Counts(people, values, spans, choices)
