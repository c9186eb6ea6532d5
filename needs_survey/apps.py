from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsSurveyConfig(AppConfig):
    """What the schools of the region need, and the plan that follows."""

    name = "needs_survey"
    verbose_name = _("Needs of schools")

    def ready(self) -> None:
        """Make lists and answers known to questions, letters to the outbox, plans to published
        seminars.
        """
        from needs_survey import sources
        from needs_survey.letters import contributors, rounds, teachers
        from needs_survey.letters import first as first_letters
        from needs_survey.operations import first
        from needs_survey.queries import rounds as reads

        sources.register_all()
        for letters in (rounds, contributors, teachers, first_letters):
            letters.register()
        first.register()
        reads.register_answers()
