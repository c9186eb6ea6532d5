"""The content of a file: headings and rows of plain texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST_ROWS = 5_000
MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True)
class Row:
    """A row with its number in the spreadsheet. Empty cells at the end may be missing."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What was read of a file. `problems` are sentences about cells, by row and place."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: dict[tuple[int, int], str] = field(default_factory=dict)

    def packed(self) -> dict[str, Any]:
        """The sheet for JSON. Only a sheet without problems is packed."""
        assert not self.problems
        rows = [(row.line, row.cells) for row in self.rows]
        return {"name": self.name, "headings": self.headings, "rows": rows}

    @classmethod
    def unpacked(cls, packed: dict[str, Any]) -> Sheet:
        """The sheet back from `packed`."""
        rows = tuple(Row(line, tuple(cells)) for line, cells in packed["rows"])
        return cls(packed["name"], tuple(packed["headings"]), rows)
