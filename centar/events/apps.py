from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Places, queues and the calendar of everything that happens at the Centre."""

    name = "centar.events"
    label = "events"
    verbose_name = _("Events and bookings")

    def ready(self) -> None:
        """Make the letters about bookings known to the outbox."""
        from centar.events import letters
        from centar.events.applications import letters as application_letters

        letters.register()
        application_letters.register()
