from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Makes a database ready for work on this machine; repeating it loses nothing."""

    help = "Migrate, load the region and the demonstration year, write the worker's timetable."

    def handle(self, *args: Any, **options: Any) -> None:
        """One process for all steps: starting Django costs more than most of them."""
        call_command("migrate", verbosity=0)
        for step in ("createcachetable", "load_region", "load_demo", "schedule_jobs"):
            call_command(step)
