"""Who leads the review of proposals, decides, and reads what; and the sentence of a "no"."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import states
from accreditation.models import Call, Phase, Proposal, Review, RevisionRequest
from accreditation.permissions.proposals import CHANGE_PROPOSAL, VIEW_PROPOSAL
from accreditation.queries import proposals
from accreditation.queries import reviews as queries
from centar.access import YES, Verdict, no
from centar.assessment import permissions as assessment
from centar.assessment.models import Panel
from centar.people import permissions as people
from centar.people.models import User

State = Proposal.State


def may_read_all(by: object) -> Verdict:
    """Whether this user reads all proposals with their authors: the staff."""
    return people.works_on(by, VIEW_PROPOSAL)


def may_change_all(by: object) -> Verdict:
    """Whether this user prepares proposals for blind reviewers: the staff."""
    return people.works_on(by, CHANGE_PROPOSAL)


def may_lead(phase: Phase, by: object) -> Verdict:
    """Whether this user begins reviews in the phase: whoever leads its panel, and the staff."""
    if may_change_all(by):
        return YES
    return assessment.may_chair(phase.panel, by)


def may_begin(phase: Phase, proposal: Proposal) -> Verdict:
    """Whether a review of the proposal can begin in the phase now."""
    if proposal.call_id != phase.call_id:
        return no(gettext_lazy("This proposal belongs to another call."))
    if proposal.state != State.SUBMITTED:
        return no(_cannot(proposal))
    if phase.panel.ended_at is not None:
        return no(gettext_lazy("The work of this panel is over."))
    if queries.review_of_last(proposal, phase) is not None:
        return no(gettext_lazy("It is being reviewed already."))
    return YES


def may_prepare(proposal: Proposal, by: object) -> Verdict:
    """Whether this user makes a proposal ready for blind reviewers: staff without a conflict."""
    verdict = may_change_all(by)
    if verdict and isinstance(by, User) and queries.has_conflict(proposal, by):
        return no(assessment.IN_CONFLICT)
    return verdict


def leads(proposal: Proposal, by: object) -> Verdict:
    """Whether it is this user's to decide about the proposal, were there no conflict.

    Whoever leads the panel of its last review does; of a call without phases the staff.
    """
    review = queries.last_review(proposal)
    return assessment.may_chair(review.phase.panel, by) if review else may_change_all(by)


def may_decide(proposal: Proposal, by: object) -> Verdict:
    """Whether this user asks for changes of the proposal and decides about it: whoever leads its
    review, without a conflict of interest.
    """
    verdict = leads(proposal, by)
    if not verdict or not isinstance(by, User):
        return verdict
    if queries.has_conflict(proposal, by):
        return no(assessment.IN_CONFLICT)
    return YES


def may_happen(proposal: Proposal, action: str, today: date) -> Verdict:
    """Whether the proposal stands so that this can be done with it.

    What was sent back for changes is decided about only when its authors let the day pass.
    """
    row = states.transition(action)
    if proposal.state not in row.before:
        return no(_cannot(proposal))
    if proposal.state in row.overdue:
        request = proposals.open_request(proposal)
        if request is not None and request.due_on >= today:
            return no(gettext_lazy("The authors still have time to answer what was asked."))
        return YES
    if proposal.call.phases.exists() and queries.review_of_last(proposal) is None:
        return no(gettext_lazy("Its review has not begun."))
    return YES


def may_answer(request: RevisionRequest, by: object, today: date) -> Verdict:
    """Whether this user writes what the authors answer: an author, while there is time."""
    proposal = request.version.proposal
    if not Proposal.objects.of_author(by).filter(pk=proposal.pk).exists():
        return no(gettext_lazy("Only the authors may do this."))
    if proposal.state != State.REVISION or request.answered_by_id is not None:
        return no(_cannot(proposal))
    if request.due_on < today:
        return no(gettext_lazy("The last day for the changes is over. Ask the Centre for more."))
    return YES


def is_blind(panel: Panel, by: User) -> bool:
    """Whether the user must not learn the authors: everybody in a panel that hides them, but
    staff who have no seat in it.
    """
    if not panel.hides_authors:
        return False
    return not may_read_all(by) or panel.seats.filter(person__user=by, left_at=None).exists()


def may_read_review(review: Review, by: object) -> Verdict:
    """Whether this user opens the page of those who lead: theirs, but without a conflict."""
    verdict = assessment.may_read(review.phase.panel, by)
    if verdict and isinstance(by, User) and queries.has_conflict(review.version.proposal, by):
        return no(assessment.IN_CONFLICT)
    return verdict


def may_read_sheet(call: Call, by: object) -> Verdict:
    """Whether this user reads the decision sheet: the staff, and whoever leads a panel of it."""
    verdict = may_read_all(by)
    if not verdict and isinstance(by, User) and queries.leads_in(call, by):
        return YES
    return verdict


def _cannot(proposal: Proposal) -> str:
    facts = {"state": proposal.get_state_display()}
    return _("This cannot be done now; the proposal is: %(state)s.") % facts
