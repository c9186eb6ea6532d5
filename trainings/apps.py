from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    """The programme catalogue and the seminars."""

    name = "trainings"
    verbose_name = _("Professional development")

    def ready(self) -> None:
        """Make seminars known to the calendar and the letters."""
        from trainings import letters, seminars

        seminars.register()
        letters.register()
