"""Which groups are too small to be shown, so that nobody is recognised in them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hidden(sizes: Mapping[Key, int], smallest: int) -> set[Key]:
    """The groups to hide when all groups and their total are published.

    Hidden are the groups of fewer than `smallest` people, and with them the next larger ones
    until what is hidden cannot be computed from the total: at least two groups, together at
    least `smallest` people. Groups of nobody tell nothing and are never hidden. The total itself
    must be of at least `smallest` people, or not be shown either.
    """
    by_size = sorted((key for key in sizes if sizes[key] > 0), key=lambda key: sizes[key])
    covered = {key for key in by_size if sizes[key] < smallest}
    if not covered:
        return set()
    for key in by_size:
        if len(covered) >= 2 and sum(sizes[one] for one in covered) >= smallest:
            break
        covered.add(key)
    return covered
