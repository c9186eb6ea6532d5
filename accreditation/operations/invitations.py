"""Co-authors are invited by letter, and accept or decline."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.letters import authors as letters
from accreditation.locks import lock_proposal
from accreditation.models import Author, Proposal, Rules
from accreditation.permissions import proposals as permissions
from accreditation.queries import authors as queries
from accreditation.queries.proposals import authors_of
from centar.access import Refusal, demand
from centar.audit import trail
from centar.outbox import secret_links
from centar.people.models import User
from centar.people.queries import person_of


@transaction.atomic
def invite(*, proposal_id: int, name: str, email: str, by: User) -> Author:
    """Send somebody a letter with a link by which they become a co-author.

    Only the digest of the link is kept, and the letter forgets it when it is sent. Refuses
    whoever does not lead, out of time, an address that is among the authors, and too many.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_change_authors(proposal, by, timezone.localdate()))
    authors = authors_of(proposal)
    _demand_new(authors, email)
    most = Rules.current().most_authors
    if len(authors) >= most:
        raise Refusal(_("A proposal has at most %(most)d authors.") % {"most": most})
    token = secret_links.new_token()
    author = Author.objects.create(
        proposal=proposal,
        order=max((one.order for one in authors), default=0) + 1,
        name=name,
        email=email.lower(),
        digest=secret_links.digest_of(token),
    )
    letters.queue_invitation(author, token, by)
    trail.record("accreditation.invite", author, by=by)
    return author


@transaction.atomic
def renew(*, author_id: int, by: User) -> Author:
    """Send a new link to somebody who has not answered; the one before is ended."""
    author = _waiting(author_id, by)
    token = secret_links.new_token()
    author.digest = secret_links.digest_of(token)
    author.invited_at = timezone.now()
    author.save(update_fields=["digest", "invited_at"])
    letters.queue_invitation(author, token, by)
    trail.record("accreditation.renew_invitation", author, by=by)
    return author


@transaction.atomic
def take_back(*, author_id: int, by: User) -> Author:
    """End an invitation that nobody has answered."""
    author = _waiting(author_id, by)
    _end(author)
    trail.record("accreditation.take_back_invitation", author, by=by)
    return author


def end_waiting(authors: Iterable[Author], *, by: User) -> None:
    """End the invitations of these, who have not answered: it is submitted without them, or
    withdrawn. They are told, since their link opens nothing any more.

    Called under the lock of the proposal.
    """
    for author in authors:
        _end(author)
        letters.queue_ended(author, by)
        trail.record("accreditation.take_back_invitation", author, by=by)


@transaction.atomic
def accept(*, token: str, by: User) -> Author:
    """Make `by` the co-author whom the link invites, with the school they have now.

    Refuses a link that is unknown, ended or used, whoever is an author already, and out of time.
    """
    author = _by_link(token)
    demand(permissions.may_join(author, by, timezone.localdate()))
    person = person_of(by)
    assert person is not None  # asked just now
    others = [one for one in authors_of(author.proposal) if one.pk != author.pk]
    _demand_new(others, person.email)
    author.person, author.school = person, person.school
    author.name, author.email = str(person), person.email
    author.accepted_at = timezone.now()
    author.digest = ""
    author.save()
    letters.queue_answer(author)
    trail.record("accreditation.join", author, by=by)
    return author


@transaction.atomic
def decline(*, token: str, by: User | None) -> Author:
    """End the invitation by its link; needs no account."""
    author = _by_link(token)
    _end(author)
    letters.queue_answer(author)
    trail.record("accreditation.decline_invitation", author, by=by)
    return author


def _by_link(token: str) -> Author:
    """The invited author, under the lock of the proposal; refuses a link that is no more."""
    found = queries.invited_by(token)
    proposal = lock_proposal(found.proposal_id) if found is not None else None
    # Looked up again: it may have been answered while we waited for the lock.
    author = queries.invited_by(token)
    if proposal is None or author is None:
        raise Refusal(_("This link is no longer valid."))
    author.proposal = proposal
    return author


def _waiting(author_id: int, by: User) -> Author:
    """Somebody who has not answered, under the lock of the proposal."""
    proposal = _lock_of(author_id)
    demand(permissions.may_change_authors(proposal, by, timezone.localdate()))
    author = Author.objects.get(pk=author_id)
    author.proposal = proposal
    if author.accepted_at is not None or author.removed_at is not None:
        raise Refusal(_("This invitation is answered already."))
    return author


def _lock_of(author_id: int) -> Proposal:
    return lock_proposal(Author.objects.values_list("proposal", flat=True).get(pk=author_id))


def _end(author: Author) -> None:
    author.removed_at = timezone.now()
    author.digest = ""
    author.save(update_fields=["removed_at", "digest"])


def _demand_new(authors: list[Author], email: str) -> None:
    """Refuse an address that is among the authors, also as that of somebody's account."""
    for author in authors:
        known = {author.email.lower(), author.person.email.lower() if author.person else ""}
        if email.lower() in known:
            sentence = _("%(name)s is among the authors already, with this address.")
            raise Refusal(sentence % {"name": author.name}, field="email")
