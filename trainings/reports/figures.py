"""Numbers as people write them: a mean with two decimals, hours with one at most."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

HUNDREDTH = Decimal("0.01")


def mean(value: Decimal) -> str:
    """A mean grade: „4,25“ in Serbian, “4.25” in English."""
    return str(number_format(rounded(value), 2))


def rounded(value: Decimal) -> Decimal:
    """To two decimals, halves up as in school."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def hours(value: Decimal) -> str:
    """Hours of training: „8“, „7,5“."""
    return str(number_format(value, 0 if value == value.to_integral_value() else 1))
