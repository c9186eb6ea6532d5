"""What the worker does by the clock."""

from __future__ import annotations

from django.db import transaction
from django_q.models import Schedule

EVERY_MINUTE = (
    "centar.outbox.jobs.deliver_due",
    "centar.events.jobs.settle_overdue_offers",
    "centar.events.jobs.queue_reminders",
    "trainings.jobs.certificates.continue_certificates",
    "trainings.jobs.payments.bring_proformas_into_line",
    "trainings.jobs.payments.issue_proformas",
    "trainings.jobs.payments.pursue_unpaid",
    "trainings.jobs.evaluation.queue_evaluations",
)


@transaction.atomic
def schedule_all() -> int:
    """Make the worker's timetable say exactly this; gives how many jobs it has."""
    Schedule.objects.exclude(func__in=EVERY_MINUTE).delete()
    for job in EVERY_MINUTE:
        Schedule.objects.update_or_create(
            func=job,
            defaults={"name": job, "schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1},
        )
    return len(EVERY_MINUTE)
