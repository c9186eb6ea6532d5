"""Input of authors: title and facts, biography, files, the reason of a withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.models import AskedDocument, Call, Proposal, Rules
from accreditation.operations.attachments import ALLOWED
from accreditation.operations.proposals import Facts
from centar.files import kinds
from centar.people.fields import WrittenDateField
from centar.questionnaires.forms.fields import WordsField
from centar.script.numbers import WholeNumberField
from trainings.models import Area

LONGEST_BIOGRAPHY = 3000
LONGEST_REASON = 2000
MOST_HOURS = 1000


class BeginForm(forms.Form):
    """A draft needs nothing but a title."""

    title = forms.CharField(label=_("Title of the proposal"), max_length=250)


class FactsForm(forms.Form):
    """Title, area, duration, and for a meeting the day that is wished for."""

    title = forms.CharField(label=_("Title"), max_length=250)
    area = forms.ModelChoiceField(
        label=_("Area"), queryset=Area.objects.all(), required=False, empty_label="–"
    )
    hours = WholeNumberField(
        label=_("Duration in hours"), required=False, min_value=1, max_value=MOST_HOURS
    )
    wished_on = WrittenDateField(label=_("Wished day"), required=False, example="15.10.2027.")

    def __init__(self, data: QueryDict | None, *, proposal: Proposal) -> None:
        initial = {
            "title": proposal.title,
            "area": proposal.area_id,
            "hours": proposal.hours,
            "wished_on": proposal.wished_on,
        }
        super().__init__(data, initial=initial)
        self._proposal = proposal
        if proposal.call.kind != Call.Kind.MEETING:
            del self.fields["wished_on"]
        else:
            days = Rules.current().meeting_days
            self.fields["wished_on"].help_text = ngettext(
                "A meeting is filed with the institute at least %(days)s day before it starts.",
                "A meeting is filed with the institute at least %(days)s days before it starts.",
                days,
            ) % {"days": days}
        if proposal.call.with_schedule:
            self.fields["hours"].help_text = _("The rows of the schedule must make this sum.")

    def facts(self) -> Facts:
        """What is kept; what is not asked for stays as it was."""
        cleaned = self.cleaned_data
        return Facts(
            title=cleaned["title"],
            area=cleaned["area"],
            hours=cleaned["hours"],
            wished_on=cleaned.get("wished_on", self._proposal.wished_on),
        )


class BiographyForm(forms.Form):
    """What an author says about oneself."""

    biography = WordsField(
        label=_("Biography"),
        required=False,
        max_length=LONGEST_BIOGRAPHY,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Education, work, earlier programmes and papers: half a page."),
    )


class AttachForm(forms.Form):
    """A file, and which of the documents asked for it is."""

    document = forms.ModelChoiceField(
        label=_("Document"),
        queryset=AskedDocument.objects.none(),
        required=False,
        empty_label=_("something else"),
    )
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": kinds.accept(ALLOWED)}),
        help_text=_("PDF or Word (DOCX), up to 10 megabytes."),
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = AskedDocument.objects.filter(call=call)


class WithdrawForm(forms.Form):
    """Why a proposal is withdrawn; of a draft nobody asks."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All authors and the Centre read it."),
    )


class WishedDayForm(forms.Form):
    """The day that a meeting is wished for; the address says `?dan=`."""

    dan = WrittenDateField(label=_("Wished day of the meeting"), example="15.10.2027.")
