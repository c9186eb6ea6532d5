"""What the worker does about letters to schools every minute."""

from __future__ import annotations

from django.utils import timezone

from needs_survey.operations import invitations as operations
from needs_survey.queries import rounds as queries


def write_to_schools() -> int:
    """Remind the schools whose day has come and invite coordinators who are new; gives how many
    schools are reminded.
    """
    today = timezone.localdate()
    reminded = sum(
        operations.remind(reminder_id=reminder.pk) for reminder in queries.due_reminders(today)
    )
    operations.write_to_newly_confirmed()
    return reminded
