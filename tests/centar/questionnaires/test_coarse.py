"""Facts that are left empty, so that nobody is singled out by them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centar.questionnaires import coarse

FIVE = 5
FACTS = st.tuples(*[st.sampled_from([1, 2, 3, None])] * 3)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([(1, 2)] * 5, [(1, 2)] * 5),
        ([(1, 2)] * 4, [(None, None)] * 4),
        ([(1, 2)] * 5 + [(1, 3)] * 5, [(1, 2)] * 5 + [(1, 3)] * 5),
        ([(1, 2)] * 3 + [(1, 3)] * 3, [(1, None)] * 6),
        # The one of municipality 2 would be alone without any fact, so others join.
        ([(1, 2)] * 6 + [(2, 2)], [(None, None)] * 7),
        ([], []),
    ],
)
def test_the_finer_fact_is_left_empty_first(people, told):
    assert coarse.coarsened(people, FIVE) == told


@given(st.lists(FACTS, max_size=40))
def test_whatever_is_left_is_true_and_is_so_of_five_people_or_of_all(people):
    told = coarse.coarsened(people, FIVE)

    assert len(told) == len(people)
    for before, after in zip(people, told, strict=True):
        assert all(new in (old, None) for old, new in zip(before, after, strict=True))
    sizes = Counter(told)
    assert len(sizes) <= 1 or min(sizes.values()) >= FIVE
