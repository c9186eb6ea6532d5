"""Numbers as people in Serbia write them: points between thousands, a comma before decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[.,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*|[0-9]+)"
    r"(?:(?P<decimal>[.,])(?P<fraction>[0-9]*))?"
)
# What stands for a plain space or minus in texts that are pasted.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2212": "-"})


class Unclear(ValueError):
    """A number such as „2,500“, which Serbs read as two and a half, and others as thousands."""

    def __init__(self, text: str, grouped: Decimal, decimal: Decimal) -> None:
        super().__init__(text)
        self.grouped, self.decimal = grouped, decimal


def read(text: str) -> Decimal:
    """The number: „2.500“ and „2 500“ are thousands, „2,5“ and „2.5“ are decimals, of two marks
    the last one is decimal („2.500,50“, „2,500.50“).

    Zeros at the end of decimals are dropped. Raises Unclear for „2,500“, where whoever knows more
    may choose, and ValueError for what is no number.
    """
    found = _NUMBER.fullmatch(" ".join(text.translate(_PLAIN).split()))
    if found is None or (found["mark"] and found["mark"] == found["decimal"]):
        raise ValueError(text)
    digits = re.sub(r"[^0-9]", "", found["whole"])
    grouped = _decimal(found["sign"], digits, found["fraction"] or "")
    if found["mark"] == "," and found["whole"].count(",") == 1 and not found["decimal"]:
        whole, _mark, fraction = found["whole"].partition(",")
        raise Unclear(text, grouped, _decimal(found["sign"], whole, fraction))
    return grouped


def _decimal(sign: str, whole: str, fraction: str) -> Decimal:
    fraction = fraction.rstrip("0")
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}")


def _typed(text: str, not_a_number: str) -> Decimal:
    """What a person typed; raises ValidationError with a sentence for what can be mistaken."""
    try:
        return read(text)
    except Unclear as unclear:
        sentence = _("“%(text)s” can be read in two ways. Write %(grouped)s or %(decimal)s.")
        raise ValidationError(
            sentence
            % {
                "text": text.strip(),
                "grouped": unclear.grouped,
                "decimal": str(unclear.decimal).replace(".", ","),
            },
            code="unclear",
        ) from unclear
    except ValueError as error:
        raise ValidationError(not_a_number, code="invalid") from error


class NumberField(forms.DecimalField):
    """A number as Serbs write it, the same on the Serbian and the English pages."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": gettext_lazy("Please write a number in digits, such as 12.")
    }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number; a sentence beside the field where it could be another one."""
        if isinstance(value, str) and value.strip():
            value = _typed(value, str(self.error_messages["invalid"]))
        return super().to_python(value)


class WholeNumberField(forms.IntegerField):
    """A whole number as Serbs write it: „1.200“ is twelve hundred, and „8,5“ is refused."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": gettext_lazy("Please write a whole number in digits, such as 12.")
    }

    def to_python(self, value: Any) -> int | None:
        """The number, without decimals."""
        if isinstance(value, str) and value.strip():
            number = _typed(value, str(self.error_messages["invalid"]))
            if number % 1:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = int(number)
        return super().to_python(value)
