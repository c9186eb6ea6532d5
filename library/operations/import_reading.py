"""Records of a file become rows of an import, some at a time, which say what they would do.

A batch is a transaction, and `total` is how far the file is read: whoever takes it up again skips
so many.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from library.described import Described
from library.exchange import reading
from library.exchange.texts import Unreadable
from library.models import ImportRow, ImportRun
from library.operations import import_copies, import_writing
from library.queries import matching

logger = logging.getLogger(__name__)
State = ImportRun.State
Verdict = ImportRow.Verdict

MOST_RECORDS = 100_000
Read = Sequence[Described | Unreadable]


def batches(run_id: int) -> Iterator[None]:
    """Read the file on; control comes back after each batch that is written down."""
    begun = ImportRun.objects.filter(pk=run_id, state=State.READING).first()
    if begun is None:
        return
    assert begun.content is not None  # kept until it is done with
    found = reading.read(bytes(begun.content), begun.format, begun.encoding, skip=begun.total)
    while True:
        try:
            # Before the run is locked: a workbook takes its time, and somebody may stop it.
            some = list(islice(found, import_writing.BATCH))
            if not _keep(begun, some):
                return
        except Unreadable as reason:
            _give_up(begun, str(reason))
            return
        except Exception:
            logger.exception("The file of import %s could not be read", run_id)
            _give_up(begun, _("An error of the portal; it is in the log."))
            return
        yield


def _locked(begun: ImportRun) -> ImportRun | None:
    """The run, if it is where this worker left it: not stopped, thrown away, read otherwise, or in
    the hands of another worker.
    """
    here = ImportRun.objects.filter(
        pk=begun.pk,
        state=State.READING,
        total=begun.total,
        format=begun.format,
        encoding=begun.encoding,
    )
    return here.defer("content").select_for_update(no_key=True).first()


@transaction.atomic
def _keep(begun: ImportRun, some: Read) -> bool:
    """Write down what a batch would do; False when there is nothing more to read."""
    run = _locked(begun)
    if run is None:
        return False
    if not some:
        if not run.total:
            raise Unreadable(_("There is no record in the file."))
        import_writing.move(run, State.READ)
        return False
    if run.total + len(some) > MOST_RECORDS:
        raise Unreadable(_("The file holds more than 100,000 records. Divide it."))
    ImportRow.objects.bulk_create(_rows(run, some))
    run.total += len(some)
    import_writing.move(run, State.READING)
    begun.total = run.total
    return True


@transaction.atomic
def _give_up(begun: ImportRun, trouble: str) -> None:
    run = _locked(begun)
    if run is None:
        return
    run.rows.all().delete()
    run.total, run.trouble = 0, trouble
    import_writing.move(run, State.UNREADABLE)


def _rows(run: ImportRun, some: Read) -> list[ImportRow]:
    good = [one for one in some if isinstance(one, Described)]
    matches = iter(matching.find(good))
    keys = iter([_digest(key) for key in matching.keys(one)] for one in good)
    seen = _seen(run, good)
    rows: list[ImportRow] = []
    with_copies: list[tuple[ImportRow, Described]] = []
    for place, one in enumerate(some, run.total + 1):
        if isinstance(one, Unreadable):
            rows.append(ImportRow(run=run, place=place, verdict=Verdict.BAD, reason=str(one)))
            continue
        match, own = next(matches), next(keys)
        row = ImportRow(
            run=run, place=place, title=one.title[:300], described=one.packed(), keys=own
        )
        rows.append(row)
        twin = next((seen[key] for key in own if key in seen), None)
        if twin is not None:
            row.reason = _("Row %(row)d of the file is the same edition.") % {"row": twin}
            # A register has a row for each copy.
            row.verdict = Verdict.SAME if one.copies else Verdict.BAD
        elif match is None:
            row.verdict = Verdict.NEW
        else:
            row.verdict = Verdict.SAME if match.is_same else Verdict.CHANGED
            row.record_id = match.record_id
        for key in own:
            seen.setdefault(key, place)
        if one.copies and twin is None:
            with_copies.append((row, one))
    _say_of_copies(with_copies)
    return rows


def _say_of_copies(rows: Sequence[tuple[ImportRow, Described]]) -> None:
    """What will not become of copies, before anybody confirms it."""
    sorted_out = import_copies.sort_out([(one.copies, row.record_id) for row, one in rows])
    for (row, _one), copies in zip(rows, sorted_out, strict=True):
        row.reason = "\n".join(copies.troubles)


def _digest(key: matching.Key) -> str:
    return hashlib.blake2b("\t".join(key).encode(), digest_size=16).hexdigest()


def _seen(run: ImportRun, good: Sequence[Described]) -> dict[str, int]:
    """The first rows of earlier batches with a key of this one."""
    wanted = {_digest(key) for one in good for key in matching.keys(one)}
    earlier = run.rows.filter(keys__overlap=list(wanted)).order_by("place")
    seen: dict[str, int] = {}
    for place, keys in earlier.values_list("place", "keys"):
        for key in keys:
            seen.setdefault(key, place)
    return seen
