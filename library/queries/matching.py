"""Which record of the catalogue a description speaks of.

By any of its right ISBN, and a journal by its ISSN, which books of a series bear too; without one,
by title, first contributor and year, folded, so that either script and any diacritics find the
same. So is one whose number nobody bears, among those that were catalogued without a number: the
books of a school's old register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from centar.script.folding import fold
from library import described as descriptions
from library import isbn
from library.described import Described
from library.models import Identifier, Record

Key = tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A held record, whether it says the same, and what it would say: what the description is
    silent about stays.
    """

    record_id: int
    is_same: bool
    described: Described


def keys(described: Described) -> list[Key]:
    """What a description is recognised by: two with a key in common are one edition."""
    is_journal = described.kind == Record.Kind.JOURNAL or "kind" in described.silent
    numbers = [
        isbn.canonical(one.kind, one.printed)
        for one in described.numbers
        if one.kind == Identifier.Kind.ISBN or is_journal
    ]
    right: list[Key] = [("number", number) for number in numbers if number]
    return right or [_words(described)]


def _words(described: Described) -> Key:
    first = described.contributors[0].name if described.contributors else ""
    return ("words", fold(described.title), fold(first), str(described.year or ""))


def _sought(described: Described) -> list[Key]:
    """What a description is looked for by, the surest first."""
    own = keys(described)
    if own[0][0] == "number" and described.year:
        own.append(("numberless", *_words(described)[1:]))
    return own


def find(wanted: Sequence[Described]) -> list[Match | None]:
    """The held record of each description, in the order given; in seven queries for all of them."""
    sought = [_sought(one) for one in wanted]
    found = _held(sought)
    held = {
        record.pk: descriptions.of(record)
        for record in Record.objects.filter(pk__in=set(found.values()))
        .defer("search", "folded", "sort_azbuka", "sort_abeceda")
        .prefetch_related(*descriptions.RELATED)
    }
    matches: list[Match | None] = []
    claimed: set[int] = set()
    for one, own in zip(wanted, sought, strict=True):
        # Of two editions of a year only one can be the one that has no number.
        held_by = (found[key] for key in own if key in found and _is_left(key, found, claimed))
        pk = next(held_by, None)
        if pk is None:
            matches.append(None)
            continue
        claimed.add(pk)
        whole = one.completed(held[pk])
        matches.append(Match(pk, _same(held[pk], whole), whole))
    return matches


def _is_left(key: Key, found: dict[Key, int], claimed: set[int]) -> bool:
    return key[0] != "numberless" or found[key] not in claimed


def _held(sought: Sequence[Sequence[Key]]) -> dict[Key, int]:
    """For every key that is held, the oldest record with it that is not withdrawn."""
    numbers = {key[1] for own in sought for key in own if key[0] == "number"}
    titles = {key[1] for own in sought for key in own if key[0] != "number"}
    found: dict[Key, int] = {}
    of_journal = Q(kind=Identifier.Kind.ISBN) | Q(record__kind=Record.Kind.JOURNAL)
    rows = Identifier.objects.filter(of_journal, number__in=numbers, record__withdrawn_at=None)
    for number, record_id in rows.order_by("record_id").values_list("number", "record_id"):
        found.setdefault(("number", number), record_id)
    alike = Record.objects.published().filter(folded__in=titles).order_by("pk")
    with_numbers = alike.only("title", "year", "printed_year").prefetch_related(
        "contributions", "identifiers"
    )
    for record in with_numbers:
        first = next(iter(record.contributions.all()), None)
        key = (fold(record.title), fold(first.name) if first else "", str(record.year or ""))
        found.setdefault(("words", *key), record.pk)
        if not any(one.number for one in record.identifiers.all()):
            found.setdefault(("numberless", *key), record.pk)
    return found


def _same(held: Described, other: Described) -> bool:
    """Whether writing it would change nothing; issues are only added, and origins do not count."""
    return set(other.issues) <= set(held.issues) and _plain(held) == _plain(other)


def _plain(one: Described) -> Described:
    numbers = tuple(sorted(one.numbers, key=lambda number: (number.kind, number.printed)))
    return replace(one, issues=(), control_number="", source="", copies=(), numbers=numbers)
