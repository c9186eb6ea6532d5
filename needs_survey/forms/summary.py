"""What the Centre says that it did."""

from __future__ import annotations

from django import forms

from needs_survey.models import Round


class SummaryForm(forms.ModelForm[Round]):
    """The text under „what we did“; it is saved by the operation."""

    class Meta:
        model = Round
        fields = ("done",)
        widgets = {"done": forms.Textarea(attrs={"rows": 8, "class": "form-control"})}
