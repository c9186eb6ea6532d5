"""Bars as they are drawn."""

from __future__ import annotations

import pytest

from centar.questionnaires import charts

HEAD = ("Одговор", "Колико")


def test_bars_are_as_long_as_their_sizes_say():
    chart = charts.bars("Оцене", HEAD, [("а", 4, "4"), ("б", 2, "2"), ("в", 0, "0")])

    assert [(bar.percent, bar.width) for bar in chart.bars] == [(100, 256), (50, 128), (0, 0)]
    assert chart.description == "а: 4; б: 2; в: 0"


def test_the_longest_possible_bar_may_be_given():
    (bar,) = charts.bars("Оцене", HEAD, [("а", 4, "4")], top=5).bars

    assert bar.percent == 80


@pytest.mark.parametrize("rows", [[], [("а", 0, "0")]])
def test_nothing_is_drawn_without_an_accident(rows):
    assert [bar.width for bar in charts.bars("Оцене", HEAD, rows).bars] == [0] * len(rows)


def test_a_long_label_is_cut_in_the_drawing_and_whole_beside_it():
    (bar,) = charts.bars("Оцене", HEAD, [("а" * 60, 1, "1")]).bars

    assert (bar.label, bar.short_label) == ("а" * 60, "а" * 39 + "…")
