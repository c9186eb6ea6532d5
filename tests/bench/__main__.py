"""`python -m tests.bench`, which `make bench` runs beside an embedded PostgreSQL."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

from centar.embedded_postgres import server
from tests.bench import cluster

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    "CENTAR_MODE": "production",
    "SECRET_KEY": "of-the-bench-alone-" * 4,
    "SITE_URL": "https://127.0.0.1",
    "ALLOWED_HOSTS": "127.0.0.1",
    "EMAIL_URL": "dummymail://",
    "MAIL_FROM": "portal@example.org",
    "BEHIND_PROXY": "1",
}


def main() -> None:
    """Make the database, and hand over to the run."""
    data = os.environ.get("LOCAL_POSTGRES")
    if data is None:
        sys.exit("LOCAL_POSTGRES names no folder; run make bench.")
    running = server.ensure(Path(data))
    os.environ.update(ENVIRONMENT, DATABASE_URL=cluster.address(running))
    cluster.recreate(running)
    django.setup()
    from tests.bench import run  # its imports need Django ready

    run.run()


if __name__ == "__main__":
    main()
