from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from centar.portal import messages


class Command(BaseCommand):
    """Keeps locale/sr complete."""

    help = "Bring locale/sr/LC_MESSAGES/django.po up to date with the code."

    def add_arguments(self, parser: CommandParser) -> None:
        """--check changes nothing."""
        parser.add_argument("--check", action="store_true", help="Only say what is missing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update the catalogue, or fail when a sentence lacks Serbian."""
        if options["check"]:
            lacking = messages.missing()
            if lacking:
                listed = "\n".join(f"  {sentence}" for sentence in lacking)
                raise CommandError(f"{len(lacking)} sentences lack Serbian:\n{listed}")
            return
        self.stdout.write(f"{messages.update()} sentences lack Serbian.")
