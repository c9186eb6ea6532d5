"""What the worker does about teachers' answers every minute."""

from __future__ import annotations

import logging

from django.utils import timezone

from needs_survey.anonymous.seals import BrokenSeal
from needs_survey.models import Ballot
from needs_survey.operations import teachers, urn
from needs_survey.queries import teachers as queries

logger = logging.getLogger(__name__)


def write_to_teachers() -> int:
    """Remind those whose day has come; gives how many."""
    due = queries.due_reminders(timezone.localdate())
    return sum(teachers.remind(reminder_id=reminder.pk) for reminder in due)


def empty_urns() -> int:
    """Count what may be counted, and drop the drafts of rounds that are over; gives how many
    answers left their urns.
    """
    teachers.drop_drafts(today=timezone.localdate())
    rounds = Ballot.objects.order_by("round").values_list("round", flat=True).distinct()
    return sum(_empty(round_id) for round_id in rounds)


def _empty(round_id: int) -> int:
    try:
        return urn.empty(round_id=round_id)
    except BrokenSeal:
        # The secret is another now. The ballots stay until it is put back; other urns go on.
        sentence = "The urn of round %s cannot be opened: put its secret into SECRET_KEY_FALLBACKS."
        logger.error(sentence, round_id)
        return 0
