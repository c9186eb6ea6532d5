from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    """Questions, answers, and what they say together."""

    name = "centar.questionnaires"
    label = "questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        """Make the list of subjects known to questions, and responses known as answers."""
        from django.db.models import OuterRef

        from centar.questionnaires import in_use, subjects
        from centar.questionnaires.models import Response

        subjects.register()
        in_use.register(lambda: Response.objects.filter(questionnaire=OuterRef("pk")))
