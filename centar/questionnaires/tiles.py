"""A map of equal tiles, one for each place, shaded by a size; a table says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from centar.questionnaires import heat
from centar.questionnaires.series import Value

TILE, GAP = 96, 6
"""In units of the drawing."""

Spot = tuple[int, int]
"""Column and row of a tile, from the left and from above."""


@dataclass(frozen=True)
class Tile:
    """One place: its name, what is said of it, its shade and its corner."""

    label: str
    words: str
    level: int
    x: int
    y: int


@dataclass(frozen=True)
class Tiles:
    """The map; `head` names the columns of its table."""

    title: str
    head: tuple[str, str]
    tiles: list[Tile]

    size = TILE
    middle = TILE // 2

    @property
    def width(self) -> int:
        """In units of the drawing."""
        return max((tile.x for tile in self.tiles), default=0) + TILE

    @property
    def height(self) -> int:
        """In units of the drawing."""
        return max((tile.y for tile in self.tiles), default=0) + TILE

    @property
    def description(self) -> str:
        """The map in one sentence, for those who do not see it."""
        return "; ".join(f"{tile.label}: {tile.words}" for tile in self.tiles)


def tiles(
    title: str,
    head: tuple[str, str],
    values: Iterable[tuple[str, Value]],
    spots: Mapping[str, Spot],
    most: float = 0,
) -> Tiles:
    """A map of named values; names without a spot stand in a last row."""
    rows = list(values)
    most = max([most, *(value.size or 0 for _label, value in rows)])
    below = 1 + max((row for _column, row in spots.values()), default=-1)
    homeless = iter(range(len(rows)))
    drawn = []
    for label, value in rows:
        column, row = spots.get(label) or (next(homeless), below)
        shade = heat.level(value.size or 0, most)
        drawn.append(Tile(label, value.words, shade, column * (TILE + GAP), row * (TILE + GAP)))
    return Tiles(title, head, drawn)
