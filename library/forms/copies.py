"""Forms of the back office about copies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.admin import RevisionForm
from centar.audit.forms import ReasonForm
from centar.people.models import User
from library import locks
from library.models import Copy
from library.operations import copies as operations


class CopyForm(RevisionForm):
    """A copy; saved here by the operation, so that its refusal stands beside the field."""

    by: User
    barcode = forms.CharField(
        label=gettext_lazy("Bar code"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Scan the label; empty where there is none."),
    )

    def clean(self) -> dict[str, Any] | None:
        """Write the copy inside the admin's transaction."""
        if self.instance.pk is not None:
            # Before the row of the copy, as everybody at the desk does.
            locks.lock_record(self.instance.record_id)
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        fields = {name: cleaned[name] for name in operations.FIELDS}
        try:
            if self.instance.pk is None:
                self.instance = operations.add(record_id=cleaned["record"].pk, by=self.by, **fields)
            else:
                self.instance = operations.change(copy_id=self.instance.pk, by=self.by, **fields)
        except Refusal as refusal:
            self.add_error(refusal.field, str(refusal))
        else:
            cleaned["barcode"] = self.instance.barcode
        return cleaned


class StateForm(ReasonForm):
    """What has become of a copy. It is written off apart, and its number stays."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[(one.value, one.label) for one in Copy.State if one != Copy.State.WRITTEN_OFF],
    )
    field_order = ("state", "reason")
