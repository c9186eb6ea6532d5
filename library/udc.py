"""The main classes of the Universal Decimal Classification, and the way down from them."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

CLASSES = {
    "0": _("Generalities"),
    "1": _("Philosophy. Psychology"),
    "2": _("Religion"),
    "3": _("Social sciences"),
    "5": _("Mathematics. Natural sciences"),
    "6": _("Applied sciences"),
    "7": _("Arts"),
    "8": _("Language. Literature"),
    "9": _("Geography. History"),
}
"""Class 4 is vacant."""

NOTATION = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}")
"""A simple number that can be browsed, such as 821.163.41."""


def above(notation: str) -> list[str]:
    """The numbers above this one, the main class first: 8, 82 and 821 for 821.1."""
    return [
        notation[:length]
        for length in range(1, len(notation))
        if not notation[:length].endswith(".")
    ]
