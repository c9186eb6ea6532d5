"""Filters of the catalogue and of the seminar list. A filter nobody offers is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from trainings import lists
from trainings.models import Programme

ALL = _("all")
# What a filter of hours or points means: more than the first number, at most the second. Points
# may be halves, so one choice begins where the one before ends.
AMOUNTS = {"8": (0, 8), "16": (8, 16), "24": (16, 24), "more": (24, 9999)}
AMOUNT_LABELS = (
    ("8", _("up to 8")),
    ("16", _("9 to 16")),
    ("24", _("17 to 24")),
    ("more", _("more than 24")),
)
FEES = (
    ("free", _("free of charge")),
    ("2000", _("up to 2.000 RSD")),
    ("5000", _("up to 5.000 RSD")),
)


Choice = tuple[str, str | Promise]
"""A value in the address and the words for it."""


class Filter(forms.Form):
    """Search and filters in an address; what cannot be understood asks for nothing."""

    # Drawn by the template, large above the others.
    q = forms.CharField(label=_("Search"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered: dict[str, tuple[Choice, ...]] = {}
        """What each choice field offers, by its name."""

    @cached_property
    def filters(self) -> dict[str, Any]:
        """The filters that were set and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def count(self) -> int:
        """How many filters are set, the search itself not counted."""
        return len(self.filters.keys() - {"q"})

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What could not be understood: the label of each such filter and a sentence."""
        return [
            (str(self.fields[name].label), str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]

    def offer(self, name: str, choices: Iterable[Choice], nothing: str | Promise = ALL) -> None:
        """Set what a choice field offers, with `nothing` in front for no choice."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        self.offered[name] = offered = (("", nothing), *choices)
        # Django walks through them only when one was chosen.
        field.choices = lambda: offered


class CatalogueFilter(Filter):
    """The catalogue's filters; every field may stay empty."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    competence = forms.ChoiceField(label=_("Competence"), required=False)
    priority = forms.ChoiceField(label=_("Priority area"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)
    hours = forms.ChoiceField(label=_("Hours"), required=False)
    points = forms.ChoiceField(label=_("Points"), required=False)
    audience = forms.CharField(label=_("Audience"), required=False, max_length=100)
    trainer = forms.CharField(label=_("Trainer"), required=False, max_length=100)
    fee = forms.ChoiceField(label=_("Fee"), required=False)
    cycle = forms.ChoiceField(label=_("Cycle"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = lists.programme_choices()
        offered["form"] = Programme.Form.choices
        offered["hours"] = offered["points"] = AMOUNT_LABELS
        offered["fee"] = FEES
        for name, choices in offered.items():
            self.offer(name, choices)

    def clean_hours(self) -> tuple[int, int] | None:
        """The bounds of hours."""
        return AMOUNTS.get(self.cleaned_data["hours"])

    def clean_points(self) -> tuple[int, int] | None:
        """The bounds of points."""
        return AMOUNTS.get(self.cleaned_data["points"])


class SeminarFilter(Filter):
    """The seminar list's filters."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    open = forms.BooleanField(label=_("Registration open"), required=False)
    seats = forms.BooleanField(label=_("With free places"), required=False)
    past = forms.BooleanField(label=_("Past ones"), required=False)

    def __init__(self, *args: Any, months: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("month", months)
        self.offer("place", [(place, place) for place in places])
        self.offer("form", Programme.Form.choices)
