"""Amounts as files write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from trainings.payments import amounts

MONEY = st.decimals("-9999999999.99", "9999999999.99", places=2)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.345,00", "12345.00"),
        ("12,345.00", "12345.00"),
        ("12345", "12345.00"),
        ("12.345", "12345.00"),
        ("12,345", "12345.00"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567,8", "1234567.80"),
        ("1'234.50", "1234.50"),
        ("12\u00a0345,00 RSD", "12345.00"),
        ("2500,00 дин.", "2500.00"),
        ("-2.500,00", "-2500.00"),
        ("2500.00-", "-2500.00"),
        ("+7,5", "7.50"),
        ("0,00", "0.00"),
    ],
)
def test_both_separators_are_read(text, amount):
    assert amounts.parse(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "-", "abc", "1.2.3", "12.34.567,00", "1e5", "NaN", "12,3456", "٢٥٠٠", "1" * 14, "\0"],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValidationError):
        amounts.parse(text)


@given(MONEY)
def test_what_is_written_is_read_back(amount):
    assert amounts.parse(amounts.written(amount)) == amount
    assert amounts.parse(f"{amount:,.2f}") == amount
    assert amounts.parse(f"{amount:.2f}") == amount


def test_amounts_are_written_as_serbs_do():
    assert amounts.written(Decimal("12345")) == "12.345,00"
