"""Input around the answer of a school: the signature, and colleagues who help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from centar.questionnaires.models import Section


class SignForm(forms.Form):
    """Who vouches for the answer, and by which revision of it."""

    name = forms.CharField(
        label=_("Name of the coordinator or the principal"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    post = forms.CharField(
        label=_("Post"),
        max_length=70,
        help_text=_("For example: директор, педагог."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def signed_as(self) -> str:
        """The signature as it is kept."""
        return f"{self.cleaned_data['name']}, {self.cleaned_data['post']}"


class ShareForm(forms.Form):
    """A colleague and the sections to fill in."""

    name = forms.CharField(label=_("First and last name"), max_length=160)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    sections = forms.ModelMultipleChoiceField(
        label=_("Sections"),
        queryset=Section.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one section.")},
    )

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sections"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Section.objects.filter(pk__in=[section.pk for section in sections])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
