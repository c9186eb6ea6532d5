"""Input about materials."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.files import kinds


class MaterialForm(forms.Form):
    """One file for the participants; what it may be is decided by `centar.files`."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": kinds.accept(kinds.ALL)}),
        help_text=_("A document, a workbook, a presentation or a picture, up to 10 megabytes."),
        error_messages={"required": _("Choose a file.")},
    )
