"""Input about bookings."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from centar.audit.forms import ReasonForm
from centar.events import kinds
from centar.events.models import Booking, Event
from centar.people.forms import BirthFields, SchoolChoice
from centar.people.models import Person
from centar.people.operations import Newcomer

# The largest key of a row; beyond it the database would complain.
MOST_KEY = 2**63 - 1


class RegistrationForm(BirthFields, forms.Form):
    """A note to the Centre, who pays, and the date and place of birth.

    Birth is asked for only when the event issues a certificate and the person has not given it
    before; who pays only where there is a fee and a school that could.
    """

    payer = forms.ChoiceField(
        label=_("Who pays"),
        choices=[(Booking.Payer.PERSON, _("I pay")), (Booking.Payer.SCHOOL, _("My school pays"))],
        initial=Booking.Payer.PERSON,
        widget=forms.RadioSelect,
        help_text=_("If the school pays, its coordinator gets the pro-forma invoice. Agree first."),
    )

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
        if person.school_id is None or not kinds.get(event.kind).has_fee(event):
            del self.fields["payer"]
        self.order_fields(["birth_date", "birth_place", "payer", "note"])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


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


class CheckInFilter(forms.Form):
    """How the list at the entrance is narrowed; what cannot be understood narrows nothing."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    nisu = forms.BooleanField(label=_("Only who has not arrived"), required=False)


class PresenceForm(forms.Form):
    """One tap at the entrance: whose row, and how long they were there when not all the time."""

    booking = forms.IntegerField(min_value=1, max_value=MOST_KEY)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        error_messages={"invalid": _("Write the minutes as a whole number.")},
    )


class WalkInForm(SchoolChoice):
    """Somebody at the door who has not registered."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For the certificate and letters; may be left empty."),
    )
    employer = forms.CharField(
        label=_("Employer"),
        required=False,
        max_length=200,
        help_text=_("Only when they do not work in a school of the list."),
    )
    field_order = ("first_name", "last_name", "email", "school", "employer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "first_name",
            "last_name",
            "email",
            Field("school", template="people/_school_field.html"),
            "employer",
        )

    def newcomer(self) -> Newcomer:
        """Who it is, for `operations.walk_ins.walk_in`."""
        return Newcomer(**self.cleaned_data)
