"""Tables whose cells are the darker the more people they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = 5
"""Shades from nothing, 0, to the darkest."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and its shade."""

    words: str
    level: int = 0


@dataclass(frozen=True)
class Heat:
    """A table with shaded cells; `head` names the column of labels and every other one."""

    title: str
    head: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, Cell]]]]:
        """Each label with its cells, and each cell with the name of its column."""
        return [(label, list(zip(self.head[1:], cells, strict=True))) for label, cells in self.rows]


def level(size: float, most: float) -> int:
    """The shade for a size of at most `most`: 0 for nothing, else 1 to LEVELS."""
    if size <= 0 or most <= 0:
        return 0
    return min(1 + int(LEVELS * size / most), LEVELS)
