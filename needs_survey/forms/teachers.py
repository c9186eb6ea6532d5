"""Input of teachers who answer anonymously, and of the staff who ask them."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from centar.schools.models import School, Subject
from needs_survey.anonymous import codes
from needs_survey.forms.rounds import ChooseSchoolsForm
from needs_survey.operations import teachers as operations

NO_CODE = _("This is no code of an invitation. Compare it letter by letter with the slip.")
NO_KEY = _("This is no code of a draft. Compare it letter by letter with what you wrote down.")
_TYPED = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class _FieldsOnly(forms.Form):
    """A form whose page has the button."""

    @property
    def helper(self) -> FormHelper:
        """The fields only."""
        helper = FormHelper(self)
        helper.form_tag = False
        return helper


class LinkCodeForm(_FieldsOnly):
    """The code of a slip, typed by somebody who does not point a camera at it."""

    code = forms.CharField(
        label=_("Code of the slip"),
        max_length=60,
        help_text=_("Sixteen letters and digits, in groups of four."),
        widget=forms.TextInput(attrs=_TYPED),
    )

    def clean_code(self) -> str:
        """As it stands in the link."""
        code = codes.read_link_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(NO_CODE)
        return code


class KeyForm(_FieldsOnly):
    """The code under which a draft is kept."""

    key = forms.CharField(
        label=_("Code of your draft"),
        max_length=60,
        help_text=_("Twelve letters and digits that you wrote down when you began."),
        widget=forms.TextInput(attrs=_TYPED),
    )

    def clean_key(self) -> str:
        """The key itself."""
        key = codes.read_key(self.cleaned_data["key"])
        if key is None:
            raise forms.ValidationError(NO_KEY)
        return key


class SendForm(_FieldsOnly):
    """What may be added to the answers when they are sent."""

    subject = forms.ModelChoiceField(
        label=_("Your subject"),
        queryset=Subject.objects.all(),
        required=False,
        empty_label=_("I would rather not say"),
        help_text=_("It helps to plan, and stays beside the answers only where enough share it."),
    )


class ChooseTeachersForm(ChooseSchoolsForm):
    """Which teachers are invited: of which schools, and of which subjects."""

    subjects = forms.ModelMultipleChoiceField(
        label=_("Subjects"),
        queryset=Subject.objects.all(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("None chosen means all."),
    )

    def choice(self) -> dict[str, Any]:
        """The same, and the subjects."""
        return {**super().choice(), "subjects": [one.pk for one in self.cleaned_data["subjects"]]}


class SlipsForm(forms.Form):
    """How many invitations on paper a school gets."""

    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.all(),
    )
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=operations.MOST_SLIPS)
