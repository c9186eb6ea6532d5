"""What the institute says, as the staff type it in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.models import Call, Filing, Proposal
from accreditation.operations.filings import CORRECTED
from centar.script.numbers import NumberField


def _day(label: Any, **facts: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=AdminDateWidget, **facts)


def _words(label: Any, **facts: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": 5}), **facts
    )


class FileForm(forms.Form):
    """When it was filed and under which number."""

    filed_on = _day(_("Filed on"), initial=timezone.localdate)
    filing_number = forms.CharField(
        label=_("Number of the filing"),
        max_length=60,
        required=False,
        help_text=_("As the institute has confirmed it; it can be written later."),
    )


class ReturnForm(forms.Form):
    """What is missing and until when."""

    returned_on = _day(_("Returned on"), initial=timezone.localdate)
    complete_by = _day(_("To be completed by"), help_text=_("The last day, until midnight."))
    what_is_missing = _words(_("What is missing"), help_text=_("The authors read it."))


class CompleteForm(forms.Form):
    """When what was missing was handed in."""

    completed_on = _day(_("Completed on"), initial=timezone.localdate)


class AccreditForm(forms.Form):
    """The numbers and days of the decision; a meeting has no catalogue number."""

    decided_on = _day(_("Decided on"), initial=timezone.localdate)
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    catalogue_number = forms.CharField(label=_("Catalogue number"), max_length=40)
    points = NumberField(label=_("Points"), min_value=Decimal(0), max_digits=5, decimal_places=1)
    valid_from = _day(_("Valid from"))
    valid_until = _day(_("Valid until"))

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cycle = proposal.call.cycle
        if proposal.call.kind == Call.Kind.MEETING:
            del self.fields["catalogue_number"]
        elif cycle is not None:
            self.fields["valid_until"].initial = cycle.ends_on

    def clean(self) -> dict[str, Any]:
        """A meeting bears the number of the decision."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {"catalogue_number": "", **cleaned}


class RefuseForm(forms.Form):
    """Why it was refused, and until when an appeal is possible."""

    decided_on = _day(_("Decided on"), initial=timezone.localdate)
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    refused_because = _words(_("Refused because"), help_text=_("The authors read it."))
    appeal_until = _day(_("Appeal until"), help_text=_("The last day, until midnight."))


class AppealForm(forms.Form):
    """When the appeal was handed in."""

    appealed_on = _day(_("Appealed on"), initial=timezone.localdate)


class CorrectForm(forms.ModelForm[Filing]):
    """Everything that is noted so far, to be put right, and why."""

    reason = _words(_("Reason"), help_text=_("It stays in the audit."))

    class Meta:
        model = Filing
        fields = CORRECTED
        widgets = {
            name: AdminDateWidget()
            for name in CORRECTED
            if name.endswith(("_on", "_by", "_until", "_from"))
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CORRECTED:
            if name == "filing_number":
                continue  # it may come later than the filing
            # What was noted may be put right, not taken away; what was not is no mistake.
            if getattr(self.instance, name) in (None, ""):
                del self.fields[name]
            else:
                self.fields[name].required = True

    def _post_clean(self) -> None:
        """The operation looks at the facts together, and says no in its own words."""


def changed(cleaned: dict[str, Any]) -> dict[str, date | Decimal | str]:
    """What `CorrectForm` gives, without the reason."""
    return {name: value for name, value in cleaned.items() if name in CORRECTED}
