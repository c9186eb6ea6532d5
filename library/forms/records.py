"""Forms of the back office about records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from centar.access import Refusal
from centar.audit.admin import RevisionForm
from centar.files import kinds, pictures
from centar.files import operations as files
from centar.files.kinds import FileKind
from library import described as descriptions
from library import isbn
from library.models import Identifier


class RecordForm(RevisionForm):
    """A record; the year is read from the printed one unless it is typed."""

    new_cover = forms.FileField(
        label=gettext_lazy("Picture of the cover"),
        required=False,
        widget=forms.FileInput(attrs={"accept": kinds.accept(pictures.KINDS)}),
    )
    new_file = forms.FileField(
        label=gettext_lazy("Electronic file"),
        required=False,
        help_text=gettext_lazy("Of an electronic publication; readers who are signed in open it."),
    )

    class Meta:
        labels: ClassVar = {"title": pgettext_lazy("of a publication", "Title")}
        help_texts: ClassVar = {
            "kind": gettext_lazy(
                "Issues of a journal and parts of a kit are listed once the kind is saved."
            )
        }

    def clean_language(self) -> str:
        """Codes are written small."""
        return str(self.cleaned_data["language"]).strip().lower()

    def clean_subjects(self) -> str:
        """Empty lines say nothing."""
        lines = str(self.cleaned_data["subjects"]).splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())

    def clean_new_cover(self) -> UploadedFile[bytes] | None:
        """A picture that can be kept."""
        return self._kept("new_cover", pictures.KINDS)

    def clean_new_file(self) -> UploadedFile[bytes] | None:
        """A file that can be kept."""
        return self._kept("new_file", kinds.ALL)

    def _kept(self, name: str, allowed: Sequence[FileKind]) -> UploadedFile[bytes] | None:
        upload = self.upload(name)
        if upload is not None:
            try:
                files.check(upload, allowed)
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from refusal
        return upload

    def clean(self) -> dict[str, Any] | None:
        """Take the year over from what is printed."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("year") is None:
            cleaned["year"] = descriptions.year_of(cleaned.get("printed_year") or "")
        return cleaned

    def upload(self, name: str) -> UploadedFile[bytes] | None:
        """A file that was chosen, if one was."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get(name)
        return file


class NumberForm(forms.ModelForm[Identifier]):
    """A number as it is printed; a wrong one is kept once the librarian has looked again."""

    keep_wrong = forms.BooleanField(
        label=gettext_lazy("Printed so"),
        required=False,
        help_text=gettext_lazy("Tick it when the publication itself bears the wrong number."),
    )

    class Meta:
        model = Identifier
        fields = ("kind", "printed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What was looked at once need not be asked again, unless the number is typed anew.
        self.initial["keep_wrong"] = bool(self.instance.pk and not self.instance.number)

    def clean(self) -> dict[str, Any]:
        """Warn of a wrong check digit."""
        cleaned = super().clean() or self.cleaned_data
        kind, text = cleaned.get("kind"), cleaned.get("printed")
        if kind and text:
            cleaned["printed"] = isbn.printed(text) or text
            is_wrong = not isbn.canonical(kind, text)
            if is_wrong and not cleaned.get("keep_wrong"):
                sentence = _(
                    "This is no right %(kind)s: a digit is mistyped, or it is printed wrong. "
                    "Look again; if it is printed so, tick “Printed so”."
                )
                label = Identifier.Kind(kind).label
                self.add_error("printed", ValidationError(sentence % {"kind": label}))
        return cleaned


class ByNumberForm(forms.Form):
    """An ISBN or ISSN, typed or scanned."""

    number = forms.CharField(
        label=gettext_lazy("ISBN or ISSN"),
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text=gettext_lazy("Type it, or scan the bar code on the cover."),
    )

    def clean_number(self) -> tuple[str, str, str]:
        """The kind, the canonical number and the printed one."""
        text = isbn.printed(self.cleaned_data["number"])
        for kind in Identifier.Kind.values:
            if number := isbn.canonical(kind, text):
                return kind, number, text
        raise ValidationError(
            _("The check digit is wrong. Scan it again, or enter the record by hand.")
        )
