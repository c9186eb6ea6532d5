"""Bars of one or more series, such as this year and last year, each row's bars together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
BAR, GAP, LABEL, SPACE = 14, 2, 20, 8
"""Heights in units of the drawing: of a bar, between bars, of a label, and between rows."""
LONGEST_LABEL = 40
LETTER, LEAST_BAR = 7, 80
"""Widths: of a letter of the words beside a bar, and the least that is left for the bars."""


@dataclass(frozen=True)
class Value:
    """A size with the words that say it; None is nothing to draw, such as a hidden one."""

    size: float | None
    words: str


@dataclass(frozen=True)
class Bar:
    """One bar: of which series it is, what it says, and where it is drawn."""

    series: int
    words: str
    y: int
    words_y: int
    width: int
    words_x: int


@dataclass(frozen=True)
class Row:
    """A label with one bar of each series."""

    label: str
    short_label: str
    label_y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    """A drawing with its title; `head` names the table's columns: the label, then each series."""

    title: str
    head: Sequence[str]
    rows: list[Row]
    height: int

    width = WIDTH
    bar_height = BAR

    @property
    def has_legend(self) -> bool:
        """Whether it must be said which bar is which."""
        return len(self.head) > 2

    @property
    def description(self) -> str:
        """The chart in one sentence, for those who do not see it."""
        return "; ".join(
            f"{row.label}: {', '.join(bar.words for bar in row.bars)}" for row in self.rows
        )


def bars(
    title: str,
    head: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Value]]],
    top: float = 0,
) -> Chart:
    """A chart of labels with their values; the longest bar is `top` or the largest size."""
    every = [value for _label, values in rows for value in values]
    most = max([top, *(value.size or 0 for value in every)]) or 1
    # The words stand beside the longest bar too.
    longest = max(WIDTH - LETTER * max([len(one.words) for one in every] + [10]), LEAST_BAR)
    drawn, y = [], 0
    for label, values in rows:
        first = y + LABEL
        bars_of_row = [
            _bar(series, value, first + series * (BAR + GAP), longest / most)
            for series, value in enumerate(values)
        ]
        drawn.append(Row(label, _short(label), first - 6, bars_of_row))
        y = first + len(values) * (BAR + GAP) + SPACE
    return Chart(title, head, drawn, y)


def _bar(series: int, value: Value, y: int, scale: float) -> Bar:
    size = value.size or 0
    width = max(round(scale * size), 2 if size else 0)
    return Bar(series, value.words, y, y + BAR - 2, width, width + 6)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
