"""Who is in which group of a programme.

There are as few groups as hold everybody, and none is smaller than the programme's smallest or
larger than its largest. The schools stand in a row, those of the municipality with most interested
teachers in front, and the row is cut: after a municipality where the size of the group allows it,
else after a school, else within a school. So neighbours stay together without any distances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from needs_survey.planning.demand import Asked, Wanted


@dataclass(frozen=True)
class Cut:
    """The groups of a programme, and those for whom there is none."""

    groups: list[list[Asked]]
    left: list[Asked]


def cut(wanted: Wanted) -> Cut:
    """The groups of a programme. With fewer than its smallest group there is none."""
    smallest, largest = max(1, wanted.smallest), max(1, wanted.largest)
    row = _in_a_row(wanted.asked)
    number = min(-(-wanted.teachers // largest), wanted.teachers // smallest)
    room = min(wanted.teachers, number * largest)
    groups = []
    for following in reversed(range(number)):
        least = max(smallest, room - following * largest)
        most = min(largest, room - following * smallest)
        size = _size(row, least, most, even=-(-room // (following + 1)))
        group, row = _split(row, size)
        groups.append(group)
        room -= size
    return Cut(groups, row)


def by_municipality(asked: Sequence[Asked]) -> tuple[Counter[int], Counter[int]]:
    """How many teachers and how many schools of each municipality asked."""
    teachers: Counter[int] = Counter()
    schools: Counter[int] = Counter()
    for one in asked:
        teachers[one.municipality] += one.teachers
        schools[one.municipality] += 1
    return teachers, schools


def _in_a_row(asked: Sequence[Asked]) -> list[Asked]:
    teachers, schools = by_municipality(asked)
    return sorted(
        asked,
        key=lambda one: (
            -teachers[one.municipality],
            -schools[one.municipality],
            one.municipality,
            -one.teachers,
            one.school,
        ),
    )


def _size(row: Sequence[Asked], least: int, most: int, *, even: int) -> int:
    """The size nearest to the even one after which nothing is torn apart, if there is one."""
    ends = list(accumulate(one.teachers for one in row))
    borders = [
        end
        for end, one, after in zip(ends, row, [*row[1:], None], strict=True)
        if after is None or after.municipality != one.municipality
    ]
    for choice in (borders, ends):
        fitting = [end for end in choice if least <= end <= most]
        if fitting:
            return min(fitting, key=lambda end: (abs(end - even), end))
    return min(max(even, least), most)


def _split(row: Sequence[Asked], size: int) -> tuple[list[Asked], list[Asked]]:
    """The first so many teachers of the row, and the rest of it."""
    group: list[Asked] = []
    for position, one in enumerate(row):
        if one.teachers >= size:
            rest = _some(one, one.teachers - size)
            return [*group, *_some(one, size)], [*rest, *row[position + 1 :]]
        group.append(one)
        size -= one.teachers
    return group, []


def _some(one: Asked, teachers: int) -> list[Asked]:
    if not teachers:
        return []
    return [Asked(one.school, one.municipality, teachers, one.ways)]
