"""Who reads results and exports, who publishes them, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people import permissions as people
from centar.people.models import User
from needs_survey.models import Round

VIEW_ROUND = "needs_survey.view_round"
CHANGE_ROUND = "needs_survey.change_round"


def may_read_results(by: object) -> Verdict:
    """Whether this user reads the results of rounds and takes them along."""
    return people.works_on(by, VIEW_ROUND)


def may_publish(by: object) -> Verdict:
    """Whether this user publishes summaries and takes them back."""
    return people.works_on(by, CHANGE_ROUND)


def may_read_own(by: object, round: Round, school_id: int) -> Verdict:
    """Whether this user reads what a school said beside the region: the staff, and once the
    summary is published the school's own coordinators.
    """
    if may_read_results(by):
        return YES
    is_own = isinstance(by, User) and people.coordinates(school_id, by)
    if is_own and round.published_at is not None:
        return YES
    return no(_("Only the coordinators of the school see what it said."))
