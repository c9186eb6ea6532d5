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
