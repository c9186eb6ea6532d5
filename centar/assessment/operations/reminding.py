"""Letters that the worker queues by the clock."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from centar.assessment.letters import assessors as letters
from centar.assessment.models import Assignment, Rules
from centar.assessment.queries import work
from centar.audit import trail


@transaction.atomic
def remind(*, today: date) -> int:
    """Remind those whose day has come of what they have not sent, each by one letter; gives of
    how many assignments.
    """
    found = work.to_remind(Rules.current(), today)
    # Whoever was reminded while this waited for the row is not reminded twice.
    rows = Assignment.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    rows = rows.filter(pk__in=[one.pk for one in found]).exclude(reminded_on=today)
    locked = set(rows.values_list("pk", flat=True))
    due = [one for one in found if one.pk in locked]
    for one in due:
        one.reminders += 1
        one.reminded_on = today
        trail.record("assessment.remind", one, by=None, number=one.reminders)
    Assignment.objects.bulk_update(due, ["reminders", "reminded_on"])
    letters.queue_reminders(due, today)
    return len(due)


@transaction.atomic
def digest(*, today: date) -> int:
    """On the day of the week that the rules name, write to everybody for whom something has
    waited since before it, over all panels; gives how many letters.
    """
    if today.weekday() != Rules.current().digest_weekday:
        return 0
    people = work.to_digest(letters.DIGEST, letters.version_of(today), today)
    letters.queue_digests(people, today)
    return len(people)
