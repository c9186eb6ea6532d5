"""Submitting a proposal, for the first time and after changes, and withdrawing it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import states
from accreditation.letters import proposals as letters
from accreditation.locks import lock_proposal
from accreditation.models import Proposal, Version
from accreditation.operations import authors, invitations, reviews
from accreditation.operations.closing import close_reviews
from accreditation.permissions import proposals as permissions
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.people.queries import person_of


@transaction.atomic
def submit(*, proposal_id: int, seen: str, by: User) -> Version:
    """Freeze the proposal as a version and submit it; `seen` is the fingerprint of what the
    author has looked at.

    Submitting the same twice gives the same version. Refuses a second after the last day, what is
    not whole, what a co-author has not signed off as it is, and what was changed since, as by
    somebody who has accepted meanwhile. Invitations without an answer end. Whoever leads signs by
    submitting. All authors get a receipt.
    """
    proposal = lock_proposal(proposal_id)
    last = queries.last_version(proposal)
    if proposal.state == Proposal.State.SUBMITTED and last is not None and last.sha256 == seen:
        demand(permissions.leads(proposal, by))
        return last
    demand(permissions.may_submit(proposal, by, timezone.localdate()))
    is_again = proposal.state == Proposal.State.REVISION
    return _freeze(proposal, "resubmit" if is_again else "submit", last, seen, by)


def _freeze(proposal: Proposal, action: str, last: Version | None, seen: str, by: User) -> Version:
    standing = Standing.of(proposal)
    authors.demand_seen(standing, seen)
    standing.demand_whole()
    lead = queries.author_of(proposal, by)
    assert lead is not None  # asked by the caller
    authors.put_signature(lead, standing.fingerprint)
    version = Version.objects.create(
        proposal=proposal,
        number=last.number + 1 if last else 1,
        content=standing.content,
        sha256=standing.fingerprint,
        made_by=person_of(by),
    )
    version.attachments.set(standing.attachments)
    invitations.end_waiting(standing.waiting, by=by)
    _move(proposal, action)
    reviews.continue_with(version, by=by)
    letters.queue_receipts(version, standing.authors)
    trail.record(f"accreditation.{action}", proposal, by=by, version=version.number)
    return version


@transaction.atomic
def withdraw(*, proposal_id: int, reason: str, by: User) -> Proposal:
    """Withdraw the proposal, until the decision. What was submitted must be given a reason.

    All authors are told why, and whoever is invited that the invitation has ended.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_withdraw(proposal, by))
    if not reason.strip() and proposal.state != Proposal.State.DRAFT:
        raise Refusal(_("Write why it is withdrawn."), field="reason")
    last = queries.last_version(proposal)
    if last is not None:
        close_reviews(last, by=by)
    _move(proposal, "withdraw")
    authors = queries.authors_of(proposal)
    invitations.end_waiting([one for one in authors if one.accepted_at is None], by=by)
    own = next((one.name for one in authors if one.person and one.person.user_id == by.pk), "")
    letters.queue_withdrawn(proposal, authors, reason=reason.strip(), by=own)
    trail.record("accreditation.withdraw", proposal, by=by, reason=reason)
    return proposal


def _move(proposal: Proposal, action: str) -> None:
    """To the state after the action, with its moment; the table of states knows it."""
    row = states.transition(action)
    assert proposal.state in row.before  # asked by the permissions
    proposal.state = row.after
    now = timezone.now()
    if row.after == Proposal.State.WITHDRAWN:
        proposal.withdrawn_at = now
    elif proposal.submitted_at is None:
        proposal.submitted_at = now
    proposal.save(update_fields=["state", "submitted_at", "withdrawn_at"])
