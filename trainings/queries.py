"""Reads for the catalogue and the seminars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from centar.events.models import Booking, Event, Meeting
from centar.script import folding, search, sorting
from centar.script.expressions import Fold
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Seminar, Trainer
from trainings.seminars import KIND

HOLDING = Q(event__bookings__state__in=Booking.HOLDING)
# What the search and the sorting need in the database, and long texts of the detail page.
NOT_IN_LISTS = ("search", "folded", "sort_azbuka", "sort_abeceda", "aims", "topics", "source")
WAITING = Q(event__bookings__state=Booking.State.WAITING)


def seminars() -> QuerySet[Seminar]:
    """Published seminars with all that a list shows, in a constant number of queries.

    Seats are counted in SQL: `held` are places taken or offered, `queue` are people waiting.
    """
    return with_seats(Seminar.objects.exclude(event__state=Event.State.DRAFT))


def seminars_visible_to(user: object) -> QuerySet[Seminar]:
    """As `seminars`, with drafts for those who may see them in the back office."""
    return with_seats(Seminar.objects.filter(event__in=Event.objects.visible_to(user)))


def with_seats(rows: QuerySet[Seminar]) -> QuerySet[Seminar]:
    """Seminars with their days and their seats."""
    return (
        rows.select_related("event", "programme")
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


def find_seminars(filters: dict[str, Any], now: datetime) -> Found:
    """Published seminars that match every filter given: coming ones, or past ones on request."""
    if filters.get("past"):
        rows = seminars().filter(event__ends_at__lte=now).order_by("-event__starts_at", "pk")
    elif filters.get("open"):
        rows = open_seminars(now)
    else:
        rows = seminars().filter(event__ends_at__gt=now)
    if filters.get("month"):
        year, month = map(int, filters["month"].split("-"))
        first = timezone.make_aware(datetime(year, month, 1))
        following = timezone.make_aware(datetime(year + month // 12, month % 12 + 1, 1))
        rows = rows.filter(event__starts_at__gte=first, event__starts_at__lt=following)
    if filters.get("form"):
        rows = rows.filter(programme__form=filters["form"])
    if filters.get("place"):
        rows = rows.filter(event__place=filters["place"])
    if filters.get("seats"):
        without_limit = Q(event__capacity=None)
        rows = rows.filter(without_limit | Q(queue=0, held__lt=F("event__capacity")))
    if not filters.get("q"):
        return Found(rows)
    found = search.matching(rows, filters["q"], "programme__search", "programme__folded")
    return Found(found.queryset, found.approximate)


def seminar_choices(now: datetime) -> tuple[list[tuple[str, str]], list[str]]:
    """Months and places of the coming seminars, for the list's filters."""
    coming = Event.objects.published().filter(kind=KIND, ends_at__gt=now)
    rows = coming.order_by("starts_at").values_list("starts_at", "place")
    months: dict[str, str] = {}
    places: dict[str, None] = {}
    for starts_at, place in rows:
        local = timezone.localtime(starts_at)
        months.setdefault(f"{local:%Y-%m}", date_format(local, "F Y"))
        if place:
            places[place] = None
    return list(months.items()), sorted(places, key=lambda place: sorting.sort_key(place, "azbuka"))


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
    rows = _narrowed(Programme.objects.published(), filters)
    rows = rows.select_related("area", "cycle").prefetch_related("competences", "trainers")
    rows = rows.defer(*NOT_IN_LISTS)
    if not filters.get("q"):
        return Found(rows.order_by(f"sort_{order}", "pk"))
    found = search.matching(rows, filters["q"])
    return Found(found.queryset, found.approximate)


def _narrowed(rows: QuerySet[Programme], filters: dict[str, Any]) -> QuerySet[Programme]:
    same = {name: filters[name] for name in ("cycle", "form", "area") if filters.get(name)}
    rows = rows.filter(**same)
    if filters.get("hours"):
        low, high = filters["hours"]
        rows = rows.filter(hours__range=(low, high))
    if filters.get("points"):
        low, high = filters["points"]
        rows = rows.filter(points__range=(low, high))
    if filters.get("fee") == "free":
        rows = rows.filter(fee=0)
    elif filters.get("fee"):
        rows = rows.filter(fee__lte=Decimal(filters["fee"]))
    for word in folding.fold(filters.get("audience", "")).split():
        rows = rows.annotate(folded_audience=Fold("audience"))
        rows = rows.filter(folded_audience__contains=word)
    for word in folding.fold(filters.get("trainer", "")).split():
        named = Trainer.objects.filter(folded__contains=word)
        rows = rows.filter(pk__in=named.values("programmes"))
    # Subqueries, since a join with several matches would list a programme several times.
    if filters.get("competence"):
        with_code = Competence.objects.filter(code=filters["competence"])
        rows = rows.filter(pk__in=with_code.values("programmes"))
    if filters.get("priority"):
        with_code = PriorityArea.objects.filter(code=filters["priority"])
        rows = rows.filter(pk__in=with_code.values("programmes"))
    return rows


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
