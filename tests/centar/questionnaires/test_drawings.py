"""Bars of several series, shades and tiles as they are drawn."""

from __future__ import annotations

import pytest

from centar.questionnaires import heat, series, tiles
from centar.questionnaires.series import Value


def test_the_bars_of_a_row_stand_together_and_are_as_long_as_their_sizes_say():
    rows = [("а", [Value(4, "4"), Value(2, "2")]), ("б", [Value(0, "0"), Value(None, "–")])]

    chart = series.bars("Оцене", ["Одговор", "Ове године", "Лане"], rows)

    assert [[bar.width for bar in row.bars] for row in chart.rows] == [[250, 125], [0, 0]]
    assert [row.label_y for row in chart.rows] == [14, 74]
    assert (chart.description, chart.has_legend) == ("а: 4, 2; б: 0, –", True)
    assert chart.height > max(bar.y for row in chart.rows for bar in row.bars)


def test_the_longest_possible_bar_may_be_given_and_long_labels_are_cut_in_the_drawing():
    (row,) = series.bars("О", ["а", "б"], [("а" * 60, [Value(4, "4")])], top=8).rows

    assert (row.bars[0].width, row.label, len(row.short_label)) == (125, "а" * 60, 40)


@pytest.mark.parametrize(("letters", "longest"), [(3, 250), (25, 145), (60, 80)])
def test_beside_the_longest_bar_there_is_room_for_the_longest_words(letters, longest):
    rows = [("а", [Value(4, "4"), Value(2, "ж" * letters)])]

    chart = series.bars("О", ["а", "б", "в"], rows)

    assert [bar.width for bar in chart.rows[0].bars] == [longest, round(longest / 2)]


@pytest.mark.parametrize(("size", "shade"), [(0, 0), (1, 1), (19, 1), (20, 2), (99, 5), (100, 5)])
def test_a_shade_is_a_fifth_of_the_most(size, shade):
    assert heat.level(size, 100) == shade


def test_each_place_has_its_tile_and_places_without_a_spot_stand_below():
    values = [("Рача", Value(50, "50%")), ("Нова", Value(None, "–")), ("Кнић", Value(100, "100%"))]

    drawn = tiles.tiles("Мапа", ("Место", "Колико"), values, {"Рача": (1, 0), "Кнић": (0, 1)})

    assert [(one.label, one.x, one.y, one.level) for one in drawn.tiles] == [
        ("Рача", 102, 0, 3),
        ("Нова", 0, 204, 0),
        ("Кнић", 0, 102, 5),
    ]
    assert (drawn.width, drawn.height) == (198, 300)


def test_no_places_are_drawn_without_an_accident():
    drawn = tiles.tiles("Мапа", ("Место", "Колико"), [], {})

    assert (drawn.tiles, drawn.description) == ([], "")
