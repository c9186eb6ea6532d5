"""What authors do as authors: biographies, signing off, leaving, giving the lead to another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.letters import authors as letters
from accreditation.locks import lock_proposal
from accreditation.models import Author
from accreditation.permissions import proposals as permissions
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.questionnaires import drafts
from centar.questionnaires.drafts import Seen


@transaction.atomic
def keep_biography(*, proposal_id: int, text: str, seen: Seen, by: User) -> Author:
    """Keep the biography of `by`; each author writes the own one."""
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_write(proposal, by, timezone.localdate()))
    author = queries.author_of(proposal, by)
    assert author is not None  # asked just now
    drafts.write(author, {"biography": text}, seen=seen, saved_by=author.person)
    return author


@transaction.atomic
def sign(*, proposal_id: int, seen: str, by: User) -> Author:
    """Sign off what is written, whose fingerprint the author has seen.

    Refuses out of time, what is not whole, and what was changed since the page was opened.
    Signing the same twice changes nothing.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_sign(proposal, by, timezone.localdate()))
    standing = Standing.of(proposal)
    demand_seen(standing, seen)
    if standing.missing:
        raise Refusal(_("Something is still missing. It is listed above."))
    author = queries.author_of(proposal, by)
    assert author is not None  # asked just now
    if author.signed_content != standing.fingerprint:
        put_signature(author, standing.fingerprint)
        trail.record("accreditation.sign", author, by=by, content=standing.fingerprint)
    return author


@transaction.atomic
def ask_to_sign(*, proposal_id: int, by: User) -> int:
    """Write to the co-authors whose signature is needed; gives how many there are.

    For the same text each gets one letter, however often it is asked for.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_submit(proposal, by, timezone.localdate()))
    standing = Standing.of(proposal)
    if standing.missing:
        raise Refusal(_("Something is still missing. It is listed above."))
    asked = [one.author for one in standing.unsigned]
    letters.queue_asking(asked, standing.fingerprint)
    trail.record("accreditation.ask_to_sign", proposal, by=by, asked=len(asked))
    return len(asked)


@transaction.atomic
def remove(*, author_id: int, by: User) -> Author:
    """Take a co-author out of the proposal; what they wrote stays."""
    author = _author(author_id)
    demand(permissions.may_change_authors(author.proposal, by, timezone.localdate()))
    if author.leads:
        raise Refusal(_("You lead this proposal. Give the lead to another author first."))
    _end(author)
    trail.record("accreditation.remove_author", author, by=by)
    return author


@transaction.atomic
def leave(*, author_id: int, by: User) -> Author:
    """Leave a proposal as its co-author; what was written stays."""
    author = _author(author_id)
    demand(permissions.may_leave(author, by, timezone.localdate()))
    _end(author)
    letters.queue_answer(author)
    trail.record("accreditation.leave", author, by=by)
    return author


@transaction.atomic
def hand_over(*, author_id: int, by: User) -> Author:
    """Give the lead to a co-author who has accepted."""
    author = _author(author_id)
    demand(permissions.may_change_authors(author.proposal, by, timezone.localdate()))
    if author.accepted_at is None:
        raise Refusal(_("Only an author who has accepted can lead."))
    lead = queries.author_of(author.proposal, by)
    assert lead is not None  # asked just now
    if lead.pk == author.pk:
        return author
    # First the one, then the other: one author leads at every moment.
    lead.leads = False
    lead.save(update_fields=["leads"])
    author.leads = True
    author.save(update_fields=["leads"])
    letters.queue_lead(author)
    trail.record("accreditation.hand_over", author, by=by)
    return author


def demand_seen(standing: Standing, seen: str) -> None:
    """Refuse to sign or submit what the person has not seen as it is now."""
    if standing.fingerprint != seen:
        raise Refusal(_("The proposal was changed meanwhile. Please look at it once more."))


def put_signature(author: Author, fingerprint: str) -> None:
    """Note that the author signs off this content."""
    author.signed_at, author.signed_content = timezone.now(), fingerprint
    author.save(update_fields=["signed_at", "signed_content"])


def _author(author_id: int) -> Author:
    """A live author, under the lock of the proposal; refuses one who has left."""
    proposal = lock_proposal(Author.objects.values_list("proposal", flat=True).get(pk=author_id))
    author = Author.objects.select_related("person__user").get(pk=author_id)
    author.proposal = proposal
    if author.removed_at is not None:
        raise Refusal(_("This author has left already."))
    return author


def _end(author: Author) -> None:
    author.removed_at = timezone.now()
    author.digest = ""
    author.save(update_fields=["removed_at", "digest"])
