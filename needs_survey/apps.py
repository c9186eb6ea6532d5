from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsSurveyConfig(AppConfig):
    """What the schools of the region need, and the plan that follows."""

    name = "needs_survey"
    verbose_name = _("Needs of schools")

    def ready(self) -> None:
        """Make the lists known that questions offer."""
        from needs_survey import sources

        sources.register_all()
