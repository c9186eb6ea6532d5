"""Groups too small to be shown, and those behind which they hide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centar.questionnaires import suppression

FIVE = 5


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"а": 5, "б": 6}, set()),
        ({"а": 5, "б": 5, "в": 0}, set()),
        ({"а": 4, "б": 6}, {"а", "б"}),
        # The one of four is the total less the others: the smallest of those is hidden too.
        ({"а": 4, "б": 6, "в": 20}, {"а", "б"}),
        ({"а": 4, "б": 4, "в": 20}, {"а", "б"}),
        # Together they are only two, whose sum is the total less the one of twenty.
        ({"а": 1, "б": 1, "в": 20, "г": 30}, {"а", "б", "в"}),
        ({"а": 2, "б": 3, "в": 20}, {"а", "б"}),
        ({"а": 4}, {"а"}),
        ({}, set()),
    ],
)
def test_what_is_hidden_with_groups_of_fewer_than_five(sizes, hidden):
    assert suppression.hidden(sizes, FIVE) == hidden


@given(st.dictionaries(st.integers(), st.integers(0, 40)))
def test_what_is_hidden_cannot_be_computed_from_the_total(sizes):
    covered = suppression.hidden(sizes, FIVE)
    shown = {key: size for key, size in sizes.items() if size and key not in covered}

    assert min(shown.values(), default=FIVE) >= FIVE
    together = sum(sizes[key] for key in covered)
    assert not covered or not shown or (len(covered) >= 2 and together >= FIVE)


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("абвг"), st.sampled_from("123")), st.integers(0, 20), min_size=1
)


def table(cells):
    """Every group with every answer, each answer given by nobody or by at least five."""
    whole = {(g, a): cells.get((g, a), 0) for g in "абвг" for a in "123"}
    totals = {a: sum(whole[g, a] for g in "абвг") for a in "123"}
    return {cell: size for cell, size in whole.items() if totals[cell[1]] >= FIVE}


@given(CELLS, st.sets(st.sampled_from("абвг"), max_size=2))
def test_no_small_cell_can_be_computed_from_the_rows_and_columns_of_its_table(cells, unseen):
    whole = table(cells)
    people = {g: sum(size for cell, size in whole.items() if cell[0] == g) for g in "абвг"}
    unseen = suppression.hidden(people, FIVE, unseen)

    covered = suppression.hidden_cells(whole, FIVE, unseen)

    assert {cell for cell, size in whole.items() if 0 < size < FIVE} <= covered
    # With the hidden cells as edges between rows and columns, one is known when it is a bridge.
    # How many answered of the groups that are shown nowhere is known only of all together.
    edges = covered | {(group, "together") for group in unseen}
    known = {cell for cell in covered if is_bridge(cell, edges)}
    assert {whole[cell] for cell in known if 0 < whole[cell] < FIVE} == set()


@given(CELLS)
def test_what_is_hidden_in_a_row_or_a_column_is_together_of_at_least_five(cells):
    whole = table(cells)
    covered = suppression.hidden_cells(whole, FIVE)

    for side in (0, 1):
        for key in {cell[side] for cell in covered}:
            line = [whole[cell] for cell in covered if cell[side] == key]
            everybody = sum(size for cell, size in whole.items() if cell[side] == key)
            assert sum(line) >= min(FIVE, everybody)


def is_bridge(cell, edges):
    """Whether the row and the column of a cell hold together by it alone."""
    reached, left = {("row", cell[0])}, edges - {cell}
    while True:
        more = {("row", g) for g, a in left if ("column", a) in reached}
        more |= {("column", a) for g, a in left if ("row", g) in reached}
        if more <= reached:
            return ("column", cell[1]) not in reached
        reached |= more


def test_a_table_without_small_cells_is_shown_whole():
    assert suppression.hidden_cells({("а", "1"): 5, ("а", "2"): 0, ("б", "1"): 9}, FIVE) == set()
