from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccreditationConfig(AppConfig):
    """From an idea to an accredited programme, and examples of good practice."""

    name = "accreditation"
    verbose_name = _("accreditation")

    def ready(self) -> None:
        """Make known lists, answers, letters, papers, origins of programmes, and examples."""
        from accreditation import confirmations, origins, reviewed, sources
        from accreditation.letters import authors, decisions, filings, practices, proposals
        from accreditation.queries import calls
        from accreditation.queries import practices as examples
        from centar.events import beside

        sources.register_all()
        calls.register_answers()
        reviewed.register()
        confirmations.register()
        origins.register()
        beside.register(_("Examples of good practice"), examples.presented_at)
        for letters in (authors, decisions, proposals, filings, practices):
            letters.register()
