"""Reads for the catalogue and the seminars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.formats import date_format

from centar.events.models import Event, EventQuerySet
from centar.script import folding, search, sorting
from centar.script.expressions import Fold
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, SeminarEvent, Trainer
from trainings.seminars import KIND

ANNOUNCED = (Event.State.OPEN, Event.State.CLOSED)
# What the search and the sorting need in the database, and long texts of the detail page.
NOT_IN_LISTS = ("search", "folded", "sort_azbuka", "sort_abeceda", "aims", "topics", "source")


def seminars() -> EventQuerySet:
    """Published seminars with all that a list shows, in a constant number of queries."""
    return _for_lists(SeminarEvent.objects.get_queryset().published())


def seminars_visible_to(user: object) -> EventQuerySet:
    """As `seminars`, with drafts for those who may see them in the back office."""
    return _for_lists(SeminarEvent.objects.get_queryset().visible_to(user))


def _for_lists(rows: EventQuerySet) -> EventQuerySet:
    return (
        rows.with_seats()
        .select_related("seminar__programme")
        .prefetch_related("meetings", "seminar__programme__competences")
        .order_by("starts_at", "pk")
    )


def open_seminars(now: datetime) -> EventQuerySet:
    """Seminars one can register for at this moment, the ones that close first in front."""
    opened = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
    not_closed = Q(registration_closes_at=None) | Q(registration_closes_at__gt=now)
    found = seminars().filter(opened, not_closed, state=Event.State.OPEN, starts_at__gt=now)
    return found.order_by("registration_closes_at", "starts_at", "pk")


def seminars_ahead(now: datetime) -> int:
    """How many announced seminars have not ended."""
    return SeminarEvent.objects.filter(state__in=ANNOUNCED, ends_at__gt=now).count()


def coming_seminars_of(programme: Programme, now: datetime) -> EventQuerySet:
    """The seminars of one programme that have not ended."""
    return seminars().filter(seminar__programme=programme, ends_at__gt=now)


def find_seminars(filters: dict[str, Any], now: datetime) -> Found:
    """Published seminars that match every filter given: coming ones, or past ones on request."""
    if filters.get("past"):
        rows = seminars().filter(ends_at__lte=now).order_by("-starts_at", "pk")
    elif filters.get("open"):
        rows = open_seminars(now)
    else:
        rows = seminars().filter(ends_at__gt=now)
    if filters.get("month"):
        year, month = map(int, filters["month"].split("-"))
        here = timezone.get_current_timezone()
        first = datetime(year, month, 1, tzinfo=here)
        following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=here)
        rows = rows.filter(starts_at__gte=first, starts_at__lt=following)
    if filters.get("form"):
        rows = rows.filter(seminar__programme__form=filters["form"])
    if filters.get("place"):
        rows = rows.filter(place=filters["place"])
    if filters.get("seats"):
        without_limit = Q(capacity=None)
        rows = rows.filter(without_limit | Q(waiting_count=0, held_count__lt=F("capacity")))
    if not filters.get("q"):
        return Found(rows)
    found = search.matching(_with_words(rows), filters["q"], "words", "folded_words")
    return Found(found.queryset, found.approximate)


def _with_words(rows: EventQuerySet) -> EventQuerySet:
    """A seminar is found by its own title and town, and by all that its programme says."""
    title_and_town = Concat("title", Value(" "), "place", output_field=TextField())
    return rows.alias(
        words=Func(
            search.Vector(title_and_town, weight="A"),
            F("seminar__programme__search"),
            template="(%(expressions)s)",
            arg_joiner=" || ",
            output_field=SearchVectorField(),
        ),
        folded_words=Concat(
            "folded",
            Value(" "),
            Fold("place"),
            Value(" "),
            "seminar__programme__folded",
            output_field=TextField(),
        ),
    )


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


def find_programmes(filters: dict[str, Any], order: sorting.Order, now: datetime) -> Found:
    """Published programmes that match every filter given, the best match first when searched.

    Each says in `coming` how many seminars are ahead. `filters` are the cleaned values of the
    catalogue's form; without a search the order is the Serbian one of the reader's script.
    """
    rows = _narrowed(Programme.objects.published(), filters)
    rows = rows.select_related("area").prefetch_related("competences")
    ahead = Q(seminars__event__ends_at__gt=now, seminars__event__state__in=ANNOUNCED)
    rows = rows.defer(*NOT_IN_LISTS).annotate(coming=Count("seminars", filter=ahead))
    if not filters.get("q"):
        return Found(rows.order_by(f"sort_{order}", "pk"))
    found = search.matching(rows, filters["q"])
    return Found(found.queryset, found.approximate)


def _narrowed(rows: QuerySet[Programme], filters: dict[str, Any]) -> QuerySet[Programme]:
    same = {name: filters[name] for name in ("cycle", "form", "area") if filters.get(name)}
    rows = rows.filter(**same)
    for name in ("hours", "points"):
        if filters.get(name):
            above, most = filters[name]
            rows = rows.filter(**{f"{name}__gt": above, f"{name}__lte": most})
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
        areas = PriorityArea.objects.filter(code=filters["priority"])
        rows = rows.filter(pk__in=areas.values("programmes"))
    return rows


def catalogue_choices() -> dict[str, list[tuple[str, str]]]:
    """What the catalogue's filters offer: only what some published programme has.

    Cycles repeat the codes of competences and priority areas; a code is offered once, named as
    in the newest cycle.
    """
    published = Programme.objects.published()
    cycles = Cycle.objects.filter(programmes__in=published).distinct()
    areas = Area.objects.filter(programmes__in=published).distinct()
    newest_first = ("code", "-cycle__starts_on")
    competences = Competence.objects.filter(programmes__in=published).order_by(*newest_first)
    priorities = PriorityArea.objects.filter(programmes__in=published).order_by(*newest_first)
    return {
        "cycle": [(str(row.pk), row.name) for row in cycles],
        "area": [(str(row.pk), row.name) for row in areas],
        "competence": [(row.code, str(row)) for row in competences.distinct("code")],
        "priority": [(row.code, str(row)) for row in priorities.distinct("code")],
    }
