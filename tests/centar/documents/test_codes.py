"""Codes and numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centar.documents import codes
from centar.documents.models import CODE_ALPHABET, CODE_LENGTH, Document, new_code

CODE = "ABCEH23456JKMPTX789Z"


@given(st.text(alphabet=CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_what_is_printed_is_read_back(code):
    printed = Document(code=code).printed_code

    assert codes.read_code(printed) == codes.read_code(printed.lower()) == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        f"  {CODE.lower()}\n",
        "ABCEH 23456-JKMPT–X789Z",
        "АВСЕН23456ЈКМРТХ789Z",  # by a Cyrillic keyboard
    ],
)
def test_the_way_of_typing_does_not_matter(typed):
    assert codes.read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], CODE + "A", CODE.replace("2", "0"), "\0" * 20, "Ш" * 20, "A" * 10_000]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert codes.read_code(typed) is None


def test_a_new_code_is_read_as_itself():
    code = new_code()

    assert codes.read_code(code) == code


@pytest.mark.parametrize("typed", ["ПТ-12/2026", "pt-12/2026", " пт - 12 / 2026 ", "PT–12/2026"])
def test_a_number_is_the_same_in_either_script(typed):
    assert codes.same_number("ПТ-12/2026", typed)


@pytest.mark.parametrize("typed", ["ПТ-12/2027", "ПТ-1/2026", "12", ""])
def test_another_number_is_another(typed):
    assert not codes.same_number("ПТ-12/2026", typed)


@pytest.mark.parametrize(
    ("typed", "number", "year", "is_of_one_kind"),
    [
        ("ПТ-12/2026", 12, 2026, True),
        ("pt12/2026", 12, 2026, True),
        ("12/2026", 12, 2026, False),
        ("12", 12, None, False),
    ],
)
def test_a_number_is_found_by_its_parts(typed, number, year, is_of_one_kind):
    read = codes.read_number(typed)

    assert read is not None
    assert (read.number, read.year) == (number, year)
    assert read.kinds == ("tests.confirmation",) if is_of_one_kind else len(read.kinds) > 1


@pytest.mark.parametrize("typed", ["", "Ана", "12/26", "1" * 10_000, "12/2026/3"])
def test_words_are_no_number(typed):
    assert codes.read_number(typed) is None
