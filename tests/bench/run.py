"""One run: prepare, measure, print and write. Imported when Django is ready."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.management import call_command

from tests.bench import database, figures, machine, parts, servers, site


def run() -> None:
    """Measure everything; a server that answers wrongly ends the run."""
    started = time.monotonic()
    settings.VAR_DIR.mkdir(exist_ok=True)
    servers.LOG.write_text("")
    database.migrate()
    for part in parts.ALL:
        part.furnish()
    database.analyse()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _say(f"Prepared in {time.monotonic() - started:.0f} s.")
    with site.open_site() as servers_:
        found = [figure for part in parts.ALL for figure in part.measure(servers_)]
    ran_on = machine.describe()
    figures.write(found, ran_on, settings.VAR_DIR / "bench.json")
    _say(f"{ran_on}\n\n{figures.table(found)}\n")
    _say(f"Written to var/bench.json in {time.monotonic() - started:.0f} s.")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
