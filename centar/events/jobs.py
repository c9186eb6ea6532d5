"""What the worker does every minute."""

from __future__ import annotations

import logging

from django.utils import timezone

from centar.events import letters, queries
from centar.events.operations import bookings

logger = logging.getLogger(__name__)


def settle_overdue_offers() -> int:
    """End offers nobody answered and let the next people in; gives how many events moved."""
    overdue = queries.events_with_overdue_offers(timezone.now())
    for event_id in overdue:
        try:
            bookings.settle_overdue(event_id)
        except Exception:
            # One event in trouble must not keep the others waiting.
            logger.exception("Event %s could not be settled", event_id)
    return len(overdue)


def queue_reminders() -> int:
    """Queue the reminders that are due; those queued before are not queued twice."""
    due = queries.bookings_to_remind(timezone.now())
    letters.queue_reminders(due)
    return len(due)
