"""Tables of the bench's database."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.db import connection

from tests.bench.bare.models import Hall, Seat


def migrate() -> None:
    """The portal's tables with the region's real schools; the bare project's tables and row."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_region", stdout=StringIO())
    with connection.schema_editor() as editor:
        for model in (Hall, Seat):
            editor.create_model(model)
    Hall.objects.create(name="Hall", capacity=30)


def analyse() -> None:
    """Let the planner know the rows, as it does a while after they came."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def version() -> str:
    """The version of PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        row = cursor.fetchone()
    assert row is not None
    return str(row[0])
