"""Input about co-authors."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class InviteForm(forms.Form):
    """Who is invited, and where the letter goes."""

    name = forms.CharField(label=_("First and last name"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("An account with another address may be used to accept."),
    )
