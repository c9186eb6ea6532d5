"""Words of the catalogue: what was meant by a mistyped one, and how one that has begun may end."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import partial

from centar import sql

NEAR = """
    SELECT typed, near.word, near.written, near.records
      FROM unnest(%(typed)s::text[]) WITH ORDINALITY AS one (typed, place)
     CROSS JOIN LATERAL (
           SELECT word, written, records FROM library_word
            WHERE word = typed
            UNION ALL
          (SELECT word, written, records FROM library_word
            WHERE word %% typed AND NOT EXISTS (SELECT FROM library_word WHERE word = typed)
            ORDER BY similarity(word, typed) DESC, records DESC LIMIT 12)) AS near
     ORDER BY place
"""

BEGINNING = """
    SELECT word FROM library_word WHERE word LIKE %(beginning)s || '%%'
     ORDER BY records DESC, word LIMIT %(most)s
"""
MOST_ENDINGS = 10


def beginning_with(letters: str) -> list[str]:
    """The most frequent folded words that begin with these letters or digits."""
    return [word for (word,) in sql.rows(BEGINNING, beginning=letters, most=MOST_ENDINGS)]


def corrected(typed: list[str]) -> str:
    """The folded words with each unknown one replaced by the most similar one of the catalogue.

    Nothing when all of them are known, or when one has nothing similar.
    """
    near: dict[str, list[tuple[str, str, int]]] = {word: [] for word in typed}
    for word, *similar in sql.rows(NEAR, typed=typed):
        near[word].append((similar[0], similar[1], similar[2]))
    if not all(near.values()):
        return ""
    best = [max(near[word], key=partial(_nearness, word)) for word in typed]
    if [word for word, _, _ in best] == typed:
        return ""
    return " ".join(written for _, written, _ in best)


def _nearness(typed: str, one: tuple[str, str, int]) -> tuple[float, int]:
    word, _, records = one
    # Trigrams find the candidates; of them the one with most letters in their order is meant.
    return SequenceMatcher(None, typed, word, autojunk=False).ratio(), records
