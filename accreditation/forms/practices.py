"""Examples of good practice: what becomes public, where it is presented, the public filters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from accreditation.models import Attachment, Practice, Proposal
from accreditation.queries import practices as queries
from centar.audit.admin import RevisionForm
from centar.events.models import Event
from trainings.forms.filters import Filter


class PrepareForm(forms.Form):
    """Which files of the accepted version everybody may read."""

    attachments = forms.ModelMultipleChoiceField(
        label=_("Files that become public"),
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Look into each first: what is not ticked never becomes public."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_files(self.fields["attachments"], version_of=proposal)


class PracticeForm(RevisionForm):
    """The page; files can only be those of the accepted version."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "files" in self.fields:
            offer_files(self.fields["files"], version_of=self.instance.proposal)


def offer_files(field: forms.Field, *, version_of: Proposal) -> None:
    """Let the field offer the files of the version that was accepted."""
    assert isinstance(field, forms.ModelMultipleChoiceField)
    rows = Attachment.objects.filter(versions__decision__proposal=version_of)
    field.queryset = rows.select_related("file", "document")


class PresentForm(forms.Form):
    """The event at which the example is presented; none takes it away."""

    event = forms.ModelChoiceField(
        label=_("Event"),
        queryset=Event.objects.all(),
        required=False,
        widget=AutocompleteSelect(Practice._meta.get_field("presented_at"), admin.site),
    )


class PracticeFilter(Filter):
    """The filters of the public list; every field may stay empty."""

    subject = forms.ChoiceField(label=_("Subject"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality of the school"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in queries.facets().items():
            self.offer(name, choices)
