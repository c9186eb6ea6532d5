"""Who writes, signs, submits and reads a proposal, and the sentence of a "no"."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import states
from accreditation.models import Attachment, Author, Proposal, RevisionRequest
from accreditation.permissions import calls
from accreditation.queries import proposals as queries
from centar.access import YES, Verdict, no
from centar.events import moments
from centar.people import permissions as people
from centar.people.models import User

VIEW_PROPOSAL = "accreditation.view_proposal"
CHANGE_PROPOSAL = "accreditation.change_proposal"
State = Proposal.State

NO_AUTHOR = gettext_lazy("You are not an author of this proposal.")
NOT_LEAD = gettext_lazy("Only the author who leads may do this.")


def is_author(proposal: Proposal, by: User) -> Verdict:
    """Whether `by` has accepted to be an author and has not left."""
    return YES if queries.author_of(proposal, by) else no(NO_AUTHOR)


def leads(proposal: Proposal, by: User) -> Verdict:
    """Whether `by` is the author who leads."""
    author = queries.author_of(proposal, by)
    if author is None:
        return no(NO_AUTHOR)
    return YES if author.leads else no(NOT_LEAD)


def is_open(proposal: Proposal, today: date) -> Verdict:
    """Whether the text can be changed now: a draft until the call ends, and what the authors were
    asked to change until the day that was said.
    """
    is_asked = proposal.state == State.REVISION
    return is_open_with(proposal, queries.open_request(proposal) if is_asked else None, today)


def is_open_with(proposal: Proposal, request: RevisionRequest | None, today: date) -> Verdict:
    """The same where the changes that are asked for are read already."""
    if proposal.state == State.DRAFT:
        return calls.is_open(proposal.call, today)
    if proposal.state == State.REVISION:
        if request is not None and today > request.due_on:
            sentence = _("Changes were expected until %(day)s, midnight.")
            return no(sentence % {"day": moments.day(request.due_on)})
        return YES
    if proposal.state == State.WITHDRAWN:
        return no(gettext_lazy("This proposal is withdrawn."))
    return no(gettext_lazy("It is submitted and stays as it is."))


def may_write(proposal: Proposal, by: User, today: date) -> Verdict:
    """Whether `by` changes the text: every author."""
    return is_author(proposal, by) and is_open(proposal, today)


def may_sign(proposal: Proposal, by: User, today: date) -> Verdict:
    """Whether `by` signs off what is written."""
    return may_write(proposal, by, today)


def authors_are_open(proposal: Proposal, today: date) -> Verdict:
    """Whether the list of authors can still be changed: not after the last day of the call."""
    if proposal.state == State.REVISION and today > proposal.call.closes_on:
        return no(gettext_lazy("The call has ended: the authors stay as they are."))
    return is_open(proposal, today)


def may_change_authors(proposal: Proposal, by: User, today: date) -> Verdict:
    """Whether `by` invites and removes authors, and gives the lead to another."""
    return leads(proposal, by) and authors_are_open(proposal, today)


def may_leave(author: Author, by: User, today: date) -> Verdict:
    """Whether `by`, this co-author, leaves the proposal."""
    proposal = author.proposal
    own = queries.author_of(proposal, by)
    if own is None or own.pk != author.pk:
        return no(NO_AUTHOR)
    if own.leads:
        return no(gettext_lazy("You lead this proposal. Give the lead to another author first."))
    return authors_are_open(proposal, today)


def may_join(author: Author, by: User, today: date) -> Verdict:
    """Whether `by` accepts this invitation; the address of the account need not be the same."""
    if author.accepted_at is not None or author.removed_at is not None:
        return no(gettext_lazy("This invitation is answered already."))
    if not hasattr(by, "person"):
        return no(gettext_lazy("Fill in your profile first: a proposal names its authors."))
    if queries.author_of(author.proposal, by):
        return no(gettext_lazy("You are an author of this proposal already."))
    return authors_are_open(author.proposal, today)


def may_submit(proposal: Proposal, by: User, today: date) -> Verdict:
    """Whether `by` submits, for the first time or after changes: the author who leads, in time."""
    return leads(proposal, by) and is_open(proposal, today)


def may_withdraw(proposal: Proposal, by: User) -> Verdict:
    """Whether `by` withdraws: the author who leads, or the staff for them; until the decision."""
    verdict = people.works_on(by, CHANGE_PROPOSAL) or leads(proposal, by)
    if verdict and proposal.state == State.WITHDRAWN:
        return no(gettext_lazy("This proposal is withdrawn."))
    if verdict and proposal.state not in states.transition("withdraw").before:
        return no(gettext_lazy("It is decided already and cannot be withdrawn."))
    return verdict


def may_read_submitted(proposal: Proposal, by: User) -> Verdict:
    """Whether `by` reads what was submitted, with the authors: they themselves, and the staff."""
    return people.works_on(by, VIEW_PROPOSAL) or is_author(proposal, by)


def may_read_file(attachment: Attachment, by: User) -> Verdict:
    """Whether `by` reads the file under its own name.

    Authors read all files of their proposal, the staff those that were submitted. Reviewers come
    by a door of their own.
    """
    if is_author(attachment.proposal, by):
        return YES
    if people.works_on(by, VIEW_PROPOSAL) and attachment.versions.exists():
        return YES
    return no(NO_AUTHOR)
