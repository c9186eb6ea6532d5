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
from typing import Any, Literal

from django.contrib.postgres.search import (
    SearchQuery,
    SearchVectorCombinable,
    SearchVectorField,
    TrigramWordSimilarity,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, FloatField, Func, Q, QuerySet
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

_Part = tuple[str, str]
"""A function of PostgreSQL that reads words into a query, and the words."""
_Parts = tuple[_Part, ...]


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
class Found:
    """The keys of a list in its order, all of them: they take less time than counting.

    `approximate` when nothing matched the words as typed and these are similar ones.
    """

    keys: list[int]
    approximate: bool = False


class _Wanted(SearchQuery):
    """Matches any of the alternatives; all parts of an alternative must match.

    One expression whatever is asked for: Django's own for each part takes longer than the search.
    """

    def __init__(self, *alternatives: _Parts) -> None:
        super().__init__("", config=_CONFIG)
        self.set_source_expressions([])
        self.alternatives = alternatives

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The functions that read each part, joined by PostgreSQL's own operators."""
        text = " || ".join(
            f"({' && '.join(f'{reads}(%s, %s)' for reads, _ in parts)})"
            for parts in self.alternatives
        )
        typed = (words for parts in self.alternatives for _, words in parts)
        return f"({text})", [value for words in typed for value in (_CONFIG, words)]


class _Rank(Func):
    """The sum of a vector's ranks for two queries."""

    output_field = FloatField()

    def __init__(self, vector_field: str, first: _Wanted, second: _Wanted) -> None:
        super().__init__(F(vector_field))
        self.queries = (first, second)

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_: Any
    ) -> tuple[str, list[Any]]:
        """PostgreSQL's ts_rank, twice."""
        vector, values = compiler.compile(self.get_source_expressions()[0])
        (first, typed), (second, more) = (query.as_sql(compiler) for query in self.queries)
        ranks = f"(ts_rank({vector}, {first}) + ts_rank({vector}, {second}))"
        return ranks, [*values, *typed, *values, *more]


@dataclass(frozen=True)
class Typed:
    """What a person typed, as the database reads it, for statements written by hand.

    `matching` is what must match; `whole` is the same with a finished last word, by which whole
    words are ranked before the beginnings of longer ones. Both are expressions with their values.
    """

    text: str
    folded: str
    matching: tuple[str, list[Any]]
    whole: tuple[str, list[Any]]

    @property
    def words(self) -> list[str]:
        """The folded words that are long enough to be compared with similar ones."""
        return _LONGER_WORD.findall(self.folded)[:MOST_SIMILAR_WORDS]

    @property
    def unfinished(self) -> tuple[str, str] | None:
        """The folded text before the last word, and that word, where it may be unfinished."""
        last = _LAST_WORD.search(self.folded)
        if last is None or '"' in self.folded:
            return None
        return self.folded[: last.start()], last[1]

    @property
    def excludes(self) -> bool:
        """Whether some word must not be found; then similar words are not what is wanted."""
        return bool(_EXCLUDED.search(self.folded))


def read(query: str) -> Typed | None:
    """What a person typed; None where it holds no letter and no digit."""
    text = _clean(query.replace("\0", " ")[:LONGEST_QUERY].strip())
    if not _WORD.search(text):
        return None
    folded = folding.fold(text)
    matching, whole = _wanted(text, folded)
    return Typed(text, folded, matching.as_sql(), whole.as_sql())


def find(
    rows: QuerySet[Any], query: str, vector_field: str = "search", folded_field: str = "folded"
) -> Found:
    """The rows that match what a person typed, the best match first.

    All words must be found, in either script, in any case ending, with or without diacritics; the
    last one may be unfinished. "Quotes", OR and -minus work as in web search. When nothing is
    found, rows are taken in which every word has a similar one. An empty query gives all rows in
    their own order; a query without a letter or digit gives none.
    """
    query = query.replace("\0", " ")[:LONGEST_QUERY].strip()
    if not query:
        return Found(keys_of(rows))
    text = _clean(query)
    if not _WORD.search(text):
        return Found([])
    folded = folding.fold(text)
    keys = keys_of(_matching(rows, text, folded, vector_field))
    words = _LONGER_WORD.findall(folded)
    if keys or not words or _EXCLUDED.search(folded):
        return Found(keys)
    return Found(keys_of(_similar(rows, words, folded_field)), approximate=True)


def keys_of(rows: QuerySet[Any]) -> list[int]:
    """The keys of these rows in their order."""
    return list(rows.values_list("pk", flat=True))


def set_word_similarity(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a new connection the threshold: only the operator with it uses the trigram index."""
    with connection.cursor() as cursor:
        cursor.execute("SET pg_trgm.word_similarity_threshold = %s", [WORD_SIMILARITY])


def _clean(query: str) -> str:
    text = homoglyphs.mend(unicodedata.normalize("NFC", query))
    return _JOINING_SIGNS.sub(" ", text)


def _matching(rows: QuerySet[Any], text: str, folded: str, vector_field: str) -> QuerySet[Any]:
    wanted, whole = _wanted(text, folded)
    # Whole words count twice, so that they come before the beginnings of longer ones.
    rank = _Rank(vector_field, whole, wanted)
    return rows.filter(**{vector_field: wanted}).order_by(rank.desc(), "pk")


def _wanted(text: str, folded: str) -> tuple[_Wanted, _Wanted]:
    """What must match, and the same with a finished last word."""
    spellings = dict.fromkeys((text, folded))
    whole = [(_web(each),) for each in spellings]
    unfinished = [parts for each in spellings if (parts := _unfinished(each))]
    return _Wanted(*whole, *unfinished), _Wanted(*whole)


def _web(text: str) -> _Part:
    return "websearch_to_tsquery", text


def _unfinished(text: str) -> _Parts:
    """Match the last word as the beginning of one; nothing where it is quoted or excluded."""
    last = _LAST_WORD.search(text)
    if last is None or '"' in text:
        return ()
    # The word holds letters and digits only, so it is safe in a raw query.
    beginning = ("to_tsquery", f"{last[1]}:*")
    before = text[: last.start()]
    return (_web(before), beginning) if _WORD.search(before) else (beginning,)


def _similar(rows: QuerySet[Any], words: list[str], folded_field: str) -> QuerySet[Any]:
    words = words[:MOST_SIMILAR_WORDS]
    near = [Q(**{f"{folded_field}__trigram_word_similar": word}) for word in words]
    similarities = [TrigramWordSimilarity(word, F(folded_field)) for word in words]
    return rows.filter(*near).order_by(reduce(operator.add, similarities).desc(), "pk")
