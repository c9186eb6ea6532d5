"""Points, hours and money in templates, as Serbs write them: `{% load amounts %}`."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext, ngettext

from centar.script import remembered

register = template.Library()

THOUSANDS_IN_SERBIAN = str.maketrans(",.", ".,")


@register.filter
@remembered.in_each_language
def rsd(amount: Decimal) -> str:
    """An amount in dinars, „4.500,00 динара“, or the word for nothing to pay."""
    if not amount:
        return gettext("free of charge")
    written = f"{amount:,.2f}".translate(THOUSANDS_IN_SERBIAN)
    return gettext("%(amount)s RSD") % {"amount": written}


@register.filter
@remembered.in_each_language
def points(number: Decimal) -> str:
    """Points with the word in its right form: „1 бод“, „2 бода“, „16 бодова“, „1,5 бода“."""
    # A fraction takes the form of the few in Serbian, and the plural in English.
    counted = int(number) if number == int(number) else 2
    shown = floatformat(number, -1)
    return ngettext("%(number)s point", "%(number)s points", counted) % {"number": shown}


@register.filter
def hours_long(number: int) -> str:
    """Hours of a programme with the word in its right form."""
    return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}


@register.filter
def clock_hours(minutes: int) -> str:
    """Minutes as hours of the clock, „6 h“, „1 h 30 min“, „45 min“; nothing for none."""
    hours, rest = divmod(minutes, 60)
    parts = ((hours, gettext("h")), (rest, gettext("min")))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
