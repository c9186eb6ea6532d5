"""The servers that a run measures, all on one database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.bench import servers
from tests.bench.servers import WebServer


@dataclass(frozen=True)
class Site:
    """`fresh` makes every page anew, `kept` is the portal as it is, `bare` is the measure."""

    fresh: WebServer
    kept: WebServer
    bare: WebServer


@contextmanager
def open_site() -> Iterator[Site]:
    """All servers, running until the end."""
    portal = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    bare = {"DJANGO_SETTINGS_MODULE": "tests.bench.bare.settings"}
    with ExitStack() as stack:
        yield Site(
            fresh=stack.enter_context(
                servers.running("centar.wsgi", portal | {"BENCH_PAGES": "fresh"})
            ),
            kept=stack.enter_context(servers.running("centar.wsgi", portal)),
            bare=stack.enter_context(servers.running("tests.bench.bare.wsgi", bare)),
        )
