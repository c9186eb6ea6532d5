"""Files of records: read by the worker, looked at, confirmed, and written in batches."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.script import faces
from library.described import Described
from library.exchange import reading
from library.exchange.texts import Unreadable
from library.models import ImportRow, ImportRun
from library.operations import import_writing
from library.permissions import catalogue as permissions
from library.queries import matching

logger = logging.getLogger(__name__)
State = ImportRun.State
Verdict = ImportRow.Verdict
Outcome = ImportRow.Outcome

LARGEST = 64 * 1024 * 1024
"""Bytes; 20,000 records have about 20 million."""
MOST_RECORDS = 100_000
LOST_AFTER = timedelta(minutes=5)
"""A file that stood still for so long has lost its worker."""


def check_size(size: int) -> None:
    """Refuse, beside its field, a file that `upload` would not take in."""
    if not size:
        raise Refusal(_("This file is empty."), field="file")
    if size > LARGEST:
        raise Refusal(_("The file is larger than 64 MB. Divide it."), field="file")


@transaction.atomic
def upload(*, file_name: str, content: bytes, by: User) -> ImportRun:
    """Take a file in and have the worker read it; what it is, is guessed from its bytes.

    Refuses an empty and a too large one.
    """
    demand(permissions.may_import(by))
    check_size(len(content))
    guess = reading.guess(content)
    run = ImportRun.objects.create(
        file_name=file_name[:150],
        content=content,
        format=guess.format,
        encoding=guess.encoding,
        created_by=by,
    )
    trail.record("library.upload_import", run, by=by, file=run.file_name)
    _wake_worker(run)
    return run


@transaction.atomic
def read_otherwise(*, run_id: int, format: str, encoding: str, by: User) -> ImportRun:
    """Have the file read anew as what a person says it is."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if run.state not in (State.READ, State.UNREADABLE):
        raise Refusal(_("This file is not waiting to be looked at."))
    run.rows.all().delete()
    run.format, run.encoding, run.trouble, run.total = format, encoding, "", 0
    import_writing.move(run, State.READING)
    trail.record("library.read_import", run, by=by, format=format, encoding=encoding)
    _wake_worker(run)
    return run


@transaction.atomic
def confirm(*, run_id: int, changes_held: bool, by: User) -> ImportRun:
    """Have the worker write what the preview showed; held records only where that is wanted."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if run.state != State.READ:
        raise Refusal(_("This file is not waiting to be looked at."))
    run.changes_held = changes_held
    import_writing.move(run, State.WRITING)
    trail.record("library.confirm_import", run, by=by, changes_held=changes_held)
    _wake_worker(run)
    return run


@transaction.atomic
def stop(*, run_id: int, by: User) -> ImportRun:
    """Let the worker stop after its present batch; what is written stays."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if run.state != State.WRITING:
        raise Refusal(_("This file is not being imported."))
    import_writing.move(run, State.STOPPED)
    trail.record("library.stop_import", run, by=by, written=run.written)
    return run


@transaction.atomic
def go_on(*, run_id: int, by: User) -> ImportRun:
    """Let the worker go on where it was stopped."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if run.state != State.STOPPED:
        raise Refusal(_("This file was not stopped."))
    import_writing.move(run, State.WRITING)
    trail.record("library.go_on_import", run, by=by)
    _wake_worker(run)
    return run


@transaction.atomic
def discard(*, run_id: int, by: User) -> None:
    """Forget a file that was only looked at."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if run.state not in (State.READ, State.UNREADABLE):
        raise Refusal(_("This file is not waiting to be looked at."))
    trail.record("library.discard_import", run, by=by, file=run.file_name)
    run.delete()


def work_off(run_id: int) -> None:
    """Do what is left to do with a file. May be called at any time, and by two workers at once."""
    with translation.override(faces.CYRILLIC.language):
        _read(run_id)
        while import_writing.write_batch(run_id):
            pass


def lost() -> list[int]:
    """Files whose worker was never woken or died, the oldest first."""
    still = ImportRun.objects.filter(
        state__in=ImportRun.AT_WORK, moved_at__lt=timezone.now() - LOST_AFTER
    )
    return list(still.order_by("pk").values_list("pk", flat=True))


def _wake_worker(run: ImportRun) -> None:
    transaction.on_commit(lambda: async_task("library.jobs.imports.work_off", run.pk))


@transaction.atomic
def _read(run_id: int) -> None:
    run = import_writing.locked(run_id)
    if run.state != State.READING:
        return
    try:
        with transaction.atomic():
            run.total = _plan(run)
    except Unreadable as reason:
        run.trouble = str(reason)
    except Exception:
        logger.exception("The file of import %s could not be read", run.pk)
        run.trouble = _("An error of the portal; it is in the log.")
    import_writing.move(run, State.UNREADABLE if run.trouble else State.READ)


def _plan(run: ImportRun) -> int:
    """Write down what each record would do; gives how many there are."""
    assert run.content is not None  # kept until it is done with
    found = reading.read(bytes(run.content), run.format, run.encoding)
    seen: dict[matching.Key, int] = {}
    total = 0
    while some := list(islice(found, import_writing.BATCH)):
        rows = list(_rows(run, some, total + 1, seen))
        total += len(rows)
        if total > MOST_RECORDS:
            raise Unreadable(_("The file holds more than 100,000 records. Divide it."))
        ImportRow.objects.bulk_create(rows)
    if not total:
        raise Unreadable(_("There is no record in the file."))
    return total


def _rows(
    run: ImportRun,
    some: Sequence[Described | Unreadable],
    first: int,
    seen: dict[matching.Key, int],
) -> Iterator[ImportRow]:
    good = [one for one in some if isinstance(one, Described)]
    matches = iter(matching.find(good))
    for place, one in enumerate(some, first):
        if isinstance(one, Unreadable):
            yield ImportRow(run=run, place=place, verdict=Verdict.BAD, reason=str(one))
            continue
        match = next(matches)
        row = ImportRow(run=run, place=place, title=one.title[:300], described=one.packed())
        own = matching.keys(one)
        twin = next((seen[key] for key in own if key in seen), None)
        if twin is not None:
            row.verdict = Verdict.BAD
            row.reason = _("Row %(row)d of the file is the same edition.") % {"row": twin}
        elif match is None:
            row.verdict = Verdict.NEW
        else:
            row.verdict = Verdict.SAME if match.is_same else Verdict.CHANGED
            row.record_id = match.record_id
        for key in own:
            seen.setdefault(key, place)
        yield row
