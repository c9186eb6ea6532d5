from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from centar.environment import Environment
from centar.portal.demo import year


class Command(BaseCommand):
    """Loads a demonstration year; where it is already, it does nothing."""

    help = "Load invented people, programmes and seminars around today, for trying the portal out."

    def add_arguments(self, parser: CommandParser) -> None:
        """--force is for a production that is a mere trial."""
        parser.add_argument("--force", action="store_true", help="Also in production.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse in production, where its accounts with a known password would be open doors."""
        if Environment(settings.BASE_DIR).is_production and not options["force"]:
            raise CommandError(
                _(
                    "The demonstration has accounts with a known password, so it is not loaded in "
                    "production. If this is only a trial, add --force."
                )
            )
        if year.load():
            self.stdout.write(_("The demonstration year is loaded."))
        else:
            self.stdout.write(_("The demonstration year is here already; nothing is changed."))
