"""Fields of a list's filters, drawn in Python: `{% load filters %}`.

A list has a dozen of them, and Django's templates for widgets take five times as long; what a
field offers changes seldom, so its element is remembered. Text goes through `escape` here by hand,
since nothing else would.
"""

from __future__ import annotations

from html import escape

from django import forms, template
from django.utils.safestring import SafeString

from centar.script import remembered
from trainings.forms.filters import Choice, Filter

register = template.Library()


@register.simple_tag
def filter_fields(form: Filter) -> SafeString:
    """Every filter but the search itself: its label and its element, with what was chosen."""
    return SafeString(
        "".join(
            _drawn(form, field, name, form.data.get(name, ""))
            for name, field in form.fields.items()
            if name != "q"
        )
    )


def _drawn(form: Filter, field: forms.Field, name: str, value: str) -> str:
    label = str(field.label)
    if isinstance(field, forms.BooleanField):
        return _checkbox(name, label, is_checked=bool(value))
    if isinstance(field, forms.ChoiceField):
        return _select(name, label, form.offered[name], value)
    assert isinstance(field, forms.CharField)
    text = (
        f'<input type="text" class="form-control" name="{name}" id="id_{name}"'
        f' value="{escape(value)}" maxlength="{field.max_length}">'
    )
    return f"<div>{_label(name, label)}{text}</div>"


def _checkbox(name: str, label: str, *, is_checked: bool) -> str:
    return (
        f'<div class="form-check"><input type="checkbox" class="form-check-input" name="{name}"'
        f' id="id_{name}"{" checked" if is_checked else ""}>'
        f'<label class="form-check-label" for="id_{name}">{escape(label)}</label></div>'
    )


@remembered.in_each_face
def _select(name: str, label: str, offered: tuple[Choice, ...], chosen: str) -> SafeString:
    options = "".join(_option(key, str(shown), chosen) for key, shown in offered)
    return SafeString(
        f'<div>{_label(name, label)}<select class="form-select" name="{name}" id="id_{name}">'
        f"{options}</select></div>"
    )


def _label(name: str, label: str) -> str:
    return f'<label class="form-label" for="id_{name}">{escape(label)}</label>'


def _option(key: str, shown: str, chosen: str) -> str:
    mark = " selected" if key == chosen else ""
    return f'<option value="{escape(key)}"{mark}>{escape(shown)}</option>'
