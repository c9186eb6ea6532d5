"""Amounts of money as files write them."""

from __future__ import annotations

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.script import numbers

MOST_DIGITS = 13
"""In front of the decimals; a longer number is a mistake, and fits no column."""

_CURRENCY = re.compile(r"(?i)\b(rsd|din\.?|дин\.?)")


def parse(text: str) -> Decimal:
    """The amount in dinars, exact to the para, of „12.345,00“, „12,345.00“ or „12345“.

    Banks write both, and money has two decimals: „12.345“ and „12,345“ are twelve thousand. A
    minus may stand in front or behind. Raises ValidationError for anything else.
    """
    plain = _CURRENCY.sub("", text).replace("\u2212", "-").strip()
    if plain.endswith("-"):
        plain = f"-{plain[:-1]}"
    try:
        amount = numbers.read(plain)
    except numbers.Unclear as unclear:
        amount = unclear.grouped
    except ValueError as error:
        raise _refused(text) from error
    if abs(amount) >= 10**MOST_DIGITS or amount != round(amount, 2):
        raise _refused(text)
    return amount.quantize(Decimal("0.01"))


def _refused(text: str) -> ValidationError:
    return ValidationError(_("“%(text)s” is no amount.") % {"text": text[:40]})


def written(amount: Decimal) -> str:
    """The amount as Serbs write it, without the currency: „12.345,00“."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
