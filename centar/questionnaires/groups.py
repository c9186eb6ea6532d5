"""Into which groups anonymous answers may be divided, when each division is shown by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

Cells = Mapping[tuple[Hashable, ...], int]
"""How many people have each combination of values, one value for each way of dividing them."""

REST = None
"""The value of people who are not told apart: those who gave none, and those of small groups."""


def showable(cells: Cells, smallest: int) -> list[set[Hashable]]:
    """For each way of dividing the people, the values whose groups may be shown.

    Whoever reads all those groups and the total can add and subtract them at will, across all
    ways, and never comes to know of a group of fewer than `smallest` people: every combination
    of them that is not nobody says something of at least so many.

    Why: two values of one way are tied when so many pairs of people can be made that differ in
    nothing else. A combination is a sum of one weight for each way. If two tied values weigh
    differently, one of each pair counts in it; if all values of a way are tied and weigh alike,
    the way decides nothing; and if no way decides anything, it is about everybody.
    Earlier ways are kept rather than later ones.
    """
    ways = len(next(iter(cells), ()))
    shown = [_large(cells, way, smallest) for way in range(ways)]
    while True:
        merged = _merged(cells, shown)
        for way in reversed(range(ways)):
            if lonely := _lonely(merged, way, smallest):
                named = lonely - {REST}
                shown[way] -= named or {_smallest_of(cells, way, shown[way])}
                break
        else:
            return shown


def _sizes(cells: Cells, way: int) -> Counter[Hashable]:
    sizes: Counter[Hashable] = Counter()
    for values, people in cells.items():
        sizes[values[way]] += people
    return sizes


def _large(cells: Cells, way: int, smallest: int) -> set[Hashable]:
    sizes = _sizes(cells, way)
    return {value for value, people in sizes.items() if people >= smallest and value is not REST}


def _smallest_of(cells: Cells, way: int, among: set[Hashable]) -> Hashable:
    sizes = _sizes(cells, way)
    return min(among, key=lambda value: (sizes[value], str(value)))


def _merged(cells: Cells, shown: Sequence[set[Hashable]]) -> Cells:
    """The cells when values that are not shown are not told apart."""
    merged: Counter[tuple[Hashable, ...]] = Counter()
    for values, people in cells.items():
        one = tuple(
            value if value in named else REST for value, named in zip(values, shown, strict=True)
        )
        merged[one] += people
    return merged


def _lonely(cells: Cells, way: int, smallest: int) -> set[Hashable]:
    """The values of a way that are tied to the largest one neither directly nor by others."""
    alike: dict[Hashable, Counter[tuple[Hashable, ...]]] = defaultdict(Counter)
    for values, people in cells.items():
        if people:
            alike[values[way]][values[:way] + values[way + 1 :]] += people
    by_size = sorted(alike, key=lambda value: -alike[value].total())
    tied = Counter(alike[by_size[0]]) if by_size else Counter()
    lonely = set(by_size[1:])
    grows = True
    while grows:
        grows = False
        for value in [one for one in by_size if one in lonely]:
            pairs = sum(min(people, tied[rest]) for rest, people in alike[value].items())
            if pairs >= smallest:
                tied.update(alike[value])
                lonely.discard(value)
                grows = True
    return lonely
