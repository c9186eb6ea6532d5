"""Amounts of money as files write them."""

from __future__ import annotations

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_DIGITS = 13
"""In front of the decimals; a longer number is a mistake, and fits no column."""

_CURRENCY = re.compile(r"(?i)\b(rsd|din\.?|дин\.?)")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?P<mark>[.,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*")


def parse(text: str) -> Decimal:
    """The amount in dinars, exact to the para, of „12.345,00“, „12,345.00“ or „12345“.

    The last separator is the decimal one, unless exactly three digits follow it: money has two
    decimals, so „12.345“ is twelve thousand. A minus may stand in front or behind. Raises
    ValidationError for anything else.
    """
    plain = _CURRENCY.sub("", text.replace("\u00a0", " ").replace("\u2212", "-")).strip()
    negative = plain.startswith("-") or plain.endswith("-")
    plain = plain.removeprefix("-").removesuffix("-").removeprefix("+").strip()
    whole, decimals = _divided(plain)
    digits = re.sub(r"\D", "", whole)
    is_number = _PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole)
    if not plain.isascii() or not is_number or len(digits) > MOST_DIGITS:
        raise ValidationError(_("“%(text)s” is no amount.") % {"text": text[:40]})
    amount = Decimal(f"{digits}.{decimals or '0'}").quantize(Decimal("0.01"))
    return -amount if negative else amount


def written(amount: Decimal) -> str:
    """The amount as Serbs write it, without the currency: „12.345,00“."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _divided(text: str) -> tuple[str, str]:
    """The part before the decimals, with its separators, and the decimals."""
    found = re.fullmatch(r"(.*[0-9])[.,]([0-9]{0,2})", text)
    return (found[1], found[2]) if found else (text, "")
