"""Finding records among a million: what is counted, ranked and narrowed, in a few milliseconds.

The house's search (`script.search.find`) reads all keys of a list, which is too much here: a
common word stands in fifty thousand titles. So exact titles come first, by an index of their own,
and of everything else the first `MOST` hits are ranked and counted. When there are more, all
numbers say so: they are then the least there can be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, overload

from stdnum import isbn, issn

from centar import sql
from centar.script import search, sorting
from library.queries import words

MOST = 1000
"""Hits that are ranked and counted; pages of a list go no further."""
MOST_EXACT = 100
"""Records with exactly the title that was typed."""
PATIENCE = 3_000
"""Milliseconds that a query of a search may take; anybody may ask."""
TOO_FEW = 3
"""So few hits may come of a typing error: similar words are offered beside them."""

Order = Literal["relevance", "title", "year", "newest"]
FACETS = ("kind", "udc", "language", "decade", "year")

_NUMBER = re.compile(r"(?i)^\s*(?:isbn|issn)?[:\s]*([\d\s‐‑–-]+x?)\s*$")
_NOT_DIGITS = re.compile(r"[^\dX]")

HITS = """
      WITH exact AS MATERIALIZED (
           SELECT id, facets, free_copies > 0 AS free, 100::real AS rank
             FROM library_record WHERE {exact} AND {narrowed} LIMIT {most_exact}),
           hits AS MATERIALIZED (
           SELECT id, facets, free_copies > 0 AS free, {rank} AS rank
             FROM library_record WHERE {matching} AND {narrowed} LIMIT {most}),
           found AS (
           SELECT * FROM exact UNION ALL
           SELECT * FROM hits WHERE id NOT IN (SELECT id FROM exact))
    SELECT '' AS facet, count(*), array_agg(id ORDER BY rank DESC, id) FROM found
     UNION ALL
    SELECT facet, count(*), NULL FROM found, unnest(facets) AS facet GROUP BY facet
     UNION ALL
    SELECT 'free:on', count(*), NULL FROM found WHERE free
"""
ORDERED = """
    SELECT id FROM library_record WHERE {matching} AND {narrowed}
     ORDER BY {order} LIMIT %s OFFSET %s
"""
OF_KEYS = "SELECT id FROM library_record WHERE id = ANY(%s) ORDER BY {order}"
BY_NUMBER = "id IN (SELECT record_id FROM library_identifier WHERE number = ANY(%s))"

Part = tuple[str, list[Any]]
"""A piece of a statement with the values that stand in it."""
EVERYTHING: Part = ("true", [])
NOTHING: Part = ("false", [])


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for: words, and what the records are narrowed by."""

    query: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    """Values by the names in `FACETS`."""
    free: bool = False
    order: Order = "relevance"


@dataclass(frozen=True)
class Found:
    """What was found: the keys in their order, how many, and of which facets.

    `is_more` when there are more than were counted: every number is then the least there can be.
    `is_slow` when the database gave the search up. `corrected` are the words that were searched
    for, when nothing held those that were typed; `similar` are words that may have been meant, when
    little was found.
    """

    keys: Sequence[int]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    is_more: bool = False
    is_slow: bool = False
    corrected: str = ""
    similar: str = ""

    @property
    def total(self) -> int:
        """How many there are; when there are more, how many were counted."""
        return len(self.keys)


def find(wanted: Wanted, alphabet: sorting.Order) -> Found:
    """The records that match, the best match first, or in the order that was asked for.

    Words are looked for in either script, with other endings, without diacritics, the last one
    unfinished; an ISBN or ISSN with or without its hyphens. Where nothing is found, mistyped
    words are replaced by similar ones of the catalogue.

    Raises `sql.TooSlow` for what would keep the database busy.
    """
    with sql.at_most(PATIENCE):
        return _find(wanted, alphabet)


def _find(wanted: Wanted, alphabet: sorting.Order) -> Found:
    numbers = _numbers(wanted.query)
    if numbers:
        found = _found(wanted, alphabet, NOTHING, (BY_NUMBER, [numbers]))
        if found.total:
            return found
    if not wanted.query.strip():
        return _found(wanted, alphabet, NOTHING, EVERYTHING)
    typed = search.read(wanted.query)
    if typed is None:
        return Found([])
    found = _of_words(wanted, alphabet, typed)
    if found.total >= TOO_FEW or typed.excludes:
        return found
    similar = words.corrected(typed.words)
    if not similar:
        return found
    if found.total:
        return replace(found, similar=similar)
    corrected = search.read(similar)
    if corrected is None:
        return found
    return replace(_of_words(wanted, alphabet, corrected), corrected=similar)


def _of_words(wanted: Wanted, alphabet: sorting.Order, typed: search.Typed) -> Found:
    exact = ("folded = %s", [typed.folded])
    (whole, whole_values), (any_word, values) = typed.whole, typed.matching
    # Whole words come before the beginnings of longer ones, so when there are enough of them the
    # others, which take several times as long to find, need not be looked for; and so with the
    # most frequent words that begin so before all of them.
    rank = (f"ts_rank(search, {whole})", whole_values)
    found = _found(wanted, alphabet, exact, (f"search @@ ({whole})", whole_values), rank)
    if found.is_more or whole == any_word:
        return found
    ended = _ended(typed)
    if ended is not None:
        text, ended_values = f"({whole}) || {ended[0]}", [*whole_values, *ended[1]]
        matching = (f"search @@ ({text})", ended_values)
        more = _found(wanted, alphabet, exact, matching, (f"ts_rank(search, {text})", ended_values))
        if more.is_more and not _is_by_relevance(wanted):
            return more
        if more.is_more:
            # Those with the whole word must not be cut off by the number of the others.
            keys = list(dict.fromkeys([*found.keys, *more.keys]))
            return replace(more, keys=keys[:MOST])
    rank = (f"{rank[0]} + ts_rank(search, {any_word})", [*whole_values, *values])
    return _found(wanted, alphabet, exact, (f"search @@ ({any_word})", values), rank)


def _ended(typed: search.Typed) -> Part | None:
    """The query with its unfinished last word ended as the catalogue's most frequent words are."""
    if typed.unfinished is None:
        return None
    before, last = typed.unfinished
    endings = words.beginning_with(last)
    if not endings:
        return None
    text = " || ".join("plainto_tsquery('serbian', %s)" for _ in endings)
    if not before.strip():
        return f"({text})", list(endings)
    return f"(websearch_to_tsquery('serbian', %s) && ({text}))", [before, *endings]


def _found(
    wanted: Wanted,
    alphabet: sorting.Order,
    exact: Part,
    matching: Part,
    rank: Part = ("0::real", []),
) -> Found:
    narrowed, narrow_values = _narrowed(wanted)
    statement = HITS.format(
        exact=exact[0],
        matching=matching[0],
        narrowed=narrowed,
        rank=rank[0],
        most_exact=MOST_EXACT,
        # From words the number is hidden: the planner would read the table from its beginning,
        # hoping to meet so many soon, where the index knows them. Of facets they are met soon.
        most=MOST + 1 if matching is EVERYTHING else f"(SELECT {MOST + 1})",
    )
    values = [*exact[1], *narrow_values, *rank[1], *matching[1], *narrow_values]
    (_, number, keys), *facets = sql.listed(statement, values)
    counts: dict[str, dict[str, int]] = {name: {} for name in (*FACETS, "free")}
    for facet, count, _ in facets:
        name, _, value = facet.partition(":")
        counts[name][value] = count
    is_more = number > MOST
    keys = (keys or [])[:MOST]
    if _is_by_relevance(wanted):
        return Found(keys, counts, is_more)
    order = _order(wanted.order, alphabet)
    if not is_more:
        rows = sql.listed(OF_KEYS.format(order=order), [keys])
        return Found([key for (key,) in rows], counts)
    text = ORDERED.format(matching=matching[0], narrowed=narrowed, order=order)
    return Found(_Pages(text, (*matching[1], *narrow_values)), counts, is_more)


def _is_by_relevance(wanted: Wanted) -> bool:
    # Without words nothing is more relevant than anything else.
    return wanted.order == "relevance" and bool(wanted.query.strip())


def _narrowed(wanted: Wanted) -> Part:
    conditions, values = ["withdrawn_at IS NULL"], []
    if wanted.facets:
        # An empty list would read the whole index.
        conditions.append("facets @> %s::text[]")
        values.append([f"{name}:{value}" for name, value in wanted.facets.items()])
    if wanted.free:
        conditions.append("free_copies > 0")
    return " AND ".join(conditions), values


def _order(order: Order, alphabet: sorting.Order) -> str:
    return {
        "year": "year DESC NULLS LAST, id",
        "newest": "created_at DESC, id DESC",
    }.get(order, f"sort_{alphabet}, id")


@dataclass(frozen=True)
class _Pages(Sequence[int]):
    """Keys of which only a page is ever read, in an order that an index has."""

    statement: str
    values: tuple[Any, ...]

    def __len__(self) -> int:
        return MOST

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        first, last, _ = place.indices(MOST)
        with sql.at_most(PATIENCE):
            rows = sql.listed(self.statement, [*self.values, max(last - first, 0), first])
        return [key for (key,) in rows]


def _numbers(query: str) -> list[str]:
    """The ISBN or ISSN that was typed, as identifiers keep it; none when it is something else."""
    match = _NUMBER.match(query)
    if match is None:
        return []
    digits = _NOT_DIGITS.sub("", match[1].upper())
    if isbn.is_valid(digits):
        return [isbn.to_isbn13(digits)]
    if issn.is_valid(digits):
        return [digits]
    return []
