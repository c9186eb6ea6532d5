from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccreditationConfig(AppConfig):
    """From an idea to an accredited programme, and examples of good practice."""

    name = "accreditation"
    verbose_name = _("accreditation")

    def ready(self) -> None:
        """Make lists known to questions, proposals as their answers, letters to the outbox."""
        from accreditation import reviewed, sources
        from accreditation.letters import authors, decisions, proposals
        from accreditation.queries import calls

        sources.register_all()
        calls.register_answers()
        reviewed.register()
        for letters in (authors, decisions, proposals):
            letters.register()
