"""Search in both scripts, with and without diacritics, forgiving a typing error.

A model that is searched declares two stored columns and their indexes:

    folded = models.GeneratedField(
        expression=Fold("title"), output_field=models.TextField(), db_persist=True
    )
    search = models.GeneratedField(
        expression=Vector("title", weight="A") + Vector("summary", weight="B"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="…_search"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="…_folded"),
        ]

Its migration depends on ("script", "0001_functions").
"""

from __future__ import annotations

import operator
import re
import unicodedata
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, Literal, TypeVar

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchQuery,
    SearchRank,
    SearchVectorCombinable,
    SearchVectorField,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from centar.script import folding, homoglyphs

LONGEST_QUERY = 200
"""Characters of a query that are read; the rest is cut off."""
WORD_SIMILARITY = 0.4
"""How near a word must come, from 0 to 1: „bibiloteka“ is 0.47 near to „biblioteka“."""
MOST_SIMILAR_WORDS = 8
"""Words of a query that are compared by similarity; each costs a look into the index."""

_CONFIG = "serbian"
# The database's function script_vector takes out the same signs; here a minus before a word stays.
_JOINING_SIGNS = re.compile(r"[+/\\_.:@&=?%#~<>–—‐−]|(?<!\s)(?<!^)-|-+(?!\w)")
_WORD = re.compile(r"[^\W_]+")
# Shorter words are similar to everything or to nothing.
_LONGER_WORD = re.compile(r"[^\W_]{3,}")
_LAST_WORD = re.compile(r"(?:^|\s)([^\W_]{2,})$")
_EXCLUDED = re.compile(r"(?<!\S)-\S+")

_Model = TypeVar("_Model", bound=models.Model)
_Query = SearchQuery | CombinedSearchQuery


class Vector(SearchVectorCombinable, Func):
    """What is found of a column: its Serbian stems as written and folded, with a weight.

    Several are joined by `+`. Weights are A (counts most) to D.
    """

    function = "script_vector"
    template = "%(function)s(%(expressions)s, '%(weight)s')"
    arity = 1
    output_field = SearchVectorField()
    config = None

    def __init__(
        self, expression: str | Combinable, *, weight: Literal["A", "B", "C", "D"] = "A"
    ) -> None:
        super().__init__(expression, weight=weight)


@dataclass(frozen=True)
class Matches(Generic[_Model]):
    """What was found, best first, with its `rank`."""

    queryset: QuerySet[_Model]
    approximate: bool
    """Nothing matched the words as typed; these are similar ones."""


def matching(
    queryset: QuerySet[_Model],
    query: str,
    vector_field: str = "search",
    folded_field: str = "folded",
) -> Matches[_Model]:
    """The rows that match what a person typed, annotated with `rank` and ordered by it.

    All words must be found, in either script, in any case ending, with or without diacritics; the
    last one may be unfinished. "Quotes", OR and -minus work as in web search. When nothing is
    found, rows are taken in which every word has a similar one. An empty query gives all rows in
    their own order; a query without a letter or digit gives none.
    """
    query = query.replace("\0", " ")[:LONGEST_QUERY].strip()
    if not query:
        everything: QuerySet[Any] = queryset.annotate(rank=Value(0.0))
        return Matches(everything, approximate=False)
    text = _clean(query)
    if not _WORD.search(text):
        return Matches(queryset.none(), approximate=False)
    folded = folding.fold(text)
    whole = _web(text) | _web(folded)
    unfinished = [wanted for each in (text, folded) if (wanted := _unfinished(each))]
    wanted = reduce(operator.or_, unfinished, whole)
    found: QuerySet[Any] = queryset.filter(**{vector_field: wanted}).annotate(
        # Whole words count twice, so that they come before the beginnings of longer ones.
        rank=SearchRank(F(vector_field), whole) + SearchRank(F(vector_field), wanted)
    )
    words = _LONGER_WORD.findall(folded)
    if not words or _EXCLUDED.search(folded) or found.exists():
        return Matches(found.order_by("-rank", "pk"), approximate=False)
    return Matches(_similar(queryset, words, folded_field), approximate=True)


def set_word_similarity(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new connection the threshold: only the operator with it uses the trigram index."""
    with connection.cursor() as cursor:
        cursor.execute("SET pg_trgm.word_similarity_threshold = %s", [WORD_SIMILARITY])


def _clean(query: str) -> str:
    text = homoglyphs.mend(unicodedata.normalize("NFC", query))
    return _JOINING_SIGNS.sub(" ", text)


def _web(text: str) -> _Query:
    return SearchQuery(text, config=_CONFIG, search_type="websearch")


def _unfinished(text: str) -> _Query | None:
    """Match the last word as the beginning of one; None where it is quoted or excluded."""
    last = _LAST_WORD.search(text)
    if last is None or '"' in text:
        return None
    # The word holds letters and digits only, so it is safe in a raw query.
    beginning: _Query = SearchQuery(f"{last[1]}:*", config=_CONFIG, search_type="raw")
    before = text[: last.start()]
    return _web(before) & beginning if _WORD.search(before) else beginning


def _similar(queryset: QuerySet[_Model], words: list[str], folded_field: str) -> QuerySet[_Model]:
    words = words[:MOST_SIMILAR_WORDS]
    near = [Q(**{f"{folded_field}__trigram_word_similar": word}) for word in words]
    similarities = [TrigramWordSimilarity(word, F(folded_field)) for word in words]
    rank = reduce(operator.add, similarities) / Value(float(len(words)))
    found: QuerySet[Any] = queryset.filter(*near).annotate(rank=rank)
    return found.order_by("-rank", "pk")
