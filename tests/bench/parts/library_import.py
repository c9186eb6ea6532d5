"""A file of 20,000 records in MARC 21: read, looked at, confirmed and written by the worker.

`BENCH_IMPORTED` makes a smaller one. It comes into the catalogue that `library` has made.
"""

from __future__ import annotations

import os
import time
from itertools import product

from django.db import connection
from stdnum import ean

from centar.people.models import User
from library.described import Contributor, Described, Item, Number
from library.exchange import marc21
from library.models import ImportRun
from library.operations import imports
from tests.bench.figures import Figure
from tests.bench.parts import library_rows
from tests.bench.site import Site

RECORDS = int(os.environ.get("BENCH_IMPORTED", "20000"))
A_SECOND = 1000
"""The aim: so many records, from the bytes to the rows."""
LIBRARIAN = "bibliotekarka@example.org"


def furnish() -> None:
    """Somebody who may import."""
    User.objects.create(email=LIBRARIAN, is_staff=True, is_superuser=True)


def measure(site: Site) -> list[Figure]:
    """How many records a second are read and compared, written, and both."""
    by = User.objects.get(email=LIBRARIAN)
    content = b"".join(marc21.write(described).as_marc() for described in _records())
    started = time.perf_counter(), time.process_time()
    run = imports.upload(file_name="proba.mrc", content=content, by=by)
    _work_off(run)
    read = time.perf_counter()
    imports.confirm(run_id=run.pk, changes_held=False, by=by)
    _work_off(run)
    ended, busy = time.perf_counter(), time.process_time()
    run.refresh_from_db()
    assert (run.state, run.written) == (ImportRun.State.DONE, RECORDS), run.trouble
    taken = ended - started[0]
    return [
        Figure("library.import_read_and_compared", RECORDS / (read - started[0]), "/s"),
        Figure("library.import_written", RECORDS / (ended - read), "/s"),
        Figure("library.import", RECORDS / taken, "/s", taken * A_SECOND / RECORDS, 1),
        Figure("library.import_python", RECORDS / (busy - started[1]), "/s CPU"),
    ]


def _work_off(run: ImportRun) -> None:
    """What the worker does, again and again, as it gives way to other work."""
    while True:
        imports.work_off(run.pk)
        run.refresh_from_db()
        if run.state not in ImportRun.AT_WORK:
            break
    with connection.cursor() as cursor:
        # Nobody waits in the queue that the worker would be woken by.
        cursor.execute("DELETE FROM django_q_ormq")


def _records() -> list[Described]:
    titles = product(library_rows.HEADS, library_rows.SUBJECTS, library_rows.ENDS, range(1, 9))
    return [
        Described(
            title=f"{head} {subject}: свеска {volume}",
            subtitle=end,
            responsibility="Иво Петровић",
            place="Крагујевац",
            publisher="Просвета",
            printed_year=str(1950 + place % 70),
            extent="120 стр. ; 24 cm",
            language="srp",
            udc="37.02",
            subjects=(subject, "Настава"),
            contributors=(Contributor("Петровић, Иво"), Contributor("Илић, Ана", "edt")),
            numbers=(Number("isbn", _isbn(place)),),
            copies=(Item(f"У{place}", "37", f"U{place:07}"),),
        )
        for place, (head, subject, end, volume) in zip(range(RECORDS), titles, strict=False)
    ]


def _isbn(place: int) -> str:
    digits = f"97886{place:07}"
    return digits + ean.calc_check_digit(digits)
