"""Who keeps what the institute says about proposals, and what can be noted now."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import states
from accreditation.models import Call, Filing, Proposal
from accreditation.permissions.proposals import CHANGE_PROPOSAL, VIEW_PROPOSAL
from centar.access import YES, Verdict, no
from centar.people import permissions as people

CHANGE = "accreditation.change_filing"


def may_read(by: object) -> Verdict:
    """Whether this user reads where proposals stand, all of them."""
    return people.works_on(by, VIEW_PROPOSAL)


def may_follow(by: object) -> Verdict:
    """Whether this user notes what the institute says."""
    return people.works_on(by, CHANGE)


def may_open_steps(by: object) -> Verdict:
    """Whether the back office opens the pages of steps to this user."""
    return people.works_on(by, CHANGE_PROPOSAL)


def may_happen(proposal: Proposal, action: str) -> Verdict:
    """Whether the table of states knows this action for the proposal as it stands."""
    row = states.transition(action)
    if proposal.call.kind not in row.kinds:
        return no(gettext_lazy("The institute does not decide about proposals of this kind."))
    if proposal.state not in row.before:
        facts = {"state": proposal.get_state_display()}
        return no(_("This cannot be done now; the proposal is: %(state)s.") % facts)
    return YES


def may_be_appealed(proposal: Proposal) -> Verdict:
    """Whether an appeal can be noted: after a refusal, once."""
    if proposal.state != Proposal.State.REFUSED:
        return no(gettext_lazy("The institute has not refused this proposal."))
    if proposal.filing.appealed_on is not None:
        return no(gettext_lazy("The appeal is noted already."))
    return YES


def may_still_be_appealed(proposal: Proposal, today: date) -> bool:
    """Whether the authors can ask the Centre to appeal: refused, not appealed, and in time."""
    filing = proposal.filing if proposal.state == Proposal.State.REFUSED else None
    if filing is None or filing.appeal_until is None:
        return False
    return filing.appealed_on is None and today <= filing.appeal_until


def may_be_settled(proposal: Proposal) -> Verdict:
    """Whether somebody still has to say what follows the end of the accreditation."""
    if proposal.state != Proposal.State.ACCREDITED or proposal.filing.valid_until is None:
        return no(gettext_lazy("Only an accreditation that ends one day is renewed or let go."))
    if proposal.filing.renewal_settled_at is not None:
        return no(gettext_lazy("It is settled already what follows."))
    return YES


def may_take_renewals(call: Call, proposal: Proposal, today: date) -> Verdict:
    """Whether the accredited proposal can be proposed anew in the call."""
    if call.kind != proposal.call.kind:
        return no(gettext_lazy("This call is for proposals of another kind."))
    if not call.is_open_on(today):
        return no(gettext_lazy("This call is not open."))
    return YES


def may_be_corrected(proposal: Proposal) -> Verdict:
    """Whether there is anything of the institute that could be put right."""
    if Filing.objects.filter(proposal=proposal).exists():
        return YES
    return no(gettext_lazy("This proposal was not filed yet."))
