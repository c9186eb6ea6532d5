"""Hours and school years in templates: `{% load ledger %}`."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import ngettext

from centar.script import remembered
from trainings import progress

register = template.Library()


@register.filter
@remembered.in_each_language
def hours(number: Decimal) -> str:
    """Hours with the word in its right form: „1 сат“, „2 сата“, „12 сати“, „1,5 сата“."""
    counted = abs(int(number)) if number == int(number) else 2
    shown = floatformat(number, -1)
    return ngettext("%(number)s hour", "%(number)s hours", counted) % {"number": shown}


@register.filter
@remembered.in_each_language
def amount(number: Decimal) -> str:
    """A number without needless decimals: „8“, „1,5“."""
    return floatformat(number, -1)


@register.filter
def school_year(year: int) -> str:
    """A school year by the calendar year in which it begins: „2026/2027“."""
    return progress.year_name(year)
