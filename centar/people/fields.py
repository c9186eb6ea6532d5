"""Form fields for what people write about themselves."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Day, month and year in the Serbian order; the year first only as ISO 8601 has it. Digits alone
# come from telephones whose keypad for numbers has no full stop.
_SEPARATOR = r"[\s.,/-]+"
_WRITTEN = re.compile(rf"(?P<d>\d{{1,2}}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<y>\d{{4}})\.?")
_DIGITS = re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})")
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")


class WrittenDateField(forms.DateField):
    """A date typed as people write it: 24.3.1985. or 24/03/1985 or 24031985 or 1985-03-24."""

    widget = forms.DateInput(format="%d.%m.%Y.", attrs={"inputmode": "numeric"})
    default_error_messages = {
        "invalid": _("Write the day, month and year, for example 24.3.1985."),
    }

    def __init__(self, *, example: str = "24.3.1985.", **kwargs: Any) -> None:
        """`example` stands in the empty field: a birthday, where nothing else is said."""
        super().__init__(**kwargs)
        self.widget.attrs["placeholder"] = example

    def to_python(self, value: Any) -> date | None:
        """The date; text that names no day of the calendar is refused."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        text = str(value).strip()
        for pattern in (_WRITTEN, _DIGITS, _ISO):
            if match := pattern.fullmatch(text):
                try:
                    return date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    break
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class PhoneField(forms.CharField):
    """A telephone number as people write it, with spaces, slashes and hyphens."""

    widget = forms.TextInput(
        attrs={"type": "tel", "autocomplete": "tel", "placeholder": "034 123 456"}
    )
    default_validators = [
        RegexValidator(
            r"^\+?[\d\s/().-]{6,30}$",
            _("Write the number in digits, for example 034 123 456."),
        ),
    ]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
