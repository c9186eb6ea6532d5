"""Who may do what with a questionnaire, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import Verdict, no
from centar.people import permissions as people
from centar.people.models import User
from centar.questionnaires.models import Questionnaire

CHANGE = "questionnaires.change_questionnaire"
ANSWERED = _("Somebody has answered already: only the wording may be mended.")


def may_write(by: User | None) -> Verdict:
    """Whether `by` makes questionnaires and mends their wording."""
    return people.works_on(by, CHANGE)


def may_change_questions(questionnaire: Questionnaire, by: User | None) -> Verdict:
    """Whether questions may be added, changed and taken away: until the first response."""
    verdict = may_write(by)
    if verdict and questionnaire.pk and questionnaire.is_answered:
        return no(ANSWERED)
    return verdict
