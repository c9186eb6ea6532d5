from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from centar.portal import jobs


class Command(BaseCommand):
    """Writes the worker's timetable; safe to repeat."""

    help = "Write the worker's timetable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Schedule everything."""
        count = jobs.schedule_all()
        self.stdout.write(f"{count} jobs are scheduled.")
