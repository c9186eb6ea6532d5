"""Bar charts as drawings of SVG; the table that says the same stands beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
BAR, ROW = 14, 40
"""Heights in units of the drawing: of a bar, and of its row with the label above it."""
VALUE_SPACE = 64
LONGEST_LABEL = 40


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, its value as written, and where it is drawn.

    `percent` is its length, of the longest possible bar.
    """

    label: str
    short_label: str
    value: str
    label_y: int
    y: int
    value_y: int
    width: int
    value_x: int
    percent: int


@dataclass(frozen=True)
class Chart:
    """A drawing with its title; `head` names the table's columns."""

    title: str
    head: tuple[str, str]
    bars: list[Bar]

    width = WIDTH
    bar_height = BAR

    @property
    def height(self) -> int:
        """In units of the drawing."""
        return ROW * len(self.bars)

    @property
    def description(self) -> str:
        """The chart in one sentence, for those who do not see it."""
        return "; ".join(f"{bar.label}: {bar.value}" for bar in self.bars)


def bars(
    title: str, head: tuple[str, str], rows: Sequence[tuple[str, float, str]], top: float = 0
) -> Chart:
    """A chart of rows of label, size and value as written; the longest bar is `top` or the most."""
    most = max([top, *(size for _label, size, _value in rows)]) or 1
    return Chart(
        title,
        head,
        [_bar(number, most, *row) for number, row in enumerate(rows)],
    )


def _bar(number: int, most: float, label: str, size: float, value: str) -> Bar:
    y = number * ROW + 20
    width = max(round((WIDTH - VALUE_SPACE) * size / most), 2 if size else 0)
    short = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
    percent = round(100 * size / most)
    return Bar(label, short, value, y - 6, y, y + BAR - 2, width, width + 6, percent)
