"""What a payment was for, said by the staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from centar.audit.forms import ReasonForm
from trainings.models import Payment, Proforma
from trainings.payments import amounts
from trainings.queries.suggestions import Suggestion

OTHERS = 3
"""Lines for invoices that were not suggested."""


class AmountField(forms.Field):
    """An amount over zero as Serbs write it, or nothing at all."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 14, "autocomplete": "off"})
        super().__init__(label=_("Amount"), required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """The amount in dinars; None where nothing was written."""
        text = (value or "").strip()
        if not text:
            return None
        amount = amounts.parse(text)
        if amount <= 0:
            raise forms.ValidationError(_("Write an amount over zero, or leave it empty."))
        return amount


class Line(NamedTuple):
    """One invoice in the form; those not suggested are chosen in `invoice` itself."""

    invoice: BoundField
    amount: BoundField
    suggestion: Suggestion | None = None


class MatchForm(forms.Form):
    """For which invoices a payment was, and how much for each of them.

    Whoever writes an amount need not mark the invoice too. `cleaned_data["shares"]` is what
    `payments.match` asks for.
    """

    def __init__(self, *args: Any, suggestions: Sequence[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [self._suggested(one) for one in suggestions]
        self.others = [self._other(number) for number in range(1, OTHERS + 1)]

    def _suggested(self, one: Suggestion) -> Line:
        name, amount = f"take_{one.proforma.pk}", f"amount_{one.proforma.pk}"
        self.fields[name] = forms.BooleanField(label=str(one.proforma), required=False)
        self.fields[amount] = AmountField()
        return Line(self[name], self[amount], one)

    def _other(self, number: int) -> Line:
        name, amount = f"other_{number}", f"other_amount_{number}"
        self.fields[name] = forms.ModelChoiceField(
            label=_("Another pro-forma invoice"),
            required=False,
            queryset=Proforma.objects.all(),
            widget=AutocompleteSelect(Payment._meta.get_field("proforma"), admin.site),
        )
        self.fields[amount] = AmountField()
        return Line(self[name], self[amount])

    def clean(self) -> dict[str, Any]:
        """Each invoice once, and every amount for some invoice."""
        cleaned = super().clean() or self.cleaned_data
        shares: dict[int, Decimal | None] = {}
        for line in (*self.lines, *self.others):
            amount = cleaned.get(line.amount.name)
            invoice = self._invoice(line, cleaned, amount)
            if invoice is None and amount is not None:
                self.add_error(line.invoice.name, _("Choose the invoice for this amount."))
            elif invoice is not None and invoice in shares:
                self.add_error(line.invoice.name, _("This invoice is in the list twice."))
            elif invoice is not None:
                shares[invoice] = amount
        if not self.errors and not shares:
            raise forms.ValidationError(_("Choose at least one pro-forma invoice."))
        cleaned["shares"] = shares
        return cleaned

    def _invoice(self, line: Line, cleaned: dict[str, Any], amount: Decimal | None) -> int | None:
        chosen = cleaned.get(line.invoice.name)
        if line.suggestion is None:
            return chosen.pk if chosen is not None else None
        return line.suggestion.proforma.pk if chosen or amount is not None else None


class UndoForm(ReasonForm):
    """Which parts of a payment are taken back, and why."""

    payments = forms.TypedMultipleChoiceField(
        label=_("What is taken back"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is taken back.")},
    )
    field_order = ("payments", "reason")

    def __init__(self, *args: Any, payments: Iterable[Payment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["payments"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (one.pk, f"{one.proforma}: {amounts.written(one.amount)}") for one in payments
        ]
        field.initial = [value for value, _label in field.choices]
