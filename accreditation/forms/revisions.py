"""What is asked of the authors point by point, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.forms.reviews import PlainForm, UntilForm, long_text
from accreditation.models import RevisionPoint

FEWEST, MOST, MORE = 3, 60, 3
"""Places for points: so many at first, at most, and with each „more“."""


class ChangesForm(UntilForm):
    """The points, a note to all of them, and the day; `places` are the points' fields."""

    note = long_text(gettext_lazy("Note"), required=False)
    places = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        number = FEWEST
        if data is not None:
            number = _number(data.get("places") or "")
            if "more" in data:
                number = min(number + MORE, MOST)
            data = data.copy()
            data["places"] = str(number)
        super().__init__(data, **kwargs)
        self.initial["places"] = number
        for place in range(1, number + 1):
            label = _("What is to be changed, %(number)d") % {"number": place}
            self.fields[f"point_{place}"] = long_text(label, rows=2, required=False)
        self.order_fields([f"point_{place}" for place in range(1, number + 1)])

    @property
    def is_growing(self) -> bool:
        """Whether more places were asked for, and nothing is to be sent yet."""
        return self.is_bound and "more" in self.data

    @property
    def points(self) -> list[str]:
        """The points that were written, in their order."""
        return [
            self.cleaned_data[f"point_{place}"]
            for place in range(1, self.cleaned_data["places"] + 1)
            if self.cleaned_data.get(f"point_{place}", "").strip()
        ]

    def clean(self) -> dict[str, Any] | None:
        """Refuse when nothing is asked for."""
        cleaned = super().clean()
        if "places" in self.cleaned_data and not self.points:
            self.add_error("point_1", _("Write at least one thing that is to be changed."))
        return cleaned


class AnswersForm(PlainForm):
    """An answer to each point; with which revision of it the page was opened is hidden."""

    def __init__(self, *args: Any, points: Sequence[RevisionPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for point in points:
            name = f"point_{point.pk}"
            self.fields[name] = long_text(
                _("Your answer"), rows=3, required=False, initial=point.answer
            )
            self.fields[f"seen_{point.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=point.revision
            )

    def rows(self) -> list[tuple[RevisionPoint, forms.BoundField, forms.BoundField]]:
        """Each point with its two fields."""
        return [(one, self[f"point_{one.pk}"], self[f"seen_{one.pk}"]) for one in self.points]

    @property
    def answers(self) -> dict[int, str]:
        """The answers by the keys of points."""
        return {one.pk: self.cleaned_data[f"point_{one.pk}"] for one in self.points}

    @property
    def seen(self) -> dict[int, int]:
        """The revisions by the keys of points."""
        return {one.pk: self.cleaned_data[f"seen_{one.pk}"] or 0 for one in self.points}


def _number(typed: str) -> int:
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 4
    return min(max(int(typed), 1), MOST) if is_number else FEWEST
