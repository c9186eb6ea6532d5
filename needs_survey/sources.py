"""The list that questions of a survey offer: programmes of the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from centar.questionnaires.sources import MOST_FOUND, Source, Thing, register
from trainings.models import Programme
from trainings.queries import catalogue

PROGRAMMES = "programmes"


def register_all() -> None:
    """Make the list known; called once, when the app is ready."""
    register(
        Source(
            PROGRAMMES,
            _("programmes of the catalogue"),
            search=_search_programmes,
            names=_programmes,
            former=_withdrawn_programmes,
        )
    )


def _search_programmes(typed: str) -> Sequence[Thing]:
    keys = catalogue.find_programmes({"q": typed}, "azbuka").keys[:MOST_FOUND]
    names = _programmes(keys)
    return [Thing(key, names[key]) for key in keys]


def _programmes(keys: Collection[int]) -> dict[int, str]:
    return _named(Programme.objects.published().filter(pk__in=keys))


def _withdrawn_programmes(keys: Collection[int]) -> dict[int, str]:
    return _named(Programme.objects.filter(pk__in=keys).exclude(withdrawn_on=None))


def _named(programmes: QuerySet[Programme]) -> dict[int, str]:
    """Titles with the numbers of the catalogue, by which schools know them."""
    rows = programmes.values_list("pk", "title", "number")
    return {key: f"{title} ({number})" if number else title for key, title, number in rows}
