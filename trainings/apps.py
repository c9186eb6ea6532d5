from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    """The programme catalogue and the seminars."""

    name = "trainings"
    verbose_name = _("Professional development")

    def ready(self) -> None:
        """Make seminars known to the calendar and the letters, and papers to their register."""
        from trainings import proformas, seminars
        from trainings.letters import payments

        seminars.register()
        proformas.register()
        payments.register()
