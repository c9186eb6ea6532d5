"""Writing records: what is said of an edition, and what belongs to it, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.files import kinds, pictures
from centar.files import operations as files
from centar.people.models import User
from library import described as descriptions
from library import isbn, letters, locks
from library.described import Described
from library.models import Contribution, Identifier, JournalIssue, KitPart, Record, Reservation
from library.operations import shelving
from library.permissions import catalogue as permissions

Attached = Literal["cover", "file"]
ATTACHED: tuple[Attached, ...] = ("cover", "file")
COVER_SIDE = 640
"""Pixels; pages show a cover at half of that, and sharp screens twice as dense."""


@transaction.atomic
def write(*, described: Described, by: User, record_id: int | None = None) -> Record:
    """Make a record, or write it anew as it is described.

    Contributors, numbers and parts become exactly those described. Issues are added, their titles
    corrected, and none is taken away, because copies hang on them. Refuses a description without a
    title, and one with two titles for an issue.
    """
    demand(permissions.may_describe(by))
    if not described.title.strip():
        raise Refusal(_("A record needs a title."), field="title")
    doubled = descriptions.doubled_issue(described)
    if doubled is not None:
        raise Refusal(_("Issue %(issue)s stands there with two titles.") % {"issue": doubled})
    if record_id is None:
        record = Record.objects.create(**descriptions.columns(described))
    else:
        record = locks.lock_record(record_id)
        for name, value in descriptions.columns(described).items():
            setattr(record, name, value)
        record.save(update_fields=[*descriptions.columns(described)])
        for rows in (record.contributions, record.identifiers, record.parts):
            rows.all().delete()
    people, numbers, issues, parts = descriptions.rows(described, record)
    Contribution.objects.bulk_create(people)
    Identifier.objects.bulk_create(numbers)
    _write_issues(record, issues)
    KitPart.objects.bulk_create(parts)
    action = "library.add_record" if record_id is None else "library.change_record"
    trail.record(action, record, by=by)
    return record


def _write_issues(record: Record, described: Iterable[JournalIssue]) -> None:
    held = {(one.year, one.volume, one.number): one for one in record.issues.all()}
    new, corrected = [], []
    for one in described:
        kept = held.get((one.year, one.volume, one.number))
        if kept is None:
            new.append(one)
        elif kept.title != one.title:
            kept.title = one.title
            corrected.append(kept)
    JournalIssue.objects.bulk_create(new)
    JournalIssue.objects.bulk_update(corrected, ["title"])


@transaction.atomic
def keep_in_step(*, record_id: int, by: User) -> Record:
    """After forms have saved the record's rows: what is searched of them follows.

    Canonical numbers are read anew from the printed ones.
    """
    demand(permissions.may_describe(by))
    record = locks.lock_record(record_id)
    numbers = list(record.identifiers.all())
    for one in numbers:
        one.number = isbn.canonical(one.kind, one.printed)
    Identifier.objects.bulk_update(numbers, ["number"])
    record.names = descriptions.searched_names(record.contributions.values_list("name", flat=True))
    record.numbers = descriptions.searched_numbers((one.kind, one.printed) for one in numbers)
    # Harvesters are told of a change of the contributors too, so the row changes in any case.
    record.save(update_fields=["names", "numbers"])
    trail.record("library.change_record", record, by=by)
    return record


@transaction.atomic
def attach(*, record: Record, name: Attached, upload: File[bytes], by: User) -> Record:
    """Give a record its cover, made small enough for a page, or its file; the one that was there
    before is thrown away.

    Refuses what `centar.files` refuses, and a cover that is no picture, beside its field.
    """
    demand(permissions.may_describe(by))
    allowed = pictures.KINDS if name == "cover" else kinds.ALL
    try:
        file = files.store(
            upload=upload,
            by=by,
            allowed=allowed,
            longest_side=COVER_SIDE if name == "cover" else None,
        )
    except Refusal as refusal:
        raise Refusal(str(refusal), field=f"new_{name}") from refusal
    before = getattr(record, name)
    setattr(record, name, file)
    record.save(update_fields=[name])
    if before is not None:
        files.remove(file=before, by=by)
    trail.record(f"library.attach_{name}", record, by=by)
    return record


@transaction.atomic
def take_cover_away(*, record_id: int, by: User) -> Record:
    """Throw the picture of the cover away."""
    demand(permissions.may_describe(by))
    record = locks.lock_record(record_id)
    if record.cover is None:
        raise Refusal(_("This record has no picture of its cover."))
    cover, record.cover = record.cover, None
    record.save(update_fields=["cover"])
    files.remove(file=cover, by=by)
    trail.record("library.take_cover_away", record, by=by)
    return record


@transaction.atomic
def withdraw(*, record_id: int, reason: str, by: User) -> Record:
    """Let readers no longer find the record; whoever harvested it hears that it is gone.

    Whoever waits for it waits for nothing: their turns end, and a letter says so.
    """
    record = locks.lock_record(record_id)
    demand(permissions.may_withdraw(record, by))
    now = timezone.now()
    record.withdrawn_at = now
    record.save(update_fields=["withdrawn_at"])
    live = record.reservations.live().select_related(
        "member__person__user", "member__teacher__user"
    )
    for reservation in live:
        letters.queue_ended(reservation)
        shelving.end(reservation, Reservation.State.CANCELLED, now)
    trail.record("library.withdraw_record", record, by=by, reason=reason)
    return record


@transaction.atomic
def bring_back(*, record_id: int, by: User) -> Record:
    """Let readers find a withdrawn record again."""
    demand(permissions.may_describe(by))
    record = locks.lock_record(record_id)
    if record.withdrawn_at is None:
        raise Refusal(_("This record is not withdrawn."))
    record.withdrawn_at = None
    record.save(update_fields=["withdrawn_at"])
    trail.record("library.bring_back_record", record, by=by)
    return record
