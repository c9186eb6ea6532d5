"""Rows of an import become records, some at a time.

A batch is a transaction: a worker that dies loses nothing that was written, and whoever takes the
file up again doubles nothing, because a row with an outcome is not written again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from centar import sql
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
from library.operations import import_copies, records
from library.permissions import catalogue as permissions
from library.queries import matching

logger = logging.getLogger(__name__)
State = ImportRun.State
Verdict = ImportRow.Verdict
Outcome = ImportRow.Outcome

BATCH = 500
# Django's own way makes a condition of every value, which took as long as all the rest.
_KEPT = """
    UPDATE library_importrow AS kept
       SET outcome = said.outcome, reason = said.reason, record_id = said.record_id,
           copies_written = said.copies
      FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::smallint[])
           AS said (id, outcome, reason, record_id, copies)
     WHERE kept.id = said.id
    RETURNING kept.id
"""


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
            "changes_held", "takes_copies", "confirmed_at", "confirmed_by", "finished_at",
        ]
    )  # fmt: skip


def batches(run_id: int) -> Iterator[None]:
    """Write row after row; control comes back after each batch."""
    while write_batch(run_id):
        yield


@transaction.atomic
def write_batch(run_id: int) -> bool:
    """Write the next rows; False when nothing is left to do or somebody has stopped it.

    It stops by itself when whoever confirmed it may not do that by hand any more.
    """
    run = _writing(run_id)
    if run is None:
        return False
    verdict = permissions.may_write_imported(run.confirmed_by, takes_copies=run.takes_copies)
    if not verdict:
        run.trouble = str(verdict.reason)
        move(run, State.STOPPED)
        return False
    rows = list(run.rows.filter(outcome="").order_by("place")[:BATCH])
    if not rows:
        run.content = None
        run.finished_at = timezone.now()
        run.save(update_fields=["content"])
        move(run, State.DONE)
        copies = run.rows.aggregate(number=Sum("copies_written"))["number"]
        trail.record("library.finish_import", run, by=None, written=run.written, copies=copies)
        return False
    _write(run, rows)
    _keep(rows)
    run.written += len(rows)
    move(run, State.WRITING)
    return True


def _keep(rows: Sequence[ImportRow]) -> None:
    facts = ("pk", "outcome", "reason", "record_id", "copies_written")
    sql.listed(_KEPT, [[getattr(row, name) for row in rows] for name in facts])


def _writing(run_id: int) -> ImportRun | None:
    here = ImportRun.objects.filter(pk=run_id, state=State.WRITING).defer("content")
    return here.select_for_update(no_key=True, of=("self",)).select_related("confirmed_by").first()


def _write(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    read: list[tuple[ImportRow, Described]] = []
    for row in rows:
        if row.verdict == Verdict.BAD or row.described is None:
            row.outcome = Outcome.FAILED
        else:
            if row.verdict != Verdict.SAME or row.record_id:
                # What the preview said of copies may be true no more, and is said again.
                row.reason = ""
            read.append((row, Described.unpacked(row.described)))
    wanted = [(row, one) for row, one in read if row.verdict != Verdict.SAME]
    _write_records(run, wanted)
    _leave([(row, one) for row, one in read if row.verdict == Verdict.SAME])
    with_copies = [(row, one.copies) for row, one in read if row.record_id and one.copies]
    if run.takes_copies and with_copies:
        assert run.confirmed_by is not None  # asked for before every batch
        import_copies.write(with_copies, changes_held=run.changes_held, by=run.confirmed_by)


def _leave(rows: Sequence[tuple[ImportRow, Described]]) -> None:
    """What is held already, by now also what another row of the file has brought in."""
    twins = [(row, one) for row, one in rows if row.record_id is None]
    matches = matching.find([one for _row, one in twins])
    for (row, _one), match in zip(twins, matches, strict=True):
        row.record_id = match.record_id if match is not None else None
    for row, _one in rows:
        row.outcome = Outcome.LEFT if row.record_id else Outcome.FAILED
        if not row.record_id:
            row.reason = _("The record that it belongs to is not there.")


def _write_records(run: ImportRun, wanted: Sequence[tuple[ImportRow, Described]]) -> None:
    # The catalogue may have moved on since the preview: what is held by now is not doubled.
    matches = matching.find([one for _row, one in wanted])
    new: list[tuple[ImportRow, Described]] = []
    for (row, one), match in zip(wanted, matches, strict=True):
        if match is None:
            new.append((row, one))
        elif match.is_same or not run.changes_held or match.record_id != row.record_id:
            row.record_id, row.outcome = match.record_id, Outcome.LEFT
        else:
            _change(run, row, match.described)
    _add(new)


def _change(run: ImportRun, row: ImportRow, one: Described) -> None:
    assert row.record_id is not None
    assert run.confirmed_by is not None  # asked for before every batch
    try:
        with transaction.atomic():
            records.write(described=one, record_id=row.record_id, by=run.confirmed_by)
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
