"""Figures as the table and var/bench.json show them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

COLUMNS = ("figure", "value", "unit", "to bare", "aim", "")


@dataclass(frozen=True)
class Figure:
    """One measured number.

    `name` is `<app>.<what>`; `ratio` compares with the bare project in the same run, and `aim`
    is the most that the ratio shall be; None where nothing is compared or wanted. Where the bare
    project has nothing alike, the ratio is to a time that the work may take.
    """

    name: str
    value: float
    unit: str
    ratio: float | None = None
    aim: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None without an aim."""
        if self.aim is None or self.ratio is None:
            return None
        return self.ratio <= self.aim


def write(figures: Iterable[Figure], ran_on: str, path: Path) -> None:
    """A list of objects, each with what it ran on."""
    rows = [asdict(figure) | {"met": figure.met, "ran_on": ran_on} for figure in figures]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def table(figures: Sequence[Figure]) -> str:
    """All figures in columns, numbers to the right."""
    rows = [COLUMNS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = []
    for name, value, unit, *rest in rows:
        numbers = "  ".join(cell.rjust(width) for cell, width in zip(rest, widths[3:], strict=True))
        lines.append(
            f"{name.ljust(widths[0])}  {value.rjust(widths[1])} {unit.ljust(widths[2])}  {numbers}"
        )
    return "\n".join(line.rstrip() for line in lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    met = {None: "", True: "met", False: "MISSED"}[figure.met]
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
    aim = "" if figure.aim is None else f"≤ {figure.aim:g}"
    return (figure.name, f"{figure.value:.2f}", figure.unit, ratio, aim, met)
