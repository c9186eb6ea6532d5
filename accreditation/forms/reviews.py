"""What assessors and those who lead a review choose and write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import Decision, Version
from centar.assessment.queries.proposing import Proposed
from centar.people.fields import WrittenDateField

LIKELY = timedelta(days=14)
"""How far the example of a last day is."""
LONGEST = 10_000
"""Signs of a text that somebody writes to the authors."""


class PlainForm(forms.Form):
    """A form whose page writes the tag and the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def long_text(label: Any, *, rows: int = 4, **facts: Any) -> forms.CharField:
    """A field for some paragraphs."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget, **facts)


class AssignForm(PlainForm):
    """Whom to ask, among those who may be."""

    person = forms.ChoiceField(
        label=gettext_lazy("Assessor"),
        error_messages={"required": gettext_lazy("Choose somebody.")},
    )

    def __init__(self, *args: Any, proposed: Sequence[Proposed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.person.pk, f"{one.person} ({one.reason})") for one in proposed]


class BeginForm(PlainForm):
    """Which of the submitted proposals a review begins with."""

    proposals = forms.MultipleChoiceField(
        label=gettext_lazy("Proposals"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one proposal.")},
    )

    def __init__(
        self, *args: Any, versions: Sequence[Version], titles: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proposals"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (one.proposal_id, f"{one.proposal.code}: {titles[one.pk]}") for one in versions
        ]
        self.initial.setdefault("proposals", [one.proposal_id for one in versions])


class DecisionForm(PlainForm):
    """What is decided, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is decided.")},
    )
    reasons = long_text(
        gettext_lazy("Reasons"),
        rows=8,
        help_text=gettext_lazy("The authors read them in the letter. Name no assessor."),
    )

    def __init__(self, *args: Any, outcomes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [one for one in Decision.Outcome.choices if one[0] in outcomes]


class GiveBackForm(PlainForm):
    """Why a sent assessment is given back, and until when it is awaited again."""

    reason = long_text(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("The assessor reads it in the letter. Name no author."),
    )
    due_on = WrittenDateField(
        label=gettext_lazy("Until"), help_text=gettext_lazy("The last day, until midnight.")
    )


class UntilForm(PlainForm):
    """A last day that is still to come."""

    due_on = WrittenDateField(
        label=gettext_lazy("Until"), help_text=gettext_lazy("The last day, until midnight.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A day that could be meant, as an example; the field's own is somebody's birthday.
        day = timezone.localdate() + LIKELY
        self.fields["due_on"].widget.attrs["placeholder"] = f"{day.day}.{day.month}.{day.year}."

    def clean_due_on(self) -> date:
        """Refuse days that are over."""
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day
