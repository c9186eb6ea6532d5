"""Input at the desk of the library and on the reader's page."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from centar.people.forms import SchoolChoice
from library.models import JournalIssue, MemberKind, Record
from library.operations.members import Application


class ScanForm(forms.Form):
    """What a bar-code reader types: a card, a copy, or a name when the card is forgotten."""

    code = forms.CharField(label=_("Card, copy or name"), max_length=200)


class SuspendForm(forms.Form):
    """Until when others go first."""

    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AccountForm(forms.Form):
    """Whose account the membership belongs to."""

    email = forms.EmailField(
        label=_("E-mail of the account"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The member has opened it on the portal, under the same name."),
    )


class BlockForm(forms.Form):
    """Why and until when nothing is lent."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The member reads it."),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until further notice."),
    )


class TurnForm(forms.Form):
    """For whom the desk reserves, and which issue of a journal."""

    member = forms.CharField(
        label=_("Card or name of the member"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    issue = forms.ModelChoiceField(
        label=_("Issue of the journal"),
        queryset=JournalIssue.objects.none(),
        required=False,
        empty_label=_("any issue"),
    )

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issue = self.fields["issue"]
        assert isinstance(issue, forms.ModelChoiceField)
        issue.queryset = record.issues.all()
        if record.kind != Record.Kind.JOURNAL:
            del self.fields["issue"]


class LossForm(forms.Form):
    """How a loss was made good."""

    note = forms.CharField(
        label=_("How it was made good"),
        max_length=500,
        help_text=_("For instance: replaced by the copy 1234. It stays with the old copy."),
    )


class ShelfRangeForm(forms.Form):
    """The part of the shelves that is looked through."""

    shelf_from = forms.CharField(
        label=_("From shelf mark"), max_length=60, required=False, help_text=_("Empty: the first.")
    )
    shelf_to = forms.CharField(
        label=_("To shelf mark"), max_length=60, required=False, help_text=_("Empty: the last.")
    )


class MemberForm(SchoolChoice):
    """Somebody who joins at the desk."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Of the account on the portal, if there is one: then they see their loans."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=MemberKind)
    card = forms.CharField(
        label=_("Card number"),
        max_length=40,
        required=False,
        help_text=_("Scan an empty card, or leave it out: the portal gives a number."),
    )
    teacher_email = forms.EmailField(
        label=_("E-mail of the responsible teacher"), required=False, help_text=_("For a pupil.")
    )
    guardian_name = forms.CharField(
        label=_("Parent or guardian"), max_length=160, required=False, help_text=_("For a pupil.")
    )
    guardian_email = forms.EmailField(
        label=_("E-mail of the parent or guardian"),
        required=False,
        help_text=_("Letters about a pupil's loans go here, or else to the teacher."),
    )
    has_consent = forms.BooleanField(
        label=_("The parent or the responsible teacher has signed the consent"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "first_name",
            "last_name",
            "email",
            "kind",
            Field("school", template="people/_school_field.html"),
            "card",
            "teacher_email",
            "guardian_name",
            "guardian_email",
            "has_consent",
        )

    @property
    def application(self) -> Application:
        """What was typed, for the operation."""
        return Application(**self.cleaned_data)
