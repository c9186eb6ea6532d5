"""Reads for the catalogue and the seminars."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from centar.events.models import Event, EventQuerySet
from centar.script import folding, search, sorting
from centar.script.expressions import Fold
from trainings.models import Competence, PriorityArea, Programme, SeminarEvent, Trainer

# Words of a filter that are looked for; each costs a look through a table.
MOST_WORDS = 8


def seminars() -> EventQuerySet:
    """Published seminars in the order of their days."""
    return SeminarEvent.objects.get_queryset().published().order_by("starts_at", "pk")


def seminars_visible_to(user: object) -> EventQuerySet:
    """Seminars with their seats; drafts for those of the back office."""
    rows = SeminarEvent.objects.get_queryset().visible_to(user).with_seats()
    return rows.select_related("seminar")


def open_seminars(now: datetime) -> EventQuerySet:
    """Seminars one can register for at this moment, the ones that close first in front."""
    opened = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
    not_closed = Q(registration_closes_at=None) | Q(registration_closes_at__gt=now)
    found = seminars().filter(opened, not_closed, state=Event.State.OPEN, starts_at__gt=now)
    return found.order_by("registration_closes_at", "starts_at", "pk")


def coming_seminars_of(programme: Programme, now: datetime) -> EventQuerySet:
    """The seminars of one programme that have not ended."""
    return seminars().filter(seminar__programme=programme, ends_at__gt=now)


def find_seminars(filters: dict[str, Any], now: datetime) -> search.Found:
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
        with_places = Q(waiting_count=0, held_count__lt=F("capacity"))
        rows = rows.with_seats().filter(without_limit | with_places)
    if not filters.get("q"):
        return search.Found(search.keys_of(rows))
    return search.find(_with_words(rows), filters["q"], "words", "folded_words")


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


def find_programmes(filters: dict[str, Any], order: sorting.Order) -> search.Found:
    """Published programmes that match every filter given, the best match first when searched.

    `filters` are the cleaned values of the catalogue's form; without a search the order is the
    Serbian one of the reader's script.
    """
    rows = _narrowed(Programme.objects.published(), filters)
    if not filters.get("q"):
        return search.Found(search.keys_of(rows.order_by(f"sort_{order}", "pk")))
    return search.find(rows, filters["q"])


def _words(typed: str) -> list[str]:
    """The words of a filter as they are searched for; folding can make many of one sign (ﷺ)."""
    return folding.fold(typed).split()[:MOST_WORDS]


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
    for word in _words(filters.get("audience", "")):
        rows = rows.annotate(folded_audience=Fold("audience"))
        rows = rows.filter(folded_audience__contains=word)
    for word in _words(filters.get("trainer", "")):
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
