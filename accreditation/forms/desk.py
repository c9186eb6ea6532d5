"""The filters of the staff's list of proposals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.models import Call, Proposal
from accreditation.queries import desk as queries
from centar.script import remembered
from trainings.forms.filters import Choice, Filter

WORK = {
    "meetings": _("meetings to file"),
    "unfiled": _("programmes to file"),
    "complete": _("to complete"),
    "appeals": _("appeals"),
    "ending": _("accreditations that end"),
    "unmade": _("to enter into the catalogue"),
    "unpublished": _("examples to publish"),
}
# Drafts are their authors' own and stand in no list.
STATES = [choice for choice in Proposal.State.choices if choice[0] != Proposal.State.DRAFT]


class DeskFilter(Filter):
    """Every field may stay empty."""

    call = forms.ChoiceField(label=_("Call"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    work = forms.ChoiceField(label=_("What waits"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (*queries.choices().items(), *_always_offered()):
            self.offer(name, choices)


@remembered.in_each_language
def _always_offered() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What does not depend on the proposals, in words that need no translation any more."""
    offered = (("kind", Call.Kind.choices), ("state", STATES), ("work", WORK.items()))
    return tuple(
        (name, tuple((key, str(label)) for key, label in choices)) for name, choices in offered
    )
