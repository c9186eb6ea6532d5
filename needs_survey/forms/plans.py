"""What the staff decide about a plan, its rows and its computation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from centar.audit.admin import RevisionForm
from needs_survey.models import Plan, PlannedSeminar
from needs_survey.operations import plans as operations
from needs_survey.permissions import plans as permissions
from needs_survey.planning.scores import PARTS
from needs_survey.queries import plans as queries
from trainings.models import Programme, Seminar

MOST = 100
"""The heaviest weight; a larger one is a slip."""


class WeightsForm(forms.Form):
    """The weights of a computation, and how many seminars it chooses."""

    most_seminars = forms.IntegerField(
        label=_("Seminars at most"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("The first by score are chosen to be held; empty for all."),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["most_seminars"].initial = plan.most_seminars
        for name, weight in queries.weights_of(plan).items():
            field = Plan._meta.get_field(f"weight_{name}")
            assert isinstance(field, models.Field)  # a weight is no relation
            self.fields[name] = forms.IntegerField(
                label=str(field.verbose_name).capitalize(),
                min_value=0,
                max_value=MOST,
                initial=weight,
                help_text=field.help_text,
            )


def weights_in(fields: dict[str, Any]) -> dict[str, int]:
    """The weights among the cleaned fields of the form."""
    return {name: fields[name] for name in PARTS}


class AddRowForm(forms.Form):
    """One more group of a programme."""

    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.published(),
        widget=AutocompleteSelect(Seminar._meta.get_field("programme"), admin.site),
    )
    people = forms.IntegerField(
        label=_("Expected people"), validators=[MinValueValidator(1)], max_value=1000
    )


class RowForm(RevisionForm):
    """A row of the plan; how many people it can be for, its programme says."""

    def clean(self) -> dict[str, Any] | None:
        """Lock the plan before the row, as every operation does; then check the people."""
        planned: PlannedSeminar = self.instance
        operations.lock_plan(planned.plan_id)
        cleaned = super().clean()
        if "people" in self.changed_data and self.cleaned_data.get("people") is not None:
            verdict = permissions.may_have_people(planned.programme, self.cleaned_data["people"])
            if not verdict:
                self.add_error("people", str(verdict.reason))
        return cleaned
