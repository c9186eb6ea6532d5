"""Input of a school's application."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from centar.audit.forms import ReasonForm
from centar.events.applications.drafts import COLUMNS, Typed
from centar.events.applications.pasting import LONGEST_PASTE, MOST_ROWS, Row
from centar.events.models import Booking, BookingGroup
from centar.people.models import Person

# Digits of the greatest key that a person can have.
_LONGEST_KEY = 18


def typed_in(sent: QueryDict, before: Typed) -> Typed:
    """Everything that the page of the list sends; what it does not ask stays as before."""
    columns = [[_plain(cell) for cell in sent.getlist(name)] for name in COLUMNS]
    rows = [Row(*cells) for cells in zip_longest(*columns, fillvalue="")][:MOST_ROWS]
    keys = (key for key in sent.getlist("chosen") if key.isdecimal() and len(key) <= _LONGEST_KEY)
    return replace(
        before,
        chosen=tuple(dict.fromkeys(int(key) for key in keys)),
        rows=tuple(rows),
        pasted=sent.get("pasted", "").replace("\0", ""),
    )


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\0", "").split())


class PasteForm(forms.Form):
    """Text pasted from a spreadsheet."""

    pasted = forms.CharField(
        label=_("Paste from a spreadsheet"),
        required=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "One person in a row, with or without headings: first name, last name, e-mail, post, "
            "subject, date and place of birth, in any order. Either script will do."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class SendForm(forms.Form):
    """What the coordinator decides before sending; `seen_…` is the effect that the page told."""

    policy = forms.ChoiceField(
        label=_("If there are not enough places"),
        choices=BookingGroup.Policy.choices,
        error_messages={"required": _("Choose what happens if there are not enough places.")},
    )
    payer = forms.ChoiceField(
        label=_("Who pays"),
        choices=Booking.Payer.choices,
        error_messages={"required": _("Choose who pays.")},
    )
    seen_together = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_split = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SubstituteForm(forms.Form):
    """Who comes instead."""

    person = forms.ModelChoiceField(
        label=_("Who comes instead"),
        queryset=Person.objects.none(),
        error_messages={
            "required": _("Choose who comes instead."),
            "invalid_choice": _("The substitute must be of the same school and not registered."),
        },
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class SubstitutionForm(SubstituteForm, ReasonForm):
    """The staff name a substitute, with a reason."""

    field_order = ("person", "reason")
