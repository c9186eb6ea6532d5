"""Papers for the authors of good practice: given, revoked, given anew."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import confirmations
from accreditation.letters import practices as letters
from accreditation.models import Author, PracticePaper
from accreditation.operations.practices import lock_practice
from accreditation.permissions import practices as permissions
from accreditation.queries import practices as queries
from centar.access import Refusal, demand
from centar.audit import trail
from centar.documents import operations as documents
from centar.people.models import User
from trainings.models import IssuingSettings


@transaction.atomic
def give(*, practice_id: int, by: User) -> list[PracticePaper]:
    """A paper for every author who has none that is valid, with a letter that it is ready.

    Refuses before the page was published, when everybody has one, and until the staff have
    entered who is authorised to sign.
    """
    demand(permissions.may_give_papers(by))
    practice = lock_practice(practice_id)
    if practice.published_at is None:
        raise Refusal(_("Publish the example first; the paper speaks of it."))
    issuing = IssuingSettings.on(timezone.localdate())
    if issuing is None:
        raise Refusal(
            _("Enter the particulars of certificates first: who issues them and who is authorised.")
        )
    waiting = queries.authors_without_paper(practice)
    if not waiting:
        raise Refusal(_("Every author has the paper already."))
    given = []
    for author in waiting:
        words = confirmations.about(practice, author, issuing)
        paper = _issued(author, practice_id, words, by)
        trail.record("accreditation.give_paper", paper, by=by, author=author.pk)
        given.append(paper)
    letters.queue_ready(given)
    return given


@transaction.atomic
def revoke(*, paper_id: int, by: User, reason: str) -> PracticePaper:
    """End a paper; it stays in the register as revoked, and its author is told why.

    Refuses without a reason, and when it has ended already.
    """
    demand(permissions.may_revoke_papers(by))
    rows = PracticePaper.objects.select_for_update(no_key=True, of=("self",))
    paper = rows.select_related("practice", "author__person__user").get(pk=paper_id)
    documents.revoke(document_id=paper.document_id, by=by, reason=reason)
    trail.record("accreditation.revoke_paper", paper, by=by, reason=reason)
    letters.queue_revoked(paper)
    return paper


def _issued(author: Author, practice_id: int, words: dict[str, str], by: User) -> PracticePaper:
    """The paper of an author; one that was revoked before points to the new document."""
    paper = PracticePaper.objects.filter(author=author).select_related("document").first()
    document = documents.issue(
        kind=confirmations.KIND,
        content=words,
        by=by,
        person=author.person,
        replaces=paper.document if paper else None,
    )
    if paper is None:
        return PracticePaper.objects.create(
            practice_id=practice_id, author=author, document=document
        )
    paper.document = document
    paper.save(update_fields=["document"])
    return paper
