"""Seminars that wait to be announced to schools or reported to the institute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from centar.events.models import Event
from trainings.models import Seminar, SeminarRules

HELD = (Event.State.OPEN, Event.State.CLOSED)
# Work is shown so long before its deadline.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """A seminar with the last day on which something must be done about it."""

    seminar: Seminar
    until: date


def to_announce(now: datetime) -> list[Due]:
    """Published seminars that schools must be told of by now or within two weeks, soonest first."""
    ahead = timedelta(days=SeminarRules.current().announce_days)
    rows = _published().filter(
        announced_on=None, event__starts_at__gt=now, event__starts_at__lte=now + ahead + AHEAD
    )
    return [
        Due(row, timezone.localdate(row.event.starts_at - ahead))
        for row in rows.order_by("event__starts_at", "pk")
        if row.event.starts_at is not None
    ]


def to_report(now: datetime) -> list[Due]:
    """Seminars that have ended and are not reported, the oldest first; those that the rules
    still remind of.
    """
    rules = SeminarRules.current()
    within = timedelta(days=rules.report_days)
    rows = _unreported(now).filter(event__ends_at__gt=now - timedelta(days=rules.late_report_days))
    return [
        Due(row, timezone.localdate(row.event.ends_at + within))
        for row in rows.order_by("event__ends_at", "pk")
        if row.event.ends_at is not None
    ]


def long_unreported(now: datetime) -> QuerySet[Seminar]:
    """Seminars without a report that ended longer ago than the rules remind of."""
    longest = timedelta(days=SeminarRules.current().late_report_days)
    return _unreported(now).filter(event__ends_at__lte=now - longest)


def _unreported(now: datetime) -> QuerySet[Seminar]:
    return _published().filter(reported_on=None, event__ends_at__lte=now)


def _published() -> QuerySet[Seminar]:
    return Seminar.objects.filter(event__state__in=HELD).select_related("event")
