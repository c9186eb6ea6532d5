"""What is offered while somebody types."""

from __future__ import annotations

from centar import sql
from centar.script import folding, search

MOST_TITLES = 5
MOST_WORDS = 5
SHORTEST = 2
"""Fewer letters begin everything."""

BEGINNING = """
   (SELECT 1, title FROM library_record
     WHERE folded LIKE %(beginning)s AND withdrawn_at IS NULL
     ORDER BY folded LIMIT %(titles)s)
     UNION ALL
   (SELECT 2, written FROM library_word
     WHERE word LIKE %(word)s ORDER BY records DESC, word LIMIT %(words)s)
"""


def of(typed: str) -> list[str]:
    """Titles that begin so, then whole queries whose last word is completed."""
    folded = folding.fold(typed.replace("\0", " ")[: search.LONGEST_QUERY])
    *before, last = folded.split(" ")
    if len(last) < SHORTEST:
        return []
    rows = sql.rows(
        BEGINNING,
        beginning=_pattern(folded),
        word=_pattern(last),
        titles=MOST_TITLES,
        words=MOST_WORDS,
    )
    kept = " ".join(typed.split()[: len(before)])
    offers = [text if kind == 1 else f"{kept} {text}".strip() for kind, text in rows]
    return list(dict.fromkeys(offers))


def _pattern(beginning: str) -> str:
    for sign in ("\\", "%", "_"):
        beginning = beginning.replace(sign, f"\\{sign}")
    return f"{beginning}%"
