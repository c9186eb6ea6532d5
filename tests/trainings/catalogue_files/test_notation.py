from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centar.sheets import notation
from trainings.catalogue_files import keys

BEGINNINGS = st.text("'=+-@＝ аб", max_size=6)
SIGNS = st.text("\\;,аб в", max_size=12)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8", "8"),
        (" 8 ", "8"),
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        ("8.0", "8"),
        ("8,50", "8.5"),
        ("12.345,00", "12345"),
        ("12345.00", "12345"),
        ("12,345.50", "12345.5"),
        ("12.345", "12345"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("12 345,6", "12345.6"),
        ("12\u00a0345", "12345"),
        ("0.125", "0.125"),
        ("12,345", "12.345"),
        ("-5", "-5"),
        ("−5,5", "-5.5"),
        ("+3", "3"),
    ],
)
def test_numbers_are_read_as_serbs_and_others_write_them(written, meant):
    assert notation.number(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written",
    [
        "осам",
        "8 сати",
        "1.2.3",
        "1,2,3",
        "12.34,5.6",
        "--5",
        "1.234,567,8",
        ",",
        ".",
        "-",
        "٣x",
        "",
    ],
)
def test_what_is_no_number_is_not_guessed(written):
    with pytest.raises(ValueError, match=r"^"):
        notation.number(written)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    )
)
def test_a_written_number_reads_the_same(value):
    assert notation.number(notation.written_number(value)) == value


@given(BEGINNINGS)
def test_the_guard_is_taken_away_again(text):
    assert notation.unguarded(notation.guarded(text)) == text
    assert notation.unguarded(notation.guarded_in_workbook(text)) == text


@given(BEGINNINGS)
def test_a_guarded_text_never_begins_like_a_formula(text):
    assert not notation.guarded(text).startswith(("=", "+", "-", "@", "＝"))


@given(BEGINNINGS)
def test_csv_saved_as_a_workbook_still_reads_right(text):
    assert notation.unguarded(notation.guarded(text)) == text


@given(st.lists(SIGNS.map(notation.one_line).filter(bool)))
def test_a_list_reads_as_it_was_joined(items):
    assert notation.split(notation.joined(items), ";") == items


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("K1; K3", ["K1", "K3"]),
        ("K1,K3,", ["K1", "K3"]),
        (" ; ;K1", ["K1"]),
        ("K1\nK2", ["K1", "K2"]),
        ("", []),
    ],
)
def test_codes_are_separated_by_semicolons_commas_or_lines(cell, items):
    assert notation.split(cell, ";,") == items


@pytest.mark.parametrize(
    ("left", "right"), [("К-1", "K-1"), ("к 1", "K1"), ("В2/С", "B2/C"), ("5–12", "5-12")]
)
def test_numbers_are_compared_by_the_shape_of_their_letters(left, right):
    assert keys.code(left) == keys.code(right)


def test_letters_that_only_sound_alike_are_different_numbers():
    assert keys.code("В1") != keys.code("V1")
