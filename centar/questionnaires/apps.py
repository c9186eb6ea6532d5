from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    """Questions, answers, and what they say together."""

    name = "centar.questionnaires"
    label = "questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        """Make the list of subjects known to questions."""
        from centar.questionnaires import subjects

        subjects.register()
