"""Facts about anonymous people, made so coarse that nobody is singled out by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Facts = tuple[int | None, ...]
"""What is known of one person, the coarsest first; None where nothing is."""


def coarsened(people: Sequence[Facts], smallest: int) -> list[Facts]:
    """The facts of the same people, in their order, with as few left empty as it takes: whatever
    facts are left together, at least `smallest` people have exactly those, or all.

    Finer facts are left empty before coarser ones.
    """
    rows = list(people)
    for place in reversed(range(len(rows[0]) if rows else 0)):
        sizes = Counter(rows)
        rows = [
            (*row[:place], None, *row[place + 1 :]) if sizes[row] < smallest else row
            for row in rows
        ]
    while small := [row for row, size in _rising(rows) if size < smallest]:
        # Only those without any fact are so few now: the next larger group joins them.
        joining = next((row for row, _size in _rising(rows) if row not in small), None)
        if joining is None:
            break
        nothing = small[0]
        rows = [nothing if row == joining else row for row in rows]
    return rows


def _rising(rows: Sequence[Facts]) -> list[tuple[Facts, int]]:
    return sorted(Counter(rows).items(), key=lambda group: (group[1], str(group[0])))
