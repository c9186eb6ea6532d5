"""What a teacher enters: hours in the institution, proofs from elsewhere, and the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.http import QueryDict
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centar.files import kinds
from centar.people.fields import WrittenDateField
from centar.script.numbers import NumberField
from trainings import progress
from trainings.models import Competence, LedgerEntry, PlannedActivity
from trainings.operations.own_entries import Proposal

Kind = LedgerEntry.Kind
EARLIEST = date(1980, 1, 1)
"""Whoever works in a school today began after this day."""


class AmountField(NumberField):
    """Hours or points with at most one decimal, behind a comma or a point: 1,5 or 1.5."""

    default_error_messages = {
        "invalid": _("Write a number such as 8 or 1,5."),
        "max_decimal_places": _("Write at most one decimal, such as 1,5."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=999, decimal_places=1, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people write it: 3, not 3.0; what was typed stays as typed."""
        return floatformat(value, -1) if isinstance(value, Decimal) else value


class HoursField(AmountField):
    """Hours, more than none."""

    default_error_messages = {
        "min_value": _("Write how many hours it was, more than zero."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal("0.1"), **kwargs)


class OwnEntryForm(forms.Form):
    """What every entry has."""

    title = forms.CharField(label=_("Title"), max_length=250)
    earned_on = WrittenDateField(label=_("Date"))
    hours = HoursField(label=_("Hours"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_earned_on(self) -> date:
        """Refuse days to come and years that are a slip of the pen."""
        day: date = self.cleaned_data["earned_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."), code="future")
        if day < EARLIEST:
            raise forms.ValidationError(gettext("Please check the year."), code="year")
        return day


class InHouseForm(OwnEntryForm):
    """An activity in one's own institution: the columns of the yearly report."""

    activity = forms.CharField(
        label=_("Kind of activity"),
        max_length=120,
        help_text=_("For example: model lesson, lecture at the teachers' council, research."),
    )
    part = forms.CharField(
        label=_("Way of taking part"),
        max_length=120,
        help_text=_("For example: leader, listener, member of the team."),
    )
    field_order = ("activity", "title", "part", "earned_on", "hours")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "activity", "title", "part", _side_by_side("earned_on", "hours")
        )

    def proposal(self) -> Proposal:
        """An activity in the institution brings hours and no points."""
        return Proposal(kind=Kind.IN_HOUSE, **self.cleaned_data)


class ProofForm(OwnEntryForm):
    """Something earned elsewhere, with the file that proves it."""

    kind = forms.ChoiceField(
        label=_("What it was"),
        choices=[(kind.value, kind.label) for kind in LedgerEntry.OUTSIDE],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("The catalogue number, or the number of the approval decision."),
    )
    points = AmountField(label=_("Points"), min_value=Decimal(0))
    competences = forms.MultipleChoiceField(
        label=_("Competences"), widget=forms.CheckboxSelectMultiple, required=False
    )
    priority = forms.CharField(label=_("Priority area"), max_length=300, required=False)
    file = forms.FileField(
        label=_("File that proves it"),
        help_text=_(
            "A certificate scanned or photographed: PDF, DOCX, JPEG, PNG or HEIC, at most 10 MB. "
            "Only you, your coordinator and the Centre can open it."
        ),
        widget=forms.FileInput(attrs={"accept": kinds.accept(kinds.ALL)}),
        max_length=500,
    )
    field_order = ("kind", "title", "number", "earned_on", "hours", "points", "competences")

    def __init__(self, *args: Any, has_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not has_file
        if has_file:
            self.fields["file"].label = _("Another file in place of the present one")
        competences = self.fields["competences"]
        assert isinstance(competences, forms.MultipleChoiceField)
        competences.choices = _competences()
        self.helper.layout = Layout(
            "kind",
            "title",
            _side_by_side("number", "earned_on"),
            _side_by_side("hours", "points"),
            "competences",
            "priority",
            "file",
        )

    def proposal(self) -> Proposal:
        """What was said; the file goes its own way."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return Proposal(**(said | {"competences": tuple(said["competences"])}))


class ReturnForm(forms.Form):
    """The coordinator's answer to an entry."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What is missing"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PlanForm(forms.Form):
    """A row of the personal plan."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PlannedActivity.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=250)
    when = forms.CharField(
        label=_("When"),
        max_length=80,
        required=False,
        help_text=_("For example: first term, March."),
    )
    hours = HoursField(label=_("Hours"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("kind", "title", _side_by_side("when", "hours"))


class PeriodForm(forms.Form):
    """When the present period of a target of several years began."""

    first_year = forms.TypedChoiceField(
        label=_("My present period began in the school year"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_(
            "Your school, which keeps your file, knows it. The next periods follow by themselves."
        ),
    )

    def __init__(
        self, data: QueryDict | None, *, present: int, years: int, said: int | None
    ) -> None:
        """`said` is the year that was entered before, however long ago."""
        initial = {} if said is None else {"first_year": present - (present - said) % years}
        super().__init__(data, initial=initial)
        field = self.fields["first_year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", gettext("I do not know: count it as for everybody")),
            *((year, progress.year_name(year)) for year in range(present, present - years, -1)),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def _competences() -> list[tuple[str, str]]:
    """The competences of the newest cycle that has it, by code."""
    rows = Competence.objects.order_by("-cycle__starts_on", "code")
    named: dict[str, str] = {}
    for code, name in rows.values_list("code", "name"):
        named.setdefault(code, f"{code} {name}")
    return sorted(named.items())


def _side_by_side(*names: str) -> Div:
    return Div(*(Div(name, css_class="col-md-6") for name in names), css_class="row")
