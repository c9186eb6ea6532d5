from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    """The programme catalogue and the seminars."""

    name = "trainings"
    verbose_name = _("Professional development")

    def ready(self) -> None:
        """Make seminars known to the calendar and the letters, and certificates to the register."""
        from trainings import certificates, seminars
        from trainings.letters import certificates as certificate_letters

        seminars.register()
        certificates.register()
        certificate_letters.register()
