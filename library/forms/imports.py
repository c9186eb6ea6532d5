"""Forms of the back office about files of records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from library.exchange.writing import Written
from library.models import ImportRun


class UploadForm(forms.Form):
    """A file of records."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "MARC 21 or COMARC/UNIMARC (ISO 2709 or XML), CSV or XLSX, up to 64 MB. "
            "Nothing is written before you have seen it."
        ),
    )


class OtherwiseForm(forms.Form):
    """What the file is, where the guess was wrong."""

    format = forms.ChoiceField(label=gettext_lazy("format"), choices=ImportRun.Format.choices)
    encoding = forms.ChoiceField(
        label=gettext_lazy("encoding"),
        choices=ImportRun.Encoding.choices,
        help_text=gettext_lazy("Of letters in ISO 2709; other formats say it themselves."),
    )

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"format": run.format, "encoding": run.encoding}


class ConfirmForm(forms.Form):
    """What is to happen to records that the library has."""

    changes_held = forms.BooleanField(
        label=gettext_lazy("Describe held records anew as the file says"),
        required=False,
        help_text=gettext_lazy("Otherwise they stay as they are, and their copies too."),
    )
    takes_copies = forms.BooleanField(
        label=gettext_lazy("Enter the copies that the file names"),
        required=False,
        initial=True,
        help_text=gettext_lazy("They are recognised by their accession numbers."),
    )


class ExportForm(forms.Form):
    """The format of a file of the whole catalogue."""

    format = forms.ChoiceField(label=gettext_lazy("format"), choices=Written.choices)
