"""Files of records: read by the worker, looked at, confirmed, and written, always in batches."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from time import monotonic

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.script import faces
from library.exchange import reading
from library.models import ImportRun
from library.operations import import_reading, import_writing
from library.permissions import catalogue as permissions

State = ImportRun.State

LARGEST = 64 * 1024 * 1024
"""Bytes; 20,000 records have about 20 million."""
AT_A_TIME = 20.0
"""Seconds after which the worker turns to what else waits, such as letters."""
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
    _wake_worker(run.pk)
    return run


@transaction.atomic
def read_otherwise(*, run_id: int, format: str, encoding: str, by: User) -> ImportRun:
    """Have the file read anew as what a person says it is."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if not run.is_only_looked_at:
        raise Refusal(_("This file is not waiting to be looked at."))
    run.rows.all().delete()
    run.format, run.encoding, run.trouble, run.total = format, encoding, "", 0
    import_writing.move(run, State.READING)
    trail.record("library.read_import", run, by=by, format=format, encoding=encoding)
    _wake_worker(run.pk)
    return run


@transaction.atomic
def confirm(*, run_id: int, changes_held: bool, by: User, takes_copies: bool = True) -> ImportRun:
    """Have the worker write what the preview showed, in the name of whoever confirms it.

    Held records and copies are changed only where that is wanted. Refuses somebody who could not
    do it by hand.
    """
    run = import_writing.locked(run_id)
    demand(permissions.may_write_imported(by, takes_copies=takes_copies))
    if run.state != State.READ:
        raise Refusal(_("This file is not waiting to be looked at."))
    run.changes_held, run.takes_copies = changes_held, takes_copies
    run.confirmed_at, run.confirmed_by = timezone.now(), by
    import_writing.move(run, State.WRITING)
    trail.record(
        "library.confirm_import", run, by=by, changes_held=changes_held, takes_copies=takes_copies
    )
    _wake_worker(run_id)
    return run


@transaction.atomic
def stop(*, run_id: int, by: User) -> ImportRun:
    """Let the worker stop after its present batch; what is read or written stays."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if run.state not in ImportRun.AT_WORK:
        raise Refusal(_("The worker is not busy with this file."))
    import_writing.move(run, State.STOPPED)
    trail.record("library.stop_import", run, by=by, written=run.written)
    return run


@transaction.atomic
def go_on(*, run_id: int, by: User) -> ImportRun:
    """Let the worker go on where it was stopped, with the choices that were made then.

    What is still to be written is written in the name of whoever says so.
    """
    run = import_writing.locked(run_id)
    is_written = run.confirmed_at is not None
    demand(
        permissions.may_write_imported(by, takes_copies=run.takes_copies)
        if is_written
        else permissions.may_import(by)
    )
    if run.state != State.STOPPED:
        raise Refusal(_("This file was not stopped."))
    run.trouble = ""
    if is_written:
        run.confirmed_by = by
    import_writing.move(run, State.WRITING if is_written else State.READING)
    trail.record("library.go_on_import", run, by=by)
    _wake_worker(run_id)
    return run


@transaction.atomic
def discard(*, run_id: int, by: User) -> None:
    """Forget a file that was only looked at."""
    demand(permissions.may_import(by))
    run = import_writing.locked(run_id)
    if not run.is_only_looked_at:
        raise Refusal(_("This file is not waiting to be looked at."))
    trail.record("library.discard_import", run, by=by, file=run.file_name)
    run.delete()


def work_off(run_id: int) -> None:
    """Do what is left to do with a file, or a part of it and the rest later, so that letters and
    other work go out meanwhile. May be called at any time, and by two workers at once.
    """
    until = monotonic() + AT_A_TIME
    with translation.override(faces.CYRILLIC.language):
        for _batch in chain(import_reading.batches(run_id), import_writing.batches(run_id)):
            if monotonic() > until:
                _wake_worker(run_id)
                return


def lost() -> list[int]:
    """Files whose worker was never woken or died, the oldest first."""
    still = ImportRun.objects.filter(
        state__in=ImportRun.AT_WORK, moved_at__lt=timezone.now() - LOST_AFTER
    )
    return list(still.order_by("pk").values_list("pk", flat=True))


def _wake_worker(run_id: int) -> None:
    transaction.on_commit(lambda: async_task("library.jobs.imports.work_off", run_id))
