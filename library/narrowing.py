"""What a list of records can be narrowed by, as a page offers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library import languages, udc
from library.models import Record
from library.queries.finding import Found, Wanted

MOST_OFFERED = 12
NAMES = {
    "kind": gettext_lazy("Kind"),
    "udc": gettext_lazy("Field"),
    "language": gettext_lazy("Language"),
    "decade": gettext_lazy("Years"),
    "year": gettext_lazy("Year"),
    "free": gettext_lazy("In the library"),
}


@dataclass(frozen=True)
class Choice:
    """One value with the address that narrows by it; `number` as the page says it."""

    label: str
    address: str
    number: str = ""


@dataclass(frozen=True)
class Group:
    """The values of one kind."""

    name: str
    title: str
    choices: list[Choice]


def offered(found: Found, wanted: Wanted, asked: QueryDict) -> list[Group]:
    """What the list can be narrowed by further, the most frequent in front, years in order.

    What every record has, or none, is left out: it would narrow nothing, or to nothing.
    """
    groups = []
    for name, title in NAMES.items():
        is_chosen = name in wanted.facets or (name == "free" and wanted.free)
        # Years are offered within a decade: a hundred of them help nobody.
        if is_chosen or (name == "year" and "decade" not in wanted.facets):
            continue
        choices = [
            Choice(said(name, value), _address(asked, name, value), _number(count, found.is_more))
            for value, count in _in_order(name, found.counts.get(name, {}))
            if value and _is_known(name, value) and (found.is_more or 0 < count < found.total)
        ]
        if choices:
            groups.append(Group(name, str(title), choices[:MOST_OFFERED]))
    return groups


def chosen(wanted: Wanted, asked: QueryDict) -> list[Choice]:
    """What the list is narrowed by, each with the address without it."""
    facets = [*wanted.facets.items(), *([("free", "on")] if wanted.free else [])]
    return [
        Choice(f"{NAMES[name]}: {said(name, value)}", _address(asked, name, None))
        for name, value in facets
    ]


def said(name: str, value: str) -> str:
    """A value in the reader's words."""
    say: dict[str, Callable[[str], str | Promise]] = {
        "kind": lambda kind: Record.Kind(kind).label,
        "udc": lambda digit: udc.CLASSES[digit],
        "language": languages.named,
        "decade": lambda decade: f"{decade}0–{decade}9",
        "year": str,
        "free": lambda _value: _("free now"),
    }
    return str(say[name](value))


def _is_known(name: str, value: str) -> bool:
    return name != "udc" or value in udc.CLASSES


def _number(count: int, is_more: bool) -> str:
    return f"{count}+" if is_more else str(count)


def _in_order(name: str, counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    if name in ("decade", "year"):
        yield from sorted(counts.items(), key=lambda item: -int(item[0]))
    elif name == "udc":
        yield from sorted(counts.items())
    else:
        yield from sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _address(asked: QueryDict, name: str, value: str | None) -> str:
    query = asked.copy()
    query.pop("page", None)
    query.pop(name, None)
    if name == "decade":
        query.pop("year", None)
    if value is not None:
        query[name] = value
    return f"?{query.urlencode()}"
