"""What the staff put out of blind reviewers' sight."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.forms.reviews import PlainForm
from accreditation.operations.blinding import COPIES
from centar.files import kinds


class MaskingForm(PlainForm):
    """Words, and what stands instead of them."""

    words = forms.CharField(
        label=_("Words"),
        max_length=200,
        help_text=_("Found in both scripts and in all cases: ПКГ, Сунчани сат."),
    )
    instead = forms.CharField(
        label=_("Instead"),
        max_length=200,
        required=False,
        help_text=_("Empty for three dots."),
    )


class CopyForm(PlainForm):
    """A copy of a file without names."""

    file = forms.FileField(
        label=_("Copy without names"),
        widget=forms.FileInput(attrs={"accept": kinds.accept(COPIES)}),
        help_text=_("PDF or DOCX. Look through it: what it says is shown to blind reviewers."),
    )
