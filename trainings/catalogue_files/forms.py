"""The two steps of an import: choosing the file, and confirming what the preview showed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.people.models import User
from trainings.catalogue_files import reading
from trainings.catalogue_files.plan import Plan
from trainings.catalogue_files.sheets import Sheet

PREVIEW_LASTS = timedelta(days=1)
_NOT_VALID = gettext_lazy("This preview is not valid any more. Choose the file again.")


class FileForm(forms.Form):
    """A file with a catalogue; `cleaned_data["file"]` is its Sheet."""

    file = forms.FileField(
        label=gettext_lazy("File (XLSX or CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("At most 2 MB and 5,000 rows. Nothing is written before a preview."),
    )

    def clean_file(self) -> Sheet:
        """Read the file; whatever is wrong with it stands beside the field."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > reading.MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Save it as XLSX, or divide it."))
        return reading.read(file.name or "", file.read())


class _Readable:
    """JSON that leaves Cyrillic as it is: half the size of Django's own."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class ConfirmForm(forms.Form):
    """What was previewed, signed for the person who saw it: nothing else can be imported.

    The sheet travels with the page, so that a preview waits nowhere on the server.
    """

    preview = forms.CharField(widget=forms.HiddenInput, error_messages={"required": _NOT_VALID})

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        self._signer = signing.TimestampSigner(salt=f"trainings.catalogue_files:{by.pk}")
        super().__init__(*args, **kwargs)

    def offer(self, sheet: Sheet, plan: Plan) -> None:
        """Fill the form for the page that shows the plan."""
        seen = {"sheet": sheet.packed(), "fingerprint": plan.fingerprint()}
        self.initial["preview"] = self._signer.sign_object(
            seen, serializer=_Readable, compress=True
        )

    def clean_preview(self) -> tuple[Sheet, str]:
        """The sheet and the fingerprint of the plan that was seen."""
        try:
            seen = self._signer.unsign_object(
                self.cleaned_data["preview"], serializer=_Readable, max_age=PREVIEW_LASTS
            )
        except signing.BadSignature:
            raise ValidationError(_NOT_VALID) from None
        return Sheet.unpacked(seen["sheet"]), seen["fingerprint"]
