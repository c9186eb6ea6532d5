from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """The library of the resource centre: its catalogue and its lending."""

    name = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        """Make letters known to the outbox, and reading lists to the pages of events."""
        from centar.events import beside
        from library import letters
        from library.queries import lists

        letters.register()
        beside.register(_("To read, in our library"), lists.of_event)
