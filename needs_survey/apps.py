from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsSurveyConfig(AppConfig):
    """What the schools of the region need, and the plan that follows."""

    name = "needs_survey"
    verbose_name = _("Needs of schools")

    def ready(self) -> None:
        """Make lists known to questions, letters to the outbox."""
        from needs_survey import sources
        from needs_survey.letters import contributors, rounds, teachers

        sources.register_all()
        rounds.register()
        contributors.register()
        teachers.register()
