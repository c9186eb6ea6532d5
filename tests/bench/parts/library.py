"""The library's catalogue of a million records: searches, beside the same as bare SQL.

`BENCH_RECORDS` makes a smaller one. A million takes some minutes to make.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from library.operations import words
from library.queries import finding
from library.queries.finding import Wanted
from tests.bench import pages, servers
from tests.bench.figures import Figure
from tests.bench.pages import Page
from tests.bench.parts import library_rows
from tests.bench.site import Site

RECORDS = int(os.environ.get("BENCH_RECORDS", "1000000"))
MILLISECONDS = 30
"""The aim of the SQL of each kind of search, 95 times of 100."""
ROUNDS = 5
INDEXES = ("library_record_found", "library_word_similar")

SEARCHES: dict[str, list[Wanted]] = {
    "word": [
        Wanted(word)
        for word in (
            "istorija", "физике", "škola", "настава", "речник", "алгебре", "astronomija",
            "драгојевац", "педагогије", "društva", "илић", "andrić",
        )
    ],
    "phrase": [
        Wanted(f'"{phrase}"')
        for phrase in (
            "српског језика", "средњег века", "istorija fizike", "збирка задатака",
            "у српској култури",
        )
    ],
    "prefix": [
        Wanted(prefix) for prefix in ("istor", "геогр", "mat", "пси", "дра", "šk", "enc", "правоп")
    ],
    "mistyped": [
        Wanted(word)
        for word in (
            "isotrija", "matemaitka", "gegrafija", "филозфија", "педагогја", "enciklopdija",
        )
    ],
    "two_facets": [
        Wanted(facets={"kind": kind, "language": language})
        for kind in ("book", "journal", "video")
        for language in ("srp", "eng", "rus")
    ],
    "word_and_two_facets": [
        Wanted(word, facets={"kind": "book", "udc": digit})
        for word in ("istorija", "настава", "алгебре")
        for digit in "589"
    ],
}  # fmt: skip


def furnish() -> None:
    """The records, and the words that mistyped ones are compared with."""
    library_rows.make(RECORDS)
    words.count()


def measure(site: Site) -> list[Figure]:
    """Each kind of search as SQL alone and as a page; then what indexes and servers hold."""
    found = []
    for name, searches in SEARCHES.items():
        half, most = _sql(searches)
        found += [
            Figure(f"library.{name}_sql_p50", half, "ms"),
            Figure(f"library.{name}_sql_p95", most, "ms", most / MILLISECONDS, 1),
        ]
        # The page's own time is what it takes beyond its SQL, which runs in another process.
        found += pages.measure(site, Page(f"library.{name}", _path(searches[0])))
    return [
        *found,
        *(Figure(f"library.{name}_size", _megabytes(name), "MB") for name in INDEXES),
        Figure("library.servers_memory", site.fresh.memory() / servers.WORKERS, "MB a worker"),
    ]


def _sql(searches: list[Wanted]) -> tuple[float, float]:
    """Milliseconds in the database: the half of all searches, and 95 of 100, take at most so."""
    taken = []
    for turn in range(ROUNDS + 1):
        for wanted in searches:
            with _counted() as statements:
                list(finding.find(wanted, "azbuka").keys[:20])
            # The first turn reads what the others find in memory.
            if turn:
                taken.append(sum(statements) * 1000)
    hundredths = quantiles(taken, n=100)
    return hundredths[49], hundredths[94]


@contextmanager
def _counted() -> Iterator[list[float]]:
    """How many seconds each statement takes, until the block ends."""
    seconds: list[float] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds.append(perf_counter() - started)

    with connection.execute_wrapper(count):
        yield seconds


def _path(wanted: Wanted) -> str:
    return f"/biblioteka/?{urlencode({'q': wanted.query, **wanted.facets})}"


def _megabytes(index: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s::regclass)", [index])
        (size,) = cursor.fetchone() or (0,)
    return float(size) / 2**20
