"""Write the diagram of a proposal's states into the docs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accreditation import diagram


class Command(BaseCommand):
    """Writes accreditation/STATES.md anew."""

    help = "Writes accreditation/STATES.md from the table of states."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        diagram.FILE.write_text(diagram.drawn(), encoding="utf-8")
