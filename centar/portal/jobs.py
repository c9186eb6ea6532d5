"""What the worker does by the clock."""

from __future__ import annotations

from django.db import transaction
from django_q.models import Schedule

EVERY_MINUTE = (
    "centar.outbox.jobs.deliver_due",
    "centar.accounts.jobs.clear_sessions",
    "centar.events.jobs.settle_overdue_offers",
    "centar.events.jobs.queue_reminders",
    "trainings.jobs.certificates.continue_certificates",
    "library.jobs.imports.continue_imports",
    "trainings.jobs.payments.bring_proformas_into_line",
    "trainings.jobs.payments.issue_proformas",
    "trainings.jobs.payments.pursue_unpaid",
    "trainings.jobs.evaluation.queue_evaluations",
    "needs_survey.jobs.reminders.write_to_schools",
    "needs_survey.jobs.teachers.write_to_teachers",
    "needs_survey.jobs.teachers.empty_urns",
    "centar.assessment.jobs.remind_assessors",
    "centar.assessment.jobs.write_digests",
    "library.jobs.lending.pass_on_unfetched",
    "library.jobs.lending.queue_reminders",
    "library.jobs.words.learn",
)
DAILY = (
    "centar.files.jobs.sweep",
    "accreditation.jobs.proposals.remind_of_drafts",
    "library.jobs.words.count",
)


@transaction.atomic
def schedule_all() -> int:
    """Make the worker's timetable say exactly this; gives how many jobs it has."""
    Schedule.objects.exclude(func__in=(*EVERY_MINUTE, *DAILY)).delete()
    for job in EVERY_MINUTE:
        _schedule(job, schedule_type=Schedule.MINUTES, minutes=1)
    for job in DAILY:
        _schedule(job, schedule_type=Schedule.DAILY, minutes=None)
    return len(EVERY_MINUTE) + len(DAILY)


def _schedule(job: str, **when: object) -> None:
    facts = {"name": job, "repeats": -1, **when}
    Schedule.objects.update_or_create(func=job, defaults=facts)
