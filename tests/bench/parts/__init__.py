"""What is measured, one module an app: each makes its rows and its figures."""

from __future__ import annotations

from typing import Protocol

from tests.bench.figures import Figure
from tests.bench.parts import (
    certificates,
    differences,
    events,
    ledger,
    library,
    library_import,
    needs,
    needs_sending,
    needs_urn,
    portal,
    proposals,
    statements,
    trainings,
)
from tests.bench.site import Site


class Part(Protocol):
    """A module of this package."""

    def furnish(self) -> None:
        """Make its rows; runs once, in the new database."""

    def measure(self, site: Site) -> list[Figure]:
        """Ask the running servers."""


# In the order in which their rows can be made.
ALL: tuple[Part, ...] = (
    trainings,
    portal,
    events,
    ledger,
    statements,
    certificates,
    differences,
    needs,
    needs_sending,
    needs_urn,
    proposals,
    library,
    library_import,
)
