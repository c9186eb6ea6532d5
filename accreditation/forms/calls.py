"""Input of the staff about calls and proposals."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _

from accreditation.models import Call
from accreditation.operations import calls as operations
from accreditation.queries import calls as queries
from centar.audit.admin import RevisionForm


class CallForm(RevisionForm):
    """A call as the staff prepare it."""

    class Meta:
        help_texts: ClassVar[dict[str, Any]] = {
            "form": _(
                "A questionnaire, whose sections and questions are written under “Questionnaires”. "
                "One comes with the portal for each kind of call; to change it, copy it first."
            )
        }

    def clean(self) -> dict[str, Any] | None:
        """What is asked for stays once somebody has begun a proposal; asked under the lock."""
        cleaned = super().clean()
        settled = set(operations.SETTLED) & set(self.changed_data)
        if self.instance.pk and settled and queries.has_proposals(self.instance):
            for name in settled:
                self.add_error(name, str(operations.STAYS))
        return cleaned


class LastDayForm(forms.Form):
    """Another last day."""

    closes_on = forms.DateField(label=_("Last day"), widget=AdminDateWidget)


class CopyForm(forms.Form):
    """What is new in a copy."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"size": 60})
    )
    opens_on = forms.DateField(label=_("From"), widget=AdminDateWidget)
    closes_on = forms.DateField(label=_("Until"), widget=AdminDateWidget)

    @staticmethod
    def proposal_for(call: Call) -> dict[str, Any]:
        """What the form begins with: the same title; the days are to be written."""
        return {"title": call.title}
