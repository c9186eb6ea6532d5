from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """Criteria, assessors, scores and conflicts; for proposals and for works of pupils."""

    name = "centar.assessment"
    verbose_name = _("assessment")

    def ready(self) -> None:
        """Make letters known to the outbox, and what is kept from staff in conflict."""
        from centar.assessment import withheld
        from centar.assessment.letters import assessors, chairs

        assessors.register()
        chairs.register()
        withheld.register()
