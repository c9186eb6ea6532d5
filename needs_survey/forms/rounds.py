"""Input of the staff about rounds."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _

from centar.audit.admin import RevisionForm
from centar.schools.models import Municipality, School
from needs_survey.models import Round
from needs_survey.operations import rounds as operations
from needs_survey.queries import rounds as queries

# A year later on the same day of the week.
YEAR = timedelta(weeks=52)
_YEARS = re.compile(r"\b(20\d\d)(?:/(\d\d))?\b")


class RoundForm(RevisionForm):
    """A round as the staff prepare it."""

    def clean(self) -> dict[str, Any] | None:
        """Who answers, and what, stays once somebody is invited; asked under the lock."""
        cleaned = super().clean()
        settled = set(operations.SETTLED) & set(self.changed_data)
        if self.instance.pk and settled and queries.somebody_is_invited(self.instance):
            for name in settled:
                self.add_error(name, str(operations.STAYS))
        return cleaned


class InviteForm(forms.Form):
    """Which schools are invited; nothing chosen means all."""

    municipalities = forms.ModelMultipleChoiceField(
        label=_("Municipalities"),
        queryset=Municipality.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of schools"),
        choices=School.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    with_outlying_units = forms.BooleanField(
        label=_("Outlying units too"),
        required=False,
        help_text=_("Otherwise the main school answers for them."),
    )

    def choice(self) -> dict[str, Any]:
        """What was chosen, as the operation and the preview take it."""
        chosen = self.cleaned_data
        return {
            "municipalities": [one.pk for one in chosen["municipalities"]],
            "kinds": chosen["kinds"],
            "with_outlying_units": chosen["with_outlying_units"],
        }


class LastDayForm(forms.Form):
    """Another last day."""

    closes_on = forms.DateField(
        label=_("Last day"),
        widget=AdminDateWidget,
        help_text=_("Until midnight. Days of reminding that are still to come move along."),
    )


class CopyForm(forms.Form):
    """The name and the days of the copy."""

    title = forms.CharField(label=_("Title"), max_length=200)
    opens_on = forms.DateField(label=_("From"), widget=AdminDateWidget)
    closes_on = forms.DateField(label=_("Until"), widget=AdminDateWidget)

    @staticmethod
    def a_year_after(round: Round) -> dict[str, Any]:
        """What the form begins with: the next year's name and days."""
        return {
            "title": _YEARS.sub(_next, round.title),
            "opens_on": round.opens_on + YEAR,
            "closes_on": round.closes_on + YEAR,
        }


def _next(found: re.Match[str]) -> str:
    """The year after: 2027 of 2026, 2026/27 of 2025/26."""
    year, short = found.groups()
    return f"{int(year) + 1}" + (f"/{(int(short) + 1) % 100:02d}" if short else "")
