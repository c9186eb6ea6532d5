"""Rows of an import become records, some at a time.

A batch is a transaction: a worker that dies loses nothing that was written, and whoever takes the
file up again doubles nothing, because a row with an outcome is not written again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from library import described as descriptions
from library.described import Described
from library.models import (
    Contribution,
    Identifier,
    ImportRow,
    ImportRun,
    JournalIssue,
    KitPart,
    Record,
)
from library.operations import records
from library.queries import matching

logger = logging.getLogger(__name__)
State = ImportRun.State
Verdict = ImportRow.Verdict
Outcome = ImportRow.Outcome

BATCH = 500


def locked(run_id: int) -> ImportRun:
    """The run without its file, which nobody else changes until the transaction ends."""
    return ImportRun.objects.defer("content").select_for_update(no_key=True).get(pk=run_id)


def move(run: ImportRun, state: str) -> None:
    """Write down how far the run is."""
    run.state, run.moved_at = state, timezone.now()
    # Only what this module changes; the file itself is not carried about.
    run.save(
        update_fields=[
            "state", "moved_at", "format", "encoding", "trouble", "total", "written",
            "changes_held", "finished_at",
        ]
    )  # fmt: skip


@transaction.atomic
def write_batch(run_id: int) -> bool:
    """Write the next rows; False when nothing is left to do or somebody has stopped it."""
    run = locked(run_id)
    if run.state != State.WRITING:
        return False
    rows = list(run.rows.filter(outcome="").order_by("place")[:BATCH])
    if not rows:
        run.content = None
        run.finished_at = timezone.now()
        run.save(update_fields=["content"])
        move(run, State.DONE)
        trail.record("library.finish_import", run, by=None, written=run.written)
        return False
    _write(run, rows)
    ImportRow.objects.bulk_update(rows, ["outcome", "reason", "record"])
    run.written += len(rows)
    move(run, State.WRITING)
    return True


def _write(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    wanted: list[tuple[ImportRow, Described]] = []
    for row in rows:
        if row.verdict == Verdict.BAD or row.described is None:
            row.outcome = Outcome.FAILED
        elif row.verdict == Verdict.SAME:
            row.outcome = Outcome.LEFT
        else:
            wanted.append((row, Described.unpacked(row.described)))
    # The catalogue may have moved on since the preview: what is held by now is not doubled.
    matches = matching.find([one for _row, one in wanted])
    new: list[tuple[ImportRow, Described]] = []
    for (row, one), match in zip(wanted, matches, strict=True):
        if match is None:
            new.append((row, one))
        elif match.is_same or not run.changes_held or match.record_id != row.record_id:
            row.record_id, row.outcome = match.record_id, Outcome.LEFT
        else:
            _change(run, row, one)
    _add(new)


def _change(run: ImportRun, row: ImportRow, one: Described) -> None:
    assert row.record_id is not None
    try:
        if run.created_by is None:
            raise Refusal(_("Whoever brought the file in has no account any more."))
        with transaction.atomic():
            records.write(described=one, record_id=row.record_id, by=run.created_by)
        row.outcome = Outcome.CHANGED
    except (Refusal, DatabaseError) as error:
        _fail(row, error)


def _add(new: Sequence[tuple[ImportRow, Described]]) -> None:
    try:
        with transaction.atomic():
            _add_together(new)
    except DatabaseError:
        # One that the database refuses must not keep the others out.
        for pair in new:
            try:
                with transaction.atomic():
                    _add_together([pair])
            except DatabaseError as error:
                _fail(pair[0], error)


def _fail(row: ImportRow, error: Exception) -> None:
    row.outcome, row.record_id = Outcome.FAILED, None
    if isinstance(error, Refusal):
        row.reason = str(error)
    else:
        logger.warning("Row %s of import %s: %s", row.place, row.run_id, error)
        row.reason = _("The database refused it; the reason is in the log.")


def _add_together(new: Sequence[tuple[ImportRow, Described]]) -> None:
    made = Record.objects.bulk_create(Record(**descriptions.columns(one)) for _row, one in new)
    belonging = [
        descriptions.rows(one, record) for record, (_row, one) in zip(made, new, strict=True)
    ]
    Contribution.objects.bulk_create(one for rows in belonging for one in rows[0])
    Identifier.objects.bulk_create(one for rows in belonging for one in rows[1])
    JournalIssue.objects.bulk_create(one for rows in belonging for one in rows[2])
    KitPart.objects.bulk_create(one for rows in belonging for one in rows[3])
    for record, (row, _one) in zip(made, new, strict=True):
        row.record, row.outcome = record, Outcome.ADDED
