"""Input of the staff about rounds."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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


class ChooseSchoolsForm(forms.Form):
    """Which schools are meant; nothing chosen means all."""

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

    def choice(self) -> dict[str, Any]:
        """What was chosen, as operations and previews take it."""
        chosen = self.cleaned_data
        return {
            "municipalities": [one.pk for one in chosen["municipalities"]],
            "kinds": chosen["kinds"],
        }


class InviteForm(ChooseSchoolsForm):
    """Which schools are invited."""

    with_outlying_units = forms.BooleanField(
        label=_("Outlying units too"),
        required=False,
        help_text=_("Otherwise the main school answers for them."),
    )

    def choice(self) -> dict[str, Any]:
        """The same, and whether outlying units answer for themselves."""
        with_outlying_units = self.cleaned_data["with_outlying_units"]
        return {**super().choice(), "with_outlying_units": with_outlying_units}


class LastDayForm(forms.Form):
    """Another last day."""

    closes_on = forms.DateField(
        label=_("Last day"),
        widget=AdminDateWidget,
        help_text=_("Until midnight. Days of reminding that are still to come move along."),
    )


class CopyForm(forms.Form):
    """The name and the days of the copy, at first those of a year later, and whether the same
    schools are asked.
    """

    title = forms.CharField(label=_("Title"), max_length=200, widget=AdminTextInputWidget)
    opens_on = forms.DateField(label=_("From"), widget=AdminDateWidget)
    closes_on = forms.DateField(label=_("Until"), widget=AdminDateWidget)
    with_schools = forms.BooleanField(
        required=False,
        help_text=_(
            "They get their letters when the copy is opened; until then schools can be added and "
            "taken back."
        ),
    )

    def __init__(self, data: QueryDict | None = None, *, round: Round) -> None:
        begins = {
            "title": _YEARS.sub(_next, round.title),
            "opens_on": round.opens_on + YEAR,
            "closes_on": round.closes_on + YEAR,
            "with_schools": True,
        }
        super().__init__(data, initial=begins)
        invited = round.invitations.count()
        if invited:
            words = ngettext(
                "Invite the same %(number)d school", "Invite the same %(number)d schools", invited
            )
            self.fields["with_schools"].label = words % {"number": invited}
        else:
            del self.fields["with_schools"]


def _next(found: re.Match[str]) -> str:
    """The year after: 2027 of 2026, 2026/27 of 2025/26."""
    year, short = found.groups()
    return f"{int(year) + 1}" + (f"/{(int(short) + 1) % 100:02d}" if short else "")
