"""What the worker does about evaluations every minute."""

from __future__ import annotations

from django.utils import timezone

from trainings.letters import evaluation as letters
from trainings.queries import evaluation as queries


def queue_evaluations() -> int:
    """Ask those who were at a seminar how it was, and remind once; gives how many letters."""
    queued = 0
    for kind in (queries.INVITATION, queries.REMINDER):
        due = queries.bookings_to_ask(kind, timezone.now())
        letters.queue(kind, due)
        queued += len(due)
    return queued
