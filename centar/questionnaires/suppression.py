"""Which groups are too small to be shown, so that nobody is recognised in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Group = TypeVar("Group", bound=Hashable)


def hidden(sizes: Mapping[Key, int], smallest: int, also: Collection[Key] = ()) -> set[Key]:
    """The groups to hide when all groups and their total are published.

    Hidden are the groups of fewer than `smallest` people, and with them those of `also` and the
    next larger ones until what is hidden cannot be computed from the total: at least two groups,
    together at least `smallest` people. Groups of nobody tell nothing and are hidden only with
    `also`. The total itself must be of at least `smallest` people, or not be shown either.
    """
    somebody = {key: size for key, size in sizes.items() if size or key in also}
    small = {key for key, size in somebody.items() if 0 < size < smallest}
    return _closed(somebody, small.union(also), smallest) if small else set(also)


def hidden_cells(
    sizes: Mapping[tuple[Group, Key], int], smallest: int, unseen: Collection[Group] = ()
) -> set[tuple[Group, Key]]:
    """The cells to hide of a table of groups by answers that is published with both its totals.

    Keys are a group and an answer; every answer has at least `smallest` people in all, and the
    groups of `unseen` are shown nowhere. Hidden are the cells of fewer than `smallest` people and,
    in each row and column where something is hidden, the next larger ones, see `hidden`. One group
    is hidden in each such column, the smallest if none is `unseen`: so hidden cells stand in closed
    chains, and rows and columns together do not give them away either.
    """
    covered = {cell for cell, size in sizes.items() if 0 < size < smallest}
    if not covered:
        return covered
    columns: dict[Key, dict[tuple[Group, Key], int]] = defaultdict(dict)
    rows: dict[Group, dict[tuple[Group, Key], int]] = defaultdict(dict)
    for cell, size in sizes.items():
        rows[cell[0]][cell] = size
        columns[cell[1]][cell] = size
    chained = set(unseen) or {min(rows, key=lambda group: sum(rows[group].values()))}
    before = 0
    while before < len(covered):
        before = len(covered)
        for answer, column in columns.items():
            if not covered.isdisjoint(column):
                covered |= {(group, answer) for group in chained} & column.keys()
                covered |= _closed(column, covered & column.keys(), smallest)
        for row in rows.values():
            if not covered.isdisjoint(row):
                covered |= _closed(row, covered & row.keys(), smallest)
    return covered


def _closed(sizes: Mapping[Key, int], covered: set[Key], smallest: int) -> set[Key]:
    """What is covered, and with it the next larger ones until the total does not tell it.

    What is hidden may be nobody: who reads the table does not know that.
    """
    covered = set(covered)
    for key in sorted(sizes, key=lambda key: (not sizes[key], sizes[key])):
        if len(covered) >= 2 and sum(sizes[one] for one in covered) >= smallest:
            break
        covered.add(key)
    return covered
