"""Reads for the catalogue and the seminars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from centar.events.models import Booking, Event, Meeting
from centar.script import search, sorting
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Seminar

HOLDING = Q(event__bookings__state__in=Booking.HOLDING)
WAITING = Q(event__bookings__state=Booking.State.WAITING)


def seminars() -> QuerySet[Seminar]:
    """Published seminars with all that a list shows, in a constant number of queries.

    Seats are counted in SQL: `held` are places taken, `queue` are people waiting.
    """
    return (
        Seminar.objects.exclude(event__state=Event.State.DRAFT)
        .select_related("event", "programme")
        .prefetch_related(Prefetch("event__meetings", Meeting.objects.order_by("starts_at")))
        .annotate(
            held=Count("event__bookings", filter=HOLDING),
            queue=Count("event__bookings", filter=WAITING),
        )
        .order_by("event__starts_at", "pk")
    )


def open_seminars(now: datetime) -> QuerySet[Seminar]:
    """Seminars one can register for at this moment, the ones that close first in front."""
    event_open = Q(event__state=Event.State.OPEN, event__starts_at__gt=now)
    opened = Q(event__registration_opens_at=None) | Q(event__registration_opens_at__lte=now)
    not_closed = Q(event__registration_closes_at=None) | Q(event__registration_closes_at__gt=now)
    found = seminars().filter(event_open & opened & not_closed)
    return found.order_by("event__registration_closes_at", "event__starts_at", "pk")


def coming_seminars_of(programme: Programme, now: datetime) -> QuerySet[Seminar]:
    """The seminars of one programme that have not ended."""
    return seminars().filter(programme=programme, event__ends_at__gt=now)


@dataclass(frozen=True)
class Found:
    """A filtered list; `approximate` when only a tolerant search found anything."""

    rows: QuerySet[Any]
    approximate: bool = False


def find_programmes(filters: dict[str, Any], order: sorting.Order) -> Found:
    """Published programmes that match every filter given, the best match first when searched.

    `filters` are the cleaned values of the catalogue's form; without a search the order is
    the Serbian one of the reader's script.
    """
    rows: QuerySet[Programme] = Programme.objects.published()
    for field in ("cycle", "form", "area"):
        if filters.get(field):
            rows = rows.filter(**{field: filters[field]})
    if filters.get("competence"):
        rows = rows.filter(competences__code=filters["competence"])
    if filters.get("priority"):
        rows = rows.filter(priority_areas__code=filters["priority"])
    if filters.get("hours"):
        low, high = filters["hours"]
        rows = rows.filter(hours__gte=low, hours__lte=high)
    if filters.get("free"):
        rows = rows.filter(fee=0)
    if filters.get("audience"):
        rows = rows.filter(audience__icontains=filters["audience"])
    rows = rows.select_related("area", "cycle").prefetch_related("competences", "trainers")
    found = search.matching(rows, filters.get("q") or "")
    if filters.get("q"):
        return Found(found.queryset, found.approximate)
    return Found(found.queryset.order_by(f"sort_{order}", "pk").distinct())


def catalogue_choices() -> dict[str, list[tuple[str, str]]]:
    """What the catalogue's filters offer: only what some published programme has."""
    published = Programme.objects.published()
    cycles = Cycle.objects.filter(programmes__in=published).distinct()
    areas = Area.objects.filter(programmes__in=published).distinct()
    competences = Competence.objects.filter(programmes__in=published).distinct()
    priorities = PriorityArea.objects.filter(programmes__in=published).distinct()
    return {
        "cycle": [(str(row.pk), row.name) for row in cycles],
        "area": [(str(row.pk), row.name) for row in areas],
        "competence": [(row.code, str(row)) for row in competences.order_by("code")],
        "priority": [(row.code, str(row)) for row in priorities.order_by("code")],
    }
