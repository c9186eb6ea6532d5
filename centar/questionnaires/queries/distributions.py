"""How the answers to a question are spread, and what of it too few gave to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from centar.questionnaires import suppression
from centar.questionnaires.models import SCALE, Option, Question
from centar.questionnaires.queries.counts import Counts

Kind = Question.Kind


@dataclass(frozen=True)
class Share:
    """How many chose this, and how many percent of those who answered the question.

    `code` is that of the option, or the grade or place; of a thing of a list it is its key, and
    `people` for how many it was asked. `is_hidden`: too few, or what would give them away.
    """

    label: str
    count: int
    percent: int
    code: str = ""
    people: int | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Distribution:
    """How the answers to a question, or to one of its options, are spread.

    A statement has the counts of its grades and their mean; an answer put in order the counts of
    its places and its mean place; a number its mean, span and sum (`total`). `is_hidden`: too few
    gave it a number.
    """

    label: str
    answered: int
    shares: list[Share]
    mean: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    total: Decimal | None = None
    code: str = ""
    is_hidden: bool = False

    @property
    def is_in_shares(self) -> bool:
        """Whether the counts may be shown."""
        return not any(share.is_hidden for share in self.shares)


@dataclass(frozen=True)
class Limits:
    """From how many on something is shown; 0 shows all. `cells` counts for single counts too."""

    smallest: int
    cells: int


def distributions(question: Question, counts: Counts, limits: Limits) -> list[Distribution]:
    """The distributions of one question that enough people answered."""
    options = list(question.options.all())
    people = counts.people.get(question.pk, 0)
    match question.kind:
        case Kind.SCALE:
            return [_graded(question, None, SCALE, counts, limits)]
        case Kind.NUMBER:
            return [_numbered(question, None, counts)]
        case Kind.MATRIX:
            return _of_each(question, options, SCALE, counts, limits)
        case Kind.RANKING:
            places = range(1, min(question.most or len(options), len(options)) + 1)
            return _of_each(question, options, places, counts, limits)
        case Kind.NUMBERS:
            return _of_each(question, options, None, counts, limits)
        case Kind.LISTED:
            return [_listed(question, people, counts, limits)]
        case _:
            return [_chosen(question, options, people, counts, limits)]


def _of_each(
    question: Question,
    options: list[Option],
    values: Iterable[int] | None,
    counts: Counts,
    limits: Limits,
) -> list[Distribution]:
    rare = counts.rare(limits.smallest)
    return [
        Distribution(option.text, 0, [], code=option.code, is_hidden=True)
        if option.pk in rare
        else _numbered(question, option, counts)
        if values is None
        else _graded(question, option, values, counts, limits)
        for option in options
    ]


def _graded(
    question: Question,
    option: Option | None,
    values: Iterable[int],
    counts: Counts,
    limits: Limits,
) -> Distribution:
    """Grades or places. With the mean two hidden counts could be computed, so none is shown."""
    given = counts.values.get((question.pk, option.pk if option else None), {})
    of_each = {value: given.get(Decimal(value), 0) for value in values}
    people = sum(of_each.values())
    is_small = any(0 < n < limits.cells for n in of_each.values())
    total = Decimal(sum(value * n for value, n in of_each.items()))
    return Distribution(
        option.text if option else "",
        people,
        [_share(str(value), str(value), n, people, is_small) for value, n in of_each.items()],
        mean=total / people if people else None,
        code=option.code if option else "",
    )


def _numbered(question: Question, option: Option | None, counts: Counts) -> Distribution:
    label, code = (option.text, option.code) if option else ("", "")
    span = counts.spans.get((question.pk, option.pk if option else None))
    if span is None:
        return Distribution(label, 0, [], code=code)
    return Distribution(
        label, span.answered, [], span.mean, span.least, span.most, span.total, code
    )


def _chosen(
    question: Question, options: list[Option], people: int, counts: Counts, limits: Limits
) -> Distribution:
    sizes = {option: counts.answered((question.pk, option.pk)) for option in options}
    if question.kind == Kind.SINGLE:
        covered = suppression.hidden(sizes, limits.cells)
    else:
        # Each box is a question of its own: those who left it empty are a group as well.
        covered = {
            option
            for option, n in sizes.items()
            if 0 < n < limits.cells or 0 < people - n < limits.cells
        }
    shares = [
        _share(option.text, option.code, n, people, option in covered)
        for option, n in sizes.items()
    ]
    return Distribution("", people, shares)


def _listed(question: Question, people: int, counts: Counts, limits: Limits) -> Distribution:
    shares = [
        _share(
            thing.name,
            str(thing.item),
            thing.responses,
            people,
            thing.responses < limits.smallest,
            int(thing.people),
        )
        for thing in counts.choices.get(question.pk, [])
    ]
    return Distribution("", people, shares)


def _share(
    label: str, code: str, n: int, people: int, is_hidden: bool, wanted: int | None = None
) -> Share:
    if is_hidden:
        return Share(label, 0, 0, code, is_hidden=True)
    return Share(label, n, round(100 * n / people) if people else 0, code, wanted)
