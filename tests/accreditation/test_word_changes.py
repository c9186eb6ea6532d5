"""What changed between two texts."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation import word_changes
from accreditation.word_changes import Row, Run

WORDS = st.lists(st.sampled_from(["а", "б", "в", "г", "д.", "\n", " "]), max_size=30)


def said(row: Row) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return (
        [(run.mark, run.text) for run in row.before],
        [(run.mark, run.text) for run in row.after],
    )


def test_only_the_words_that_changed_are_marked() -> None:
    (row,) = word_changes.rows("Циљ је да сви уче.", "Циљ програма је да сви брзо уче.")

    assert said(row) == (
        [("same", "Циљ је да сви уче.")],
        [
            ("same", "Циљ"),
            ("new", " програма"),
            ("same", " је да сви"),
            ("new", " брзо"),
            ("same", " уче."),
        ],
    )


def test_paragraphs_stand_beside_each_other() -> None:
    rows = word_changes.rows("Први.\nДруги стари.\nТрећи.", "Први.\nДруги нови.\nНов.\nТрећи.")

    assert [row.is_changed for row in rows] == [False, True, False]
    assert [run.text for run in rows[1].after if run.mark == "new"] == [" нови.\nНов"]


def test_a_paragraph_that_is_gone_has_nothing_beside_it() -> None:
    rows = word_changes.rows("Први.\nДруги.", "Први.")

    assert rows[1] == Row(before=(Run("gone", "Други."),), after=())


def test_white_space_and_ends_of_lines_alone_are_no_change() -> None:
    rows = word_changes.rows("Један  два\r\n\r\nтри", "Један два\nтри ")

    assert [row.is_changed for row in rows] == [False, False]


def test_punctuation_is_a_change_of_its_own() -> None:
    (row,) = word_changes.rows("Учимо, радимо", "Учимо и радимо")

    assert [run.text for run in row.before if run.mark == "gone"] == [","]
    assert [run.text for run in row.after if run.mark == "new"] == [" и"]


def test_a_short_word_between_two_changes_belongs_to_them() -> None:
    (row,) = word_changes.rows("петак и субота ујутру", "понедељак и среда ујутру")

    assert [(run.mark, run.text) for run in row.before] == [
        ("gone", "петак и субота"),
        ("same", " ујутру"),
    ]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("Ново", ""), ("", "Ново")])
def test_nothing_on_one_side_or_both(before: str, after: str) -> None:
    rows = word_changes.rows(before, after)

    assert len(rows) == bool(before or after)


@given(before=WORDS, after=WORDS)
def test_no_word_is_lost_or_made_up(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)

    rows = word_changes.rows(old, new)

    assert squeezed(run.text for row in rows for run in row.before) == squeezed([old])
    assert squeezed(run.text for row in rows for run in row.after) == squeezed([new])
    same = [
        [squeezed([run.text]) for row in rows for run in side(row) if run.mark == "same"]
        for side in (lambda row: row.before, lambda row: row.after)
    ]
    assert "".join(same[0]) == "".join(same[1])


def test_long_texts_with_nothing_in_common_are_compared_too() -> None:
    chance = random.Random(7)
    old = " ".join(chance.choices("абвгд", k=20_000))
    new = " ".join(chance.choices("ђежзи", k=20_000))

    (row,) = word_changes.rows(old, new)

    assert [run.mark for run in (*row.before, *row.after)] == ["gone", "new"]


def test_texts_that_part_again_and_again_do_not_run_too_deep() -> None:
    """Each word that is met once parts the rest so that another one is met once."""
    nested = [str(number) for number in range(3_000)]
    old = " ".join([*nested, *nested[::-1]])
    new = " ".join([*nested[::-1], *nested])

    assert word_changes.rows(old, new)


def squeezed(texts: object) -> str:
    return re.sub(r"\s", "", "".join(texts))  # type: ignore[arg-type]
