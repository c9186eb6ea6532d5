"""What of counted answers may be shown, so that nobody is recognised in a small group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from centar.questionnaires import suppression
from centar.questionnaires.groups import REST
from centar.questionnaires.models import Question
from centar.questionnaires.tallies import Counted, Place, Score

Kind = Question.Kind

BY_NUMBERS = (Kind.SCALE, Kind.NUMBER, Kind.MATRIX, Kind.RANKING, Kind.NUMBERS)
"""Kinds that are answered by numbers, of which a mean can be made."""
RARER = "rarer"
"""The code of rare answers that are shown together; no offered answer has it for itself."""


@dataclass(frozen=True)
class Row:
    """One line of what a question brought: an offered answer, a statement, a thing of a list, or
    the question itself, without a label.

    `numbers` says how many gave each number, where that may be shown.
    """

    code: str
    label: str
    people: int = 0
    total: Decimal = Decimal(0)
    numbers: Mapping[Decimal, int] = field(default_factory=dict)
    is_hidden: bool = False

    @property
    def mean(self) -> Decimal | None:
        """Of the numbers that were given; None where nobody gave one."""
        return self.total / self.people if self.people else None


@dataclass(frozen=True)
class Found:
    """What a question brought. `is_hidden`: too few answered it for anything to be shown."""

    question: Question
    answered: int = 0
    rows: list[Row] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    is_hidden: bool = False

    def row(self, code: str) -> Row | None:
        """The line with this code that is shown."""
        return next((row for row in self.rows if row.code == code and not row.is_hidden), None)


@dataclass(frozen=True)
class Tally:
    """What a questionnaire brought; without `found` when fewer than `smallest` answered."""

    responses: int
    smallest: int
    found: list[Found] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered for anything to be shown."""
        return self.responses < self.smallest


def of_all(
    questions: Sequence[Question],
    counted: Counted,
    smallest: int = 1,
    *,
    cells: Collection[str] = Kind.values,
) -> Tally:
    """What everybody answered, the questions having their options prefetched.

    `smallest` is that of the rules where answers are anonymous. A question or a statement that
    fewer answered is hidden, and of the kinds in `cells` each count of fewer too, with what would
    give it away.
    """
    if counted.responses < smallest:
        return Tally(counted.responses, smallest)
    found = [
        _of_all(one, counted, smallest, smallest if one.kind in cells else 1) for one in questions
    ]
    return Tally(counted.responses, smallest, found)


def _of_all(question: Question, counted: Counted, smallest: int, cell: int) -> Found:
    answered = counted.answered.get(question.pk, 0)
    if question.kind in Question.IN_WORDS:
        return Found(question, answered, texts=counted.texts[question.pk])
    if 0 < answered < smallest:
        return Found(question, is_hidden=True)
    lines = [
        (code, label, counted.scores.get(place, Score()))
        for place, code, label in _places(question, [counted])
    ]
    if question.kind in BY_NUMBERS:
        rows = [_by_numbers(*line, smallest, cell) for line in lines]
    else:
        sizes = {code: score.people for code, _label, score in lines}
        covered = _covered(question, sizes, answered, cell)
        rows = [
            Row(code, label, is_hidden=True)
            if code in covered
            else Row(code, label, score.people, score.total)
            for code, label, score in lines
        ]
    return Found(question, answered, rows)


def _by_numbers(code: str, label: str, score: Score, smallest: int, cell: int) -> Row:
    """With the mean two hidden counts could be computed: beside a small one none is shown."""
    if 0 < score.people < smallest:
        return Row(code, label, is_hidden=True)
    is_small = any(people < cell for people in score.numbers.values())
    return Row(code, label, score.people, score.total, {} if is_small else score.numbers)


def _covered(
    question: Question, sizes: Mapping[str, int], answered: int, cell: int
) -> Collection[str]:
    if question.kind == Kind.SINGLE:
        return suppression.hidden(sizes, cell)
    # Each is a question of its own: those who did not choose it are a group as well.
    return {
        code for code, people in sizes.items() if 0 < people < cell or 0 < answered - people < cell
    }


def of_group(
    questions: Sequence[Question],
    groups: Mapping[Hashable, Counted],
    shown: Collection[Hashable],
    chosen: Hashable,
    smallest: int,
) -> Tally:
    """What one group of an anonymous round answered, one of `shown` (see `groups.showable`).

    Words are left out, and of numbers only means are given: who gave a rare one could be followed
    from one way of dividing to another. Groups and counts that are too small are hidden with
    those from which they could be computed.
    """
    merged = _merged(groups, shown)
    found = [
        _of_group(one, merged, chosen, smallest)
        for one in questions
        if one.kind not in Question.IN_WORDS
    ]
    return Tally(merged[chosen].responses, smallest, found)


def _merged(
    groups: Mapping[Hashable, Counted], shown: Collection[Hashable]
) -> dict[Hashable, Counted]:
    """The groups that are shown, and all the others as one."""
    merged: dict[Hashable, Counted] = {}
    for value, counted in groups.items():
        one = merged.setdefault(value if value in shown else REST, Counted(0))
        one.responses += counted.responses
        one.names |= counted.names
        for question, people in counted.answered.items():
            one.answered[question] = one.answered.get(question, 0) + people
        for place, score in counted.scores.items():
            one.scores[place].add(score.people, score.total)
    return merged


def _of_group(
    question: Question, groups: Mapping[Hashable, Counted], chosen: Hashable, smallest: int
) -> Found:
    sizes = {value: counted.answered.get(question.pk, 0) for value, counted in groups.items()}
    unseen = suppression.hidden(sizes, smallest, {REST} & sizes.keys())
    if chosen in unseen:
        return Found(question, is_hidden=True)
    places = _places(question, groups.values())
    if question.kind in BY_NUMBERS:
        rows = [_mean(*place, groups, chosen, smallest) for place in places]
    elif question.kind == Kind.SINGLE:
        rows = _of_several(places, groups, chosen, unseen, smallest)
    else:
        rows = [_chosen(*place, groups, chosen, unseen, smallest) for place in places]
    return Found(question, sizes[chosen], rows)


def _mean(
    place: Place,
    code: str,
    label: str,
    groups: Mapping[Hashable, Counted],
    chosen: Hashable,
    smallest: int,
) -> Row:
    sizes = {value: _people(counted, place) for value, counted in groups.items()}
    if chosen in suppression.hidden(sizes, smallest, {REST} & sizes.keys()):
        return Row(code, label, is_hidden=True)
    score = groups[chosen].scores.get(place, Score())
    return Row(code, label, score.people, score.total)


def _chosen(
    place: Place,
    code: str,
    label: str,
    groups: Mapping[Hashable, Counted],
    chosen: Hashable,
    unseen: Collection[Hashable],
    smallest: int,
) -> Row:
    """One of several answers: those who chose it beside those who did not."""
    cells = {}
    for value, counted in groups.items():
        people = _people(counted, place)
        cells[value, True] = people
        cells[value, False] = counted.answered.get(place.question, 0) - people
    totals = [sum(size for (_v, side), size in cells.items() if side is one) for one in (0, 1)]
    is_rare = any(0 < total < smallest for total in totals)
    own = {(chosen, True), (chosen, False)}
    if is_rare or own & suppression.hidden_cells(cells, smallest, unseen):
        return Row(code, label, is_hidden=True)
    score = groups[chosen].scores.get(place, Score())
    return Row(code, label, score.people, score.total)


def _of_several(
    places: list[tuple[Place, str, str]],
    groups: Mapping[Hashable, Counted],
    chosen: Hashable,
    unseen: Collection[Hashable],
    smallest: int,
) -> list[Row]:
    """The answers of which one is chosen; rare ones stand together."""
    totals = {
        code: sum(_people(counted, place) for counted in groups.values())
        for place, code, _label in places
    }
    rare = suppression.hidden(totals, smallest)
    cells: dict[tuple[Hashable, str], int] = defaultdict(int)
    for place, code, _label in places:
        for value, counted in groups.items():
            cells[value, RARER if code in rare else code] += _people(counted, place)
    covered = suppression.hidden_cells(cells, smallest, unseen)
    lines = [(code, label) for _place, code, label in places if code not in rare]
    lines += [(RARER, _("Rarer answers"))] if rare else []
    return [
        Row(code, label, is_hidden=True)
        if (chosen, code) in covered
        else Row(code, label, cells[chosen, code])
        for code, label in lines
    ]


def _people(counted: Counted, place: Place) -> int:
    score = counted.scores.get(place)
    return score.people if score else 0


def _places(question: Question, counted: Collection[Counted]) -> list[tuple[Place, str, str]]:
    """The lines of a question: where each is counted, its code and its label."""
    if question.kind in (Kind.SCALE, Kind.NUMBER):
        return [(Place(question.pk), "", "")]
    if question.kind != Kind.LISTED:
        return [
            (Place(question.pk, option.pk), option.code, option.text)
            for option in question.options.all()
        ]
    people: dict[Any, int] = defaultdict(int)
    names: dict[Any, str] = {}
    for one in counted:
        names |= one.names
        for place, score in one.scores.items():
            if place.question == question.pk:
                people[place.item] += score.people
    items = sorted(people, key=lambda item: (-people[item], item))
    return [
        (Place(question.pk, item=item), str(item), names.get(item, str(item))) for item in items
    ]
