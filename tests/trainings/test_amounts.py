from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from trainings.templatetags import amounts


@pytest.mark.parametrize(
    ("number", "cyrillic", "english"),
    [
        ("0", "0 бодова", "0 points"),
        ("1", "1 бод", "1 point"),
        ("2", "2 бода", "2 points"),
        ("4.0", "4 бода", "4 points"),
        ("5", "5 бодова", "5 points"),
        ("11", "11 бодова", "11 points"),
        ("12", "12 бодова", "12 points"),
        ("16", "16 бодова", "16 points"),
        ("21", "21 бод", "21 points"),
        ("24", "24 бода", "24 points"),
        ("111", "111 бодова", "111 points"),
        ("0.5", "0,5 бода", "0.5 points"),
        ("1.5", "1,5 бода", "1.5 points"),
        ("11.5", "11,5 бода", "11.5 points"),
    ],
)
def test_points_take_the_form_of_their_number(number, cyrillic, english):
    with override("sr"):
        assert amounts.points(Decimal(number)) == cyrillic
    with override("en"):
        assert amounts.points(Decimal(number)) == english


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 сат"), (2, "2 сата"), (8, "8 сати"), (21, "21 сат"), (12, "12 сати")],
)
def test_hours_take_the_form_of_their_number(number, words):
    with override("sr"):
        assert amounts.hours_long(number) == words


@pytest.mark.parametrize(
    ("amount", "cyrillic", "english"),
    [
        ("12345.00", "12.345,00 динара", "12.345,00 RSD"),
        ("2500.5", "2.500,50 динара", "2.500,50 RSD"),
        ("999.99", "999,99 динара", "999,99 RSD"),
        ("1000000", "1.000.000,00 динара", "1.000.000,00 RSD"),
        ("0", "бесплатно", "free of charge"),
    ],
)
def test_money_is_written_as_serbs_write_it(amount, cyrillic, english):
    with override("sr"):
        assert amounts.rsd(Decimal(amount)) == cyrillic
    with override("en"):
        assert amounts.rsd(Decimal(amount)) == english
