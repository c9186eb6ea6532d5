"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from centar.script import numbers


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2.500", "2500"),
        ("2.500,50", "2500.5"),
        ("2,500.50", "2500.5"),
        ("2 500", "2500"),
        ("2\u00a0500,5", "2500.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("0.125", "0.125"),
        ("0,500", "0.5"),
        ("2500.00", "2500"),
        ("\u22125,5", "-5.5"),
        ("12,", "12"),
    ],
)
def test_points_group_thousands_and_a_comma_is_decimal(typed, meant):
    assert numbers.read(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["", "два", "1.2.3", "2.500.50", "25.00.000", "1 2", "1e5", "NaN", "٢٥", "5-", "\0"]
)
def test_what_is_no_number_is_not_guessed(typed):
    with pytest.raises(ValueError, match=r"^"):
        numbers.read(typed)


@pytest.mark.parametrize("language", ["sr", "en"])
def test_what_can_be_read_in_two_ways_is_asked_about_on_every_face(language):
    field = numbers.NumberField(decimal_places=2)
    with translation.override(language):
        assert field.clean("2.500") == 2500
        with translation.override("en"), pytest.raises(ValidationError) as refused:
            field.clean("2,500")

    assert refused.value.messages == ["“2,500” can be read in two ways. Write 2500 or 2,5."]


def test_a_whole_number_loses_neither_thousands_nor_decimals():
    field = numbers.WholeNumberField()

    assert [field.clean("1.200"), field.clean("8,0"), field.clean("8")] == [1200, 8, 8]
    with pytest.raises(ValidationError):
        field.clean("8,5")
