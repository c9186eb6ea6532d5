"""The text of the NBS IPS QR code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from trainings.payments import accounts, ips_qr, model97

SLIP = ips_qr.Slip(
    account="840-955845-10",
    payee="Центар за образовање\nКрагујевац",
    amount=Decimal("12345.50"),
    code="221",
    payer="ОШ „Станислав Сремчевић“, Крагујевац",
    purpose="Котизација за семинар",
    reference="97382026000123",
)
TEXT = (
    "K:PR|V:01|C:1|R:840000000095584510|N:Centar za obrazovanje\nKragujevac|I:RSD12345,50"
    "|P:OŠ „Stanislav Sremčević“, Kragujevac|SF:221|S:Kotizacija za seminar|RO:97382026000123"
)


def test_the_whole_text_in_its_order():
    assert ips_qr.text(SLIP) == TEXT


def test_what_is_empty_is_left_out_and_nothing_trails():
    bare = replace(SLIP, payer="", purpose="", reference="")

    assert ips_qr.text(bare) == (
        "K:PR|V:01|C:1|R:840000000095584510|N:Centar za obrazovanje\nKragujevac"
        "|I:RSD12345,50|SF:221"
    )


def test_a_reference_without_a_model_has_two_zeros():
    assert ips_qr.text(replace(SLIP, reference="00123")).endswith("|RO:00123")


@pytest.mark.parametrize(
    "change",
    [
        {"account": "160-123456-90"},
        {"payee": ""},
        {"payee": "а" * 71},
        {"payee": "а\nб\nв\nг"},
        {"payee": "Центар|Крагујевац"},
        {"payee": "Центар\0"},
        {"payer": "Љ" * 36},
        {"purpose": "а" * 36},
        {"purpose": "два\nреда"},
        {"amount": Decimal(0)},
        {"amount": Decimal(-1)},
        {"amount": Decimal("0.001")},
        {"amount": Decimal("Infinity")},
        {"amount": Decimal(10) ** 15},
        {"code": "28"},
        {"code": "389"},
        {"code": "28a"},
        {"reference": "97382026000124"},
        {"reference": "97-38-2026000123"},
        {"reference": "9706A1234"},
        {"reference": "00" + "1" * 24},
    ],
)
def test_what_does_not_fit_is_refused(change):
    with pytest.raises(ValidationError):
        ips_qr.text(replace(SLIP, **change))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "K:PR",
        TEXT + "|",
        "|" + TEXT,
        TEXT.replace("V:01", "V:02"),
        TEXT.replace("RSD12345,50", "RSD12.345,50"),
        TEXT.replace("RSD12345,50", "EUR12345,50"),
        TEXT.replace("840000000095584510", "840000000095584511"),
        TEXT.replace("|SF:221", ""),
        TEXT.replace("|SF:221|", "|SF:221|SF:289|"),
        "|".join(reversed(TEXT.split("|"))),
    ],
)
def test_what_is_no_code_is_not_read(text):
    with pytest.raises(ValidationError):
        ips_qr.read(text)


NAMES = st.text("abvgdčćžšđABVGD ,.0123456789", max_size=70).map(str.strip)


@given(
    st.integers(0, 999),
    st.integers(1, 10**13 - 1),
    NAMES.filter(bool),
    st.decimals("0.01", "99999999999.99", places=2),
    NAMES,
    st.text("abvgdčćžšđ 0123456789", max_size=35).map(str.strip),
    st.one_of(st.just(""), st.integers(1, 10**20).map(str)),
)
def test_every_slip_is_read_back(bank, number, payee, amount, payer, purpose, body):
    check = accounts.check_digits(f"{bank:03}", str(number))
    slip = ips_qr.Slip(
        account=accounts.normal(f"{bank:03}-{number}-{check}"),
        payee=payee,
        amount=amount,
        code="289",
        payer=payer,
        purpose=purpose,
        reference="97" + model97.reference(body) if body else "",
    )

    assert ips_qr.read(ips_qr.text(slip)) == slip
