"""Input of assessors, and of the staff who prepare panels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centar.assessment import kinds
from centar.assessment.models import Assignment, Criterion, Panel, Seat
from centar.assessment.operations import panels, scoring
from centar.assessment.operations.scoring import Given, Seen, Written
from centar.assessment.queries import panels as queries
from centar.audit.admin import RevisionForm

MOST_BUTTONS = 10
"""Up to so many points are chosen by buttons, more are typed."""
MOST_TYPED = 5_000
MOST_FOR_AUTHOR = 20_000


@dataclass(frozen=True)
class CriterionPart:
    """A criterion as it stands in the form."""

    criterion: Criterion
    points: forms.BoundField
    comment: forms.BoundField

    @property
    def is_optional(self) -> bool:
        """Whether the words may be left out."""
        return not self.criterion.needs_comment


class ScoreForm(forms.Form):
    """An assessment: points and words by each criterion, a recommendation, two comments.

    A draft requires nothing; what cannot be understood has its sentence and is left out of
    `written`, all else is in it. `seen` and `page` say which draft the page had before it.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        assignment: Assignment,
        page: str = "",
        is_draft: bool = False,
    ) -> None:
        kept = scoring.kept(assignment)
        super().__init__(data, initial=_initial(kept) | {"seen": assignment.saves, "page": page})
        self.is_draft = is_draft
        panel = assignment.item.panel
        self.criteria = list(panel.criteria.all())
        for criterion in self.criteria:
            self.fields[f"points_{criterion.pk}"] = _points(criterion)
            self.fields[f"comment_{criterion.pk}"] = _words(
                _("In words"), is_asked=criterion.needs_comment
            )
        if panel.asks_recommendation:
            self.fields["recommendation"] = forms.ChoiceField(
                label=_("What do you recommend?"),
                choices=Assignment.Recommendation.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please say what you recommend.")},
            )
        self.fields["for_author"] = _words(_("Comment for the author"), most=MOST_FOR_AUTHOR)
        self.fields["for_chair"] = _words(_("Comment for the chair only"))
        if is_draft:
            for field in self.fields.values():
                field.required = False

    def parts(self) -> list[CriterionPart]:
        """The criteria in their order, for the page."""
        return [
            CriterionPart(one, self[f"points_{one.pk}"], self[f"comment_{one.pk}"])
            for one in self.criteria
        ]

    def closing(self) -> list[forms.BoundField]:
        """The fields after the criteria, for the page."""
        names = ("recommendation", "for_author", "for_chair")
        return [self[name] for name in names if name in self.fields]

    def written(self) -> Written:
        """What was understood of what was typed."""
        self.full_clean()
        typed = self.cleaned_data
        return Written(
            scores={
                one.pk: Given(typed.get(f"points_{one.pk}"), typed.get(f"comment_{one.pk}", ""))
                for one in self.criteria
            },
            recommendation=typed.get("recommendation", ""),
            for_author=typed.get("for_author", ""),
            for_chair=typed.get("for_chair", ""),
        )

    def seen_draft(self) -> Seen:
        """Which draft the page had before it."""
        self.full_clean()
        return Seen(self.cleaned_data.get("seen") or 0, self.cleaned_data.get("page", ""))


class DeclineForm(forms.Form):
    """Why somebody will not assess."""

    reason = forms.CharField(
        label=_("Why can you not assess this?"),
        max_length=2000,
        help_text=_("Only whoever leads the panel reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": _("Please write why; the chair will read it.")},
    )
    is_conflict = forms.BooleanField(label=_("I am not impartial about this"), required=False)


class PanelForm(RevisionForm):
    """A panel as the staff prepare it; what must stay is refused by its field."""

    class Meta:
        model = Panel
        fields = (
            "title",
            "guidance",
            "blindness",
            "due_on",
            "assessors_each",
            "most_each",
            "asks_recommendation",
        )

    def clean(self) -> dict[str, Any] | None:
        """Who knows whom stays once somebody is assigned; asked under the lock."""
        cleaned = super().clean()
        is_made = self.instance.pk is not None and "blindness" in self.changed_data
        if is_made and queries.somebody_is_assigned(self.instance):
            self.add_error("blindness", str(panels.BLINDNESS_STAYS))
        return cleaned


class SeatForm(forms.ModelForm[Seat]):
    """Somebody's seat, with topics chosen by their names."""

    topics = forms.MultipleChoiceField(
        label=_("knows"),
        required=False,
        help_text=_("Empty for everything."),
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )

    class Meta:
        model = Seat
        fields = ("person", "role", "topics")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = kinds.topics()
        codes = {code for code, _name in known}
        # What is no topic any more stays until somebody takes it away.
        gone = [(code, code) for code in self.instance.topics if code not in codes]
        topics: Any = self.fields["topics"]
        topics.choices = [*known, *gone]


class CopyCriteriaForm(forms.Form):
    """From which panel criteria are copied."""

    source = forms.ModelChoiceField(label=_("From the panel"), queryset=Panel.objects.none())

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        source.queryset = Panel.objects.exclude(pk=panel.pk).filter(criteria__gt=0).distinct()


class LeaveForm(forms.Form):
    """Whose seat ends."""

    seat = forms.ModelChoiceField(label=_("Who leaves"), queryset=Seat.objects.none())

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat: Any = self.fields["seat"]
        seat.queryset = panel.seats.filter(left_at=None).select_related("person")


def _initial(kept: Written) -> dict[str, Any]:
    words = {
        "recommendation": kept.recommendation,
        "for_author": kept.for_author,
        "for_chair": kept.for_chair,
    }
    points = {f"points_{key}": one.points for key, one in kept.scores.items()}
    comments = {f"comment_{key}": one.comment for key, one in kept.scores.items()}
    return words | points | comments


def _points(criterion: Criterion) -> forms.Field:
    """Buttons for a few points, a number for many; the help says what they count."""
    facts: dict[str, Any] = {
        "label": criterion.title,
        "help_text": ngettext("Up to %(most)d point.", "Up to %(most)d points.", criterion.most)
        % {"most": criterion.most},
        "error_messages": {"required": _("Please give points.")},
    }
    if criterion.most <= MOST_BUTTONS:
        choices = [(number, str(number)) for number in range(criterion.most + 1)]
        return forms.TypedChoiceField(
            choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **facts
        )
    number = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
    return forms.IntegerField(min_value=0, max_value=criterion.most, widget=number, **facts)


def _words(label: Any, *, is_asked: bool = False, most: int = MOST_TYPED) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
    missing = {"required": _("Please explain in words.")}
    return forms.CharField(
        label=label, required=is_asked, max_length=most, widget=area, error_messages=missing
    )
