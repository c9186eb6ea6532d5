"""Accounts and tax numbers with their checks."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from trainings.payments import accounts

VALID = {
    "840-955845-10": "840000000095584510",
    "165-55-74": "165000000000005574",
    "310-1234567891211-86": "310123456789121186",
    "845-0000000404849-87": "845000000040484987",
    "200-2206180101000-48": "200220618010100048",
}


@pytest.mark.parametrize(("written", "digits"), VALID.items())
def test_a_right_account_has_its_normal_form(written, digits):
    assert accounts.normal(written) == digits
    assert accounts.normal(digits) == digits
    assert accounts.normal(accounts.written(digits)) == digits


@pytest.mark.parametrize(
    ("bank", "number", "right"), [("160", "123456", "54"), ("265", "1234567890", "98")]
)
def test_a_wrong_check_is_refused_and_the_right_one_known(bank, number, right):
    wrong = {"54": "90", "98": "12"}[right]

    with pytest.raises(ValidationError):
        accounts.normal(f"{bank}-{number}-{wrong}")
    assert accounts.check_digits(bank, number) == right


@pytest.mark.parametrize(
    "text",
    ["", "840", "840-955845-1", "840-12345678901234-10", "84A-955845-10", "٨٤٠-955845-10", "\0"],
)
def test_what_is_no_account_is_refused(text):
    with pytest.raises(ValidationError):
        accounts.normal(text)


@given(st.integers(0, 999), st.integers(1, 10**13 - 1))
def test_every_account_is_read_back(bank, number):
    check = accounts.check_digits(f"{bank:03}", str(number))
    written = f"{bank:03}-{number}-{check}"

    assert accounts.written(accounts.normal(written)) == written


@given(st.integers(0, 999), st.integers(1, 10**13 - 1), st.integers(0, 15), st.integers(1, 9))
def test_one_changed_digit_is_always_noticed(bank, number, place, change):
    check = accounts.check_digits(f"{bank:03}", str(number))
    digits = f"{bank:03}{number:013}{check}"
    changed = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]

    with pytest.raises(ValidationError):
        accounts.normal(changed)


def test_a_tax_number_is_known_by_its_check():
    assert accounts.is_pib("101134702")
    assert not accounts.is_pib("101134703")


@given(st.integers(0, 10**8 - 1))
def test_of_every_eight_digits_one_tax_number_is_made(stem):
    right = [digit for digit in range(10) if accounts.is_pib(f"{stem:08}{digit}")]

    assert len(right) == 1


@given(st.integers(0, 10**8 - 1), st.integers(0, 8), st.integers(1, 9))
def test_one_changed_digit_of_a_tax_number_is_always_noticed(stem, place, change):
    pib = next(one for digit in range(10) if accounts.is_pib(one := f"{stem:08}{digit}"))
    changed = pib[:place] + str((int(pib[place]) + change) % 10) + pib[place + 1 :]

    assert not accounts.is_pib(changed)


@pytest.mark.parametrize("text", ["", "10113470", "1011347022", "10113470a", "1011347٠2"])
def test_what_is_no_tax_number(text):
    with pytest.raises(ValidationError):
        accounts.check_pib(text)
