"""Pages beside the bare page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles

from tests.bench import load
from tests.bench.figures import Figure
from tests.bench.servers import WebServer
from tests.bench.site import Site

FRESH_AIM, KEPT_AIM = 5, 2
BARE_PATH = "/halls/1/"  # the first row, made by database.migrate
# A loaded machine disturbs both pages alike when they take turns.
ROUNDS = 12
BARE_VISITS, VISITS, CLIENTS = 200, 80, 4
WARMING_VISITS = 60


@dataclass(frozen=True)
class Page:
    """A page to measure; `name` is `<app>.<what>`, `cookies` are those of the visitor."""

    name: str
    path: str
    aim: float | None = FRESH_AIM
    cookies: dict[str, str] = field(default_factory=dict)


@dataclass
class Tally:
    """What the visits to one page took, over all rounds."""

    server: WebServer
    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    cpu: float = 0
    seconds: float = 0
    answers: list[float] = field(default_factory=list)

    def visit(self, visits: int) -> None:
        """Come once more."""
        before = self.server.cpu_seconds()
        done = self._load(visits)
        self.cpu += self.server.cpu_seconds() - before
        self.seconds += done.seconds
        self.answers += done.answers

    def warm(self) -> None:
        """Let every worker connect, read its templates and keep what it keeps."""
        self._load(WARMING_VISITS)

    def figures(self) -> Iterator[tuple[str, str, float]]:
        """Suffix of the name, unit and value; processor time comes first."""
        per_cent = quantiles(self.answers, n=100)
        yield "", "ms of CPU a request", self.cpu / len(self.answers) * 1000
        yield "_rate", "requests a second", len(self.answers) / self.seconds
        yield "_p50", "ms", per_cent[49] * 1000
        yield "_p95", "ms", per_cent[94] * 1000
        yield "_p99", "ms", per_cent[98] * 1000

    def _load(self, visits: int) -> load.Load:
        return load.visit(
            self.server.port, self.path, visits=visits, clients=CLIENTS, cookies=self.cookies
        )


def measure(site: Site, page: Page) -> list[Figure]:
    """The page made anew for every visit, beside the bare page."""
    return _beside_bare(site, Tally(site.fresh, page.path, page.cookies), page.name, page.aim)


def measure_kept(site: Site, page: Page) -> list[Figure]:
    """The page as visitors without an account get it from the cache, beside the bare page."""
    return _beside_bare(site, Tally(site.kept, page.path), f"{page.name}_kept", KEPT_AIM)


def _beside_bare(site: Site, tally: Tally, name: str, aim: float | None) -> list[Figure]:
    bare = Tally(site.bare, BARE_PATH)
    bare.warm()
    tally.warm()
    for _ in range(ROUNDS):
        bare.visit(BARE_VISITS)
        tally.visit(VISITS)
    return [
        Figure(name + suffix, value, unit, value / measure, None if suffix else aim)
        for (suffix, unit, value), (_, _, measure) in zip(
            tally.figures(), bare.figures(), strict=True
        )
    ]
