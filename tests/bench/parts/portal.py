"""The first page."""

from __future__ import annotations

from tests.bench import pages
from tests.bench.figures import Figure
from tests.bench.pages import Page
from tests.bench.site import Site


def furnish() -> None:
    """The first page shows what the others have made."""


def measure(site: Site) -> list[Figure]:
    """The first page, made anew and kept."""
    home = Page("portal.home", "/")
    return [*pages.measure(site, home), *pages.measure_kept(site, home)]
