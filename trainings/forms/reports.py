"""Which report is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class YearForm(forms.Form):
    """One of the years in which the Centre held seminars."""

    godina = forms.ChoiceField(
        label=_("Year"), widget=forms.Select(attrs={"class": "form-select w-auto pe-5"})
    )

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["godina"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(year), str(year)) for year in years]
