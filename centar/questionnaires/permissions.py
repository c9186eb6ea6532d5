"""Who may do what with a questionnaire, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.models import User
from centar.questionnaires.models import Questionnaire

CHANGE = "questionnaires.change_questionnaire"
ANSWERED = _("Somebody has answered already: only the wording may be mended.")


def may_write(by: User | None) -> Verdict:
    """Whether `by` makes questionnaires and mends their wording."""
    if by is not None and by.is_staff and by.has_perm(CHANGE):
        return YES
    return no(_("Only the Centre's staff may do this."))


def may_change_questions(questionnaire: Questionnaire, by: User | None) -> Verdict:
    """Whether questions may be added, changed and taken away: until the first response."""
    verdict = may_write(by)
    if verdict and questionnaire.pk and questionnaire.is_answered:
        return no(ANSWERED)
    return verdict
