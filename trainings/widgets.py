"""Fields of the filters, drawn in Python: a list has a dozen of them, and Django's templates for
widgets take five times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Attributes = Mapping[str, Any] | None


class Select(forms.Select):
    """One of several choices, without groups."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-select"})

    def render(
        self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None
    ) -> SafeString:
        """The element with its options."""
        chosen = self.format_value(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, " selected" if key in chosen else "", label) for key, label in self.choices),
        )
        attributes = flatatt({**self.attrs, **(attrs or {})})
        return format_html('<select name="{}"{}>{}</select>', name, attributes, options)


class TextInput(forms.TextInput):
    """A line of text."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-control"})

    def render(
        self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None
    ) -> SafeString:
        """The element."""
        shown = {"value": self.format_value(value), **self.attrs, **(attrs or {})}
        return format_html('<input type="text" name="{}"{}>', name, flatatt(shown))


class CheckboxInput(forms.CheckboxInput):
    """A yes or no."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-check-input"})

    def render(
        self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None
    ) -> SafeString:
        """The element."""
        shown = {**self.attrs, **(attrs or {}), "checked": self.check_test(value)}
        return format_html('<input type="checkbox" name="{}"{}>', name, flatatt(shown))
