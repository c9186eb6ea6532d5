"""Fields of a list's filters, drawn in Python: `{% load filters %}`.

A list has a dozen of them, and Django's templates for widgets take five times as long. Text goes
through `escape` here by hand, since nothing else would.
"""

from __future__ import annotations

from html import escape
from typing import cast

from django import forms, template
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from trainings.forms.filters import Filter

register = template.Library()


@register.simple_tag
def filter_fields(form: Filter) -> SafeString:
    """Every filter but the search itself: its label and its element, with what was chosen."""
    return SafeString(
        "".join(
            _drawn(field, name, form.data.get(name, ""))
            for name, field in form.fields.items()
            if name != "q"
        )
    )


def _drawn(field: forms.Field, name: str, value: str) -> str:
    label = escape(str(field.label))
    if isinstance(field, forms.BooleanField):
        return (
            f'<div class="form-check"><input type="checkbox" class="form-check-input" name="{name}"'
            f' id="id_{name}"{" checked" if value else ""}>'
            f'<label class="form-check-label" for="id_{name}">{label}</label></div>'
        )
    if isinstance(field, forms.ChoiceField):
        element = (
            f'<select class="form-select" name="{name}" id="id_{name}">'
            f"{''.join(_option(key, str(shown), value) for key, shown in _choices(field))}</select>"
        )
    else:
        assert isinstance(field, forms.CharField)
        element = (
            f'<input type="text" class="form-control" name="{name}" id="id_{name}"'
            f' value="{escape(value)}" maxlength="{field.max_length}">'
        )
    return f'<div><label class="form-label" for="id_{name}">{label}</label>{element}</div>'


def _choices(field: forms.ChoiceField) -> list[tuple[str, str | Promise]]:
    # `Filter.offer` and the form's own lists give nothing but plain pairs.
    return cast("list[tuple[str, str | Promise]]", field.choices)


def _option(key: str, shown: str, chosen: str) -> str:
    mark = " selected" if key == chosen else ""
    return f'<option value="{escape(key)}"{mark}>{escape(shown)}</option>'
