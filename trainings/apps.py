from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    """The programme catalogue and the seminars."""

    name = "trainings"
    verbose_name = _("Professional development")

    def ready(self) -> None:
        """Make seminars known to the calendar, and their papers and letters to the registers."""
        from trainings import certificates, proformas, seminars
        from trainings.handouts import handouts
        from trainings.letters import certificates as certificate_letters
        from trainings.letters import evaluation as evaluation_letters
        from trainings.letters import ledger as ledger_letters
        from trainings.letters import payments as payment_letters
        from trainings.operations import payers
        from trainings.queries import fees, trainers

        seminars.register(
            leads=trainers.leads,
            leaders=trainers.names,
            handouts=handouts,
            has_fee=fees.has_fee,
            change_payer=payers.change_payer,
        )
        certificates.register()
        certificate_letters.register()
        ledger_letters.register()
        proformas.register()
        payment_letters.register()
        evaluation_letters.register()
