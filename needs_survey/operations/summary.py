"""Publishing what a round brought and what the Centre did about it, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from needs_survey.models import Round
from needs_survey.operations import locks
from needs_survey.permissions import results as permissions
from needs_survey.queries import summary as queries


@transaction.atomic
def publish(*, round_id: int, done: str, by: User) -> Round:
    """Let everybody read the summary; published again, only what was done about it is renewed.

    Refuses while answers are still coming, and when too few came for a summary.
    """
    demand(permissions.may_publish(by))
    round = locks.lock_round(round_id)
    if round.opened_at is None or round.closes_on >= timezone.localdate():
        raise Refusal(_("The summary can be published when the last day is over."))
    if not queries.is_enough(round):
        raise Refusal(_("Too few answered: in a summary they could be recognised."))
    is_first = round.published_at is None
    round.done = done
    round.published_at = round.published_at or timezone.now()
    round.save(update_fields=["done", "published_at"])
    action = "needs_survey.publish" if is_first else "needs_survey.renew_summary"
    trail.record(action, round, by=by)
    return round


@transaction.atomic
def take_back(*, round_id: int, by: User) -> Round:
    """Let nobody but the staff read the summary any more. Refuses when it is not published."""
    demand(permissions.may_publish(by))
    round = locks.lock_round(round_id)
    if round.published_at is None:
        raise Refusal(_("The summary is not published."))
    round.published_at = None
    round.save(update_fields=["published_at"])
    trail.record("needs_survey.unpublish", round, by=by)
    return round
