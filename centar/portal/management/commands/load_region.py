from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from centar.portal import region


class Command(BaseCommand):
    """Loads the region's real data; repeating it changes nothing."""

    help = "Load the region's schools, places, centres and clubs, and the catalogue's cycle."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what was done."""
        for name, loaded in region.load():
            counts = _("%(created)d new, %(updated)d corrected, %(unchanged)d as they were") % {
                "created": loaded.created,
                "updated": loaded.updated,
                "unchanged": loaded.unchanged,
            }
            self.stdout.write(f"{name}: {counts}")
