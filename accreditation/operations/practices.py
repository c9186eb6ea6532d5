"""Examples of good practice: prepared from what was accepted, published, taken down, presented."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import meanings
from accreditation.letters import practices as letters
from accreditation.models import Attachment, Practice, Version
from accreditation.operations.filings import lock_proposal
from accreditation.permissions import practices as permissions
from accreditation.versions import Content
from centar.access import Refusal, demand
from centar.audit import trail
from centar.events.models import Event
from centar.people.models import User
from centar.schools.models import School, Subject

LONGEST_AUTHORS = 500
OF_PAGE = meanings.OF_KIND["practice"]
"""Questions whose answers have a place of their own on the page."""


@transaction.atomic
def prepare(*, proposal_id: int, attachments: Collection[int], by: User) -> Practice:
    """The page of an accepted example, with what stood in the accepted version; not public yet.

    `attachments` are the keys of files that everybody may read; others of the proposal never
    become public. Refuses what is not accepted, a second page, and a file of another version.
    """
    demand(permissions.may_publish(by))
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_become_page(proposal))
    version = Version.objects.get(decision__proposal=proposal)
    content = Content.of(version)
    practice = Practice.objects.create(
        proposal=proposal,
        version=version,
        title=content.title,
        summary=content.answer(meanings.SUMMARY),
        text=_text(content),
        authors=", ".join(author.name for author in content.authors)[:LONGEST_AUTHORS],
        subject=Subject.objects.filter(pk__in=content.keys(meanings.SUBJECT)).first(),
        level=_level(content),
    )
    schools = [author.school_pk for author in content.authors if author.school_pk is not None]
    practice.schools.set(School.objects.filter(pk__in=schools))
    practice.files.set(_of_version(version, attachments))
    trail.record("accreditation.prepare_practice", practice, by=by, proposal=proposal.pk)
    return practice


@transaction.atomic
def keep(*, practice: Practice, changed: Sequence[str], by: User) -> Practice:
    """Save the page as the staff wrote it; `changed` names the fields."""
    demand(permissions.may_publish(by))
    lock_practice(practice.pk)
    practice.save()
    trail.record("accreditation.revise_practice", practice, by=by, changed=", ".join(changed))
    return practice


@transaction.atomic
def publish(*, practice_id: int, by: User) -> Practice:
    """Show the page and its files to everybody, for the first time or again.

    The authors get a letter the first time. Refuses a page without text or authors.
    """
    demand(permissions.may_publish(by))
    practice = lock_practice(practice_id)
    demand(permissions.may_be_published(practice))
    if not (practice.text.strip() and practice.authors.strip()):
        raise Refusal(_("A page needs a text and its authors; write them first."))
    is_first = practice.published_at is None
    practice.published_at = practice.published_at or timezone.now()
    practice.hidden_at = None
    practice.save(update_fields=["published_at", "hidden_at"])
    trail.record("accreditation.publish_practice", practice, by=by, first=is_first)
    if is_first:
        letters.queue_published(practice)
    return practice


@transaction.atomic
def take_down(*, practice_id: int, reason: str, by: User) -> Practice:
    """Hide the page and its files from everybody; refuses without a reason."""
    demand(permissions.may_publish(by))
    practice = lock_practice(practice_id)
    demand(permissions.may_be_taken_down(practice))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the audit."), field="reason")
    practice.hidden_at = timezone.now()
    practice.save(update_fields=["hidden_at"])
    trail.record("accreditation.take_down_practice", practice, by=by, reason=reason)
    return practice


@transaction.atomic
def present(*, practice_id: int, event: Event | None, by: User) -> Practice:
    """Say at which event it is presented, or that it is at none."""
    demand(permissions.may_publish(by))
    practice = lock_practice(practice_id)
    practice.presented_at = event
    practice.save(update_fields=["presented_at"])
    at = event.pk if event is not None else None
    trail.record("accreditation.present_practice", practice, by=by, event=at)
    return practice


def lock_practice(practice_id: int) -> Practice:
    """The page, fresh, and nobody else changes it until the transaction ends."""
    rows = Practice.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("presented_at", "version").get(pk=practice_id)


def _text(content: Content) -> str:
    """The description, then whatever else was answered beside it, such as an advice."""
    written = [content.answer(meanings.TEXT)]
    for section in content.sections:
        if any(one.code == meanings.TEXT for one in section.questions):
            others = (one for one in section.questions if one.code not in OF_PAGE)
            written += [f"{one.label}\n{one.text}" for one in others if one.text]
    return "\n\n".join(filter(None, written))


def _of_version(version: Version, keys: Collection[int]) -> list[Attachment]:
    found = list(version.attachments.filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise Refusal(
            _("Only files of the accepted version can be published."), field="attachments"
        )
    return found


def _level(content: Content) -> Practice.Level:
    """The chosen level, whose offered answers bear the codes of levels."""
    codes = [code for code in content.codes(meanings.LEVEL) if code in Practice.Level.values]
    return Practice.Level(codes[0]) if len(codes) == 1 else Practice.Level.ALL
