"""Input about bookings."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from centar.events.models import Event
from centar.people.forms import BirthFields
from centar.people.models import Person


class RegistrationForm(BirthFields, forms.Form):
    """A note to the Centre, and the date and place of birth when a certificate needs them.

    The two are asked for only when the event issues a certificate and the person has not
    given them before.
    """

    note = forms.CharField(
        label=_("Note to the Centre"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional: for instance that you use a wheelchair or arrive late."),
    )

    def __init__(self, *args: Any, event: Event, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_birth = event.asks_birth and not (person.birth_date and person.birth_place)
        if not self.needs_birth:
            del self.fields["birth_date"]
            del self.fields["birth_place"]
        self.order_fields(["birth_date", "birth_place", "note"])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class ReasonForm(forms.Form):
    """Why the staff do something that others will want to understand later."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the record."),
    )


class ReorderForm(ReasonForm):
    """A new position in the queue."""

    position = forms.IntegerField(
        label=_("New position"), min_value=1, help_text=_("1 is the front of the queue.")
    )
    field_order = ("position", "reason")


class TransferForm(ReasonForm):
    """Another event for a booking."""

    event = forms.ModelChoiceField(label=_("Move to"), queryset=Event.objects.none())
    field_order = ("event", "reason")

    def __init__(self, *args: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["event"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = targets
