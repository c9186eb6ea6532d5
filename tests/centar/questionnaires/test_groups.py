"""Into which groups anonymous answers are divided, attacked with all that is shown."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centar.questionnaires import groups

FIVE = 5


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"а": 5, "б": 6}, {"а", "б"}),
        ({"а": 4, "б": 6}, set()),
        ({"а": 4, "б": 6, "в": 20}, {"в"}),
        ({"а": 2, "б": 3, "в": 20}, {"в"}),
        ({"а": 1, "б": 1, "в": 20, "г": 30}, {"г"}),
        ({"а": 9, None: 1}, set()),
        ({"а": 9, "б": 9, None: 1}, {"б"}),
        ({"а": 9, "б": 9, None: 6}, {"а", "б"}),
        ({"а": 9}, {"а"}),
        ({}, None),
    ],
)
def test_in_one_way_small_groups_are_hidden_with_their_complement(sizes, shown):
    found = groups.showable({(value,): people for value, people in sizes.items()}, FIVE)

    assert found == ([] if shown is None else [shown])


def test_two_ways_that_nearly_agree_would_give_their_difference_away():
    """Teachers of preschools are preschool teachers, but for two: the two would be known."""
    cells = {
        ("предшколска", "васпитач"): 30,
        ("предшколска", "музичко"): 2,
        ("основна", "музичко"): 20,
        ("основна", "математика"): 20,
    }

    kinds, subjects = groups.showable(cells, FIVE)

    assert kinds == {"предшколска", "основна"}
    assert "васпитач" not in subjects


def test_ways_that_have_nothing_to_do_with_each_other_are_all_shown():
    cells = {(place, kind, subject): 3 for place in "абв" for kind in "гд" for subject in "ђежз"}

    assert groups.showable(cells, FIVE) == [set("абв"), set("гд"), set("ђежз")]


def test_what_two_ways_say_alike_is_shown_in_the_earlier_one():
    cells = {("а", "математика"): 9, ("б", "српски"): 9}

    assert groups.showable(cells, FIVE) == [{"а", "б"}, set()]


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.tuples(*[st.sampled_from(("а", "б", "в", None))] * 2), st.integers(1, 9), max_size=8
    )
)
def test_nothing_that_is_shown_in_two_ways_leads_to_fewer_than_five(cells):
    assert smallest_known(cells, groups.showable(cells, FIVE)) >= FIVE


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.tuples(*[st.sampled_from(("а", "б", None))] * 3), st.integers(1, 7), max_size=9
    )
)
def test_nothing_that_is_shown_in_three_ways_leads_to_fewer_than_five(cells):
    assert smallest_known(cells, groups.showable(cells, FIVE)) >= FIVE


def test_the_attack_finds_what_an_easier_rule_would_show():
    """Each group and its complement are large, and yet two people are known."""
    cells = {("а", "в"): 30, ("а", "г"): 2, ("б", "г"): 30}

    assert smallest_known(cells, [{"а", "б"}, {"в", "г"}]) == 2
    assert smallest_known(cells, groups.showable(cells, FIVE)) >= FIVE


def smallest_known(cells, shown):
    """The fewest people of whom something follows from all shown groups and the total.

    Something follows of some cells when leaving them out makes two different combinations of
    groups look alike: the groups lose a rank.
    """
    keys = sorted(cells, key=str)
    rows = [[Fraction(1)] * len(keys)]
    for way, values in enumerate(shown):
        rows += [[Fraction(key[way] == value) for key in keys] for value in values]
    if sum(cells.values()) < FIVE:
        return FIVE  # then the total is not shown either
    whole = rank(rows)
    fewest = sum(cells.values())
    for number in range(1, len(keys) + 1):
        for left_out in combinations(range(len(keys)), number):
            people = sum(cells[keys[one]] for one in left_out)
            if people < fewest:
                rest = [[x for n, x in enumerate(row) if n not in left_out] for row in rows]
                if rank(rest) < whole:
                    fewest = people
    return fewest


def rank(rows):
    rows = [list(row) for row in rows]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in range(found, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for row in range(found + 1, len(rows)):
            share = rows[row][column] / rows[found][column]
            rows[row] = [a - share * b for a, b in zip(rows[row], rows[found], strict=True)]
        found += 1
    return found
