"""Input of the staff about money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centar.events.models import Booking
from centar.script.folding import fold
from trainings.models import Proforma

# What a bank's table may hold; each with words by which its heading is guessed, folded.
COLUMNS = {
    "booked_on": (_("day"), ("datum",)),
    "amount": (_("amount that came"), ("potrazuje", "uplata", "odobrenje", "iznos", "amount")),
    "outgoing": (_("amount that went"), ("duguje", "isplata", "zaduzenje")),
    "payer": (_("payer"), ("naziv", "platilac", "uplatilac", "nalogodavac", "ime")),
    "payer_account": (_("account of the payer"), ("racun",)),
    "reference": (_("reference"), ("poziv",)),
    "purpose": (_("purpose"), ("svrha", "opis")),
    "bank_reference": (_("the bank's number of the entry"), ("referenca", "broj naloga")),
}
NEEDED = ("booked_on", "amount")


class IssueForm(forms.Form):
    """For whose place a pro-forma invoice is made."""

    booking = forms.ModelChoiceField(
        label=_("Booking"),
        queryset=Booking.objects.filter(event__seminar__isnull=False),
        widget=AutocompleteSelect(Proforma._meta.get_field("booking"), admin.site),
        help_text=_(
            "Where the school pays for an application, the invoice is for all of its people."
        ),
    )


class InvoiceNumberForm(forms.Form):
    """Under which number the state's system knows the invoice."""

    number = forms.CharField(
        label=_("Number in the e-invoice system"), max_length=60, required=False
    )


class StatementFileForm(forms.Form):
    """A statement of the bank."""

    file = forms.FileField(
        label=_("File (CAMT.053 XML or CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.csv,.txt"}),
        help_text=_("At most 20 MB. Nothing is counted before you have seen what it would do."),
    )


class ColumnsForm(forms.Form):
    """What each column of a bank's table holds: its number from 0, as a text."""

    name = forms.CharField(label=_("Name of the bank"), max_length=80)

    def __init__(
        self, *args: Any, headings: Sequence[str], known: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((str(number), one) for number, one in enumerate(headings))]
        for name, (label, words) in COLUMNS.items():
            guessed = known.get(name, _guess(headings, words))
            self.fields[name] = forms.ChoiceField(
                label=capfirst(label),
                choices=choices,
                required=name in NEEDED,
                initial="" if guessed is None else str(guessed),
            )


def _guess(headings: Sequence[str], words: Sequence[str]) -> int | None:
    for word in words:
        for number, heading in enumerate(headings):
            if word in fold(heading):
                return number
    return None
