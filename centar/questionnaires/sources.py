"""The lists that things are chosen from, such as programmes. Each app registers its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from centar.script import folding
from centar.script.expressions import Fold

Row = TypeVar("Row", bound=Model)

MOST_FOUND = 12
"""Things that a search gives at most."""


class Thing(NamedTuple):
    """Something that can be chosen: its key in its own table, and its name."""

    key: int
    name: str


@dataclass(frozen=True)
class Source:
    """A list that a question offers.

    `search` gives the first things for what was typed, the first of all for nothing typed;
    `names` the names of those of the given keys that are still offered; `former` the names of
    those that were offered to everybody once.
    """

    code: str
    label: str | Promise
    search: Callable[[str], Sequence[Thing]]
    names: Callable[[Collection[int]], Mapping[int, str]]
    former: Callable[[Collection[int]], Mapping[int, str]] = lambda keys: {}


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a list known; each code once."""
    if source.code in _sources:
        raise ValueError(f"The list {source.code} is registered already.")
    _sources[source.code] = source


def get(code: str) -> Source:
    """The list with this code; an unknown code raises KeyError."""
    return _sources[code]


def holding(rows: QuerySet[Row], typed: str, text: str | Combinable) -> QuerySet[Row]:
    """The rows whose text, a field or an expression, holds every typed word in either script."""
    found: QuerySet[Any] = rows.annotate(folded_text=Fold(text))
    for word in folding.fold(typed).split():
        found = found.filter(folded_text__contains=word)
    return found


def choices() -> list[tuple[str, str | Promise]]:
    """The codes and names of all lists, for a form."""
    return [(source.code, source.label) for source in _sources.values()]
