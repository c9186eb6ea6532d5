"""Input of somebody who has a paper in hand."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centar.documents import queries

NOT_FOUND = _(
    "No paper with this code is in the register. Compare the code letter by letter with the paper."
)


class VerificationForm(forms.Form):
    """The code of a paper, and its number for whoever wants that compared too."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=60,
        help_text=_("Twenty letters and digits under the QR code, for example 7KQ4M-…"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
    number = forms.CharField(
        label=_("Register number"),
        max_length=60,
        required=False,
        help_text=_("It may stay empty. The number alone finds nothing."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    @property
    def helper(self) -> FormHelper:
        """The fields only; the page has the form and its button."""
        helper = FormHelper(self)
        helper.form_tag = False
        return helper

    def clean(self) -> dict[str, Any]:
        """Find the paper; `found` holds it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "code" not in cleaned:
            return cleaned
        found = queries.verified(cleaned["code"])
        number = cleaned.get("number", "")
        if found is None:
            self.add_error("code", str(NOT_FOUND))
        elif number and not queries.has_number(found.document, number):
            self.add_error("number", gettext("The paper with this code has another number."))
        else:
            cleaned["found"] = found
        return cleaned


class RevokeForm(forms.Form):
    """Why a paper no longer counts."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Whoever verifies the paper reads it: write nothing private."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
