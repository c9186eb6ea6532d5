"""Who came to seminars of which programme from which school, counted in SQL."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from centar.events.models import Booking, Event
from trainings.models import Seminar

HELD = (Event.State.OPEN, Event.State.CLOSED)


@dataclass(frozen=True)
class Came:
    """Different people who were there, and how many of their certificates are valid."""

    people: int = 0
    certificates: int = 0


def seminars(programmes: Collection[int], since: datetime, until: datetime) -> dict[int, int]:
    """How many seminars of each programme began and ended in between; one statement."""
    rows = _held(programmes, since, until).order_by().values_list("programme")
    return dict(rows.annotate(Count("pk")))


def came(
    programmes: Collection[int], since: datetime, until: datetime
) -> dict[tuple[int, int], Came]:
    """Who came, by the programme and by the school where they work now; one statement.

    Those without a school are in no row.
    """
    held = _held(programmes, since, until).values("pk")
    there = Booking.objects.filter(event__in=held, presences__isnull=False)
    there = there.exclude(person__school=None).order_by()
    rows = there.values_list("event__seminar__programme", "person__school").annotate(
        people=Count("person", distinct=True),
        valid=Count("certificates", filter=Q(certificates__ended_at=None), distinct=True),
    )
    return {(programme, school): Came(people, valid) for programme, school, people, valid in rows}


def _held(programmes: Collection[int], since: datetime, until: datetime) -> QuerySet[Seminar]:
    return Seminar.objects.filter(
        programme__in=programmes,
        event__state__in=HELD,
        event__starts_at__gte=since,
        event__ends_at__lte=until,
    )
