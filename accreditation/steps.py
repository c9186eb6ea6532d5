"""What the staff can do with a proposal after the Centre's decision, step by step.

Each step is a page of the back office, by its name; the desk shows those that are possible now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accreditation import states
from accreditation.models import Proposal
from accreditation.permissions import filings, practices, programmes
from centar.access import Verdict


@dataclass(frozen=True)
class Step:
    """A step: the name in its address, its label, and whether it can be taken now."""

    name: str
    label: str | Promise
    verdict: Callable[[Proposal], Verdict]

    def is_possible(self, proposal: Proposal) -> bool:
        """Whether it can be taken with the proposal as it stands."""
        return bool(self.verdict(proposal))

    def address(self, proposal: Proposal) -> str:
        """Its page in the back office."""
        name = "admin:accreditation_proposal_operation"
        return reverse(name, args=[proposal.pk, self.name])


def _of_table(name: str, action: str) -> Step:
    """A change of state, as the table of states knows it."""
    label = states.transition(action).label
    return Step(name, label, lambda proposal: filings.may_happen(proposal, action))


FILE = _of_table("predaja", "file")
RETURN = _of_table("vracanje", "return")
COMPLETE = _of_table("dopuna", "complete")
ACCREDIT = _of_table("akreditacija", "accredit")
REFUSE = _of_table("odbijanje", "refuse")
APPEAL = Step("zalba", _("An appeal is handed in"), filings.may_be_appealed)
CORRECT = Step("ispravka", _("Correct what is noted"), filings.may_be_corrected)
MAKE = Step("program", _("Enter into the catalogue"), programmes.may_become_programme)
PLAN = Step("seminar", _("Plan a seminar"), programmes.may_be_planned)
RENEW = Step("obnova", _("Propose anew"), filings.may_be_settled)
LET_GO = Step("istek", _("Let it end"), filings.may_be_settled)
PREPARE = Step("primer", _("Prepare the public page"), practices.may_become_page)

ALL = (
    FILE, RETURN, COMPLETE, ACCREDIT, REFUSE, APPEAL, MAKE, PLAN, RENEW, LET_GO, PREPARE, CORRECT,
)  # fmt: skip


def possible(proposal: Proposal) -> list[Step]:
    """The steps that can be taken now, in their order."""
    return [step for step in ALL if step.is_possible(proposal)]
