from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """The library of the resource centre: its catalogue and its lending."""

    name = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        """Make the letters of lending known to the outbox."""
        from library import letters

        letters.register()
