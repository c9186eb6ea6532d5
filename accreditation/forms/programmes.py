"""From an accredited proposal to the catalogue, to a seminar, and to a new proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTimeWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.models import Call, Proposal


class SeminarForm(forms.Form):
    """Where and when; everything can be written later in the draft."""

    town = forms.CharField(label=_("Place"), max_length=150, required=False)
    first_day = forms.DateField(label=_("First day"), required=False, widget=AdminDateWidget)
    begins_at = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=AdminTimeWidget,
        help_text=_("Every day; the ends follow from the hours, without pauses."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if proposal.wished_on and proposal.wished_on > timezone.localdate():
            self.fields["first_day"].initial = proposal.wished_on


class RenewForm(forms.Form):
    """In which open call it is proposed anew."""

    call = forms.ModelChoiceField(label=_("Call"), queryset=Call.objects.none())

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calls = Call.objects.open_on(timezone.localdate()).filter(kind=proposal.call.kind)
        field = self.fields["call"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = calls
        if not calls:
            field.help_text = _("No call of this kind is open now.")
