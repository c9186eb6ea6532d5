"""Letters between authors: an invitation, its answer, asking to sign off, the lead."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.letters import addresses
from accreditation.models import Author, Proposal
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter
from centar.people.models import User

INVITED = "accreditation.invited"
ENDED = "accreditation.invitation_ended"
ANSWERED = "accreditation.invitation_answered"
TO_SIGN = "accreditation.to_sign"
LEADS = "accreditation.leads"


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for kind in (
        # Secret: the link is forgotten as soon as the letter is sent, and no staff read it.
        kinds.Kind(INVITED, gettext_lazy("a co-author is invited"), _invited, secret=True),
        kinds.Kind(ENDED, gettext_lazy("an invitation of a co-author has ended"), _ended),
        kinds.Kind(ANSWERED, gettext_lazy("a co-author has answered or left"), _answered),
        kinds.Kind(TO_SIGN, gettext_lazy("a proposal to sign off"), _to_sign),
        kinds.Kind(LEADS, gettext_lazy("a proposal to lead"), _leads),
    ):
        kinds.register(kind)


def queue_invitation(author: Author, token: str, by: User) -> None:
    """Send the link, in the script of whoever invites."""
    operations.queue(
        INVITED,
        object_id=author.pk,
        recipient=author.email,
        version=author.digest[:16],
        face=by.face,
        token=token,
        sender=str(by.person),
    )


def queue_ended(author: Author, by: User) -> None:
    """Tell somebody who has not answered that the invitation has ended."""
    operations.queue(ENDED, object_id=author.pk, recipient=author.email, version="1", face=by.face)


def queue_answer(author: Author) -> None:
    """Tell whoever leads what the invited person answered, or that a co-author has left."""
    rows = author.proposal.authors.filter(leads=True, removed_at=None)
    lead = rows.select_related("person__user").first()
    if lead is not None:
        state = "left" if author.removed_at else "joined"
        operations.queue_many([_letter(ANSWERED, author.pk, lead, state)])


def queue_asking(authors: Iterable[Author], fingerprint: str) -> None:
    """Ask these to sign off what is written, once for each text."""
    operations.queue_many(
        _letter(TO_SIGN, author.pk, author, fingerprint[:16]) for author in authors
    )


def queue_lead(author: Author) -> None:
    """Tell an author that they lead now."""
    operations.queue_many([_letter(LEADS, author.pk, author, str(author.revision))])


def _letter(kind: str, object_id: int, to: Author, version: str) -> Letter:
    person = to.person
    assert person is not None  # whoever has accepted is a person
    return Letter(
        kind=kind,
        object_id=object_id,
        recipient=person.email,
        version=version,
        face=person.face,
        context={"name": person.first_name},
    )


def _ended(letter: Letter) -> kinds.Message:
    author = _find(letter)
    is_withdrawn = author.proposal.state == Proposal.State.WITHDRAWN
    context = {"author": author, "is_withdrawn": is_withdrawn}
    subject = _("The invitation has ended: %(title)s") % {"title": author.proposal.title}
    text = texts.written("accreditation/letters/invitation_ended.txt", context)
    return kinds.Message(subject, text)


def _invited(letter: Letter) -> kinds.Message:
    author = _find(letter)
    if author.accepted_at is not None or author.removed_at is not None:
        raise kinds.NoLongerTrue(_("The invitation is answered or taken back."))
    link = addresses.page("invitation", letter.context["token"], face=letter.face)
    sender = letter.context["sender"]
    context = {"author": author, "sender": sender, "link": link}
    subject = _("%(sender)s invites you as a co-author: %(title)s")
    facts = {"sender": sender, "title": author.proposal.title}
    text = texts.written("accreditation/letters/invited.txt", context)
    return kinds.Message(subject % facts, text, private_link=link)


def _answered(letter: Letter) -> kinds.Message:
    author = _find(letter)
    if author.removed_at is None:
        subject = _("%(name)s is a co-author now: %(title)s")
    elif author.accepted_at is None:
        subject = _("%(name)s has declined your invitation: %(title)s")
    else:
        subject = _("%(name)s is no longer a co-author: %(title)s")
    return _message(letter, author, subject, "invitation_answered", "authors")


def _to_sign(letter: Letter) -> kinds.Message:
    author = _find(letter)
    if author.removed_at is not None:
        raise kinds.NoLongerTrue(_("This author has left."))
    return _message(letter, author, _("Please sign off: %(title)s"), "to_sign", "check")


def _leads(letter: Letter) -> kinds.Message:
    author = _find(letter)
    if not author.leads:
        raise kinds.NoLongerTrue(_("Another author leads now."))
    return _message(letter, author, _("You lead this proposal now: %(title)s"), "leads", "proposal")


def _find(letter: Letter) -> Author:
    rows = Author.objects.select_related("proposal__call")
    author = rows.filter(pk=letter.object_id).first()
    if author is None:
        raise kinds.NoLongerTrue(_("This author has left."))
    return author


def _message(
    letter: Letter, author: Author, subject: str, template: str, page: str
) -> kinds.Message:
    context = {
        "name": letter.context["name"],
        "author": author,
        "proposal": author.proposal,
        "page": addresses.page(page, author.proposal_id, face=letter.face),
    }
    facts = {"name": author.name, "title": author.proposal.title}
    text = texts.written(f"accreditation/letters/{template}.txt", context)
    return kinds.Message(subject % facts, text)
