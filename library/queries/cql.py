"""Conditions on records for searches from outside, as SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from stdnum import isbn, issn

from centar import sql
from centar.script import folding, homoglyphs
from library.queries.finding import PATIENCE

MOST = 10_000
"""Records that are counted and given; a search of more says that there are at least so many."""

Where = Literal["anywhere", "title", "creator", "subject", "number"]
How = Literal["all", "any", "phrase"]

# The index finds the record by all its words; of its hits, those are kept that have them in the
# right place. Folded alone: beside the text as written, a phrase could run from one into the other.
_PLACES = {
    "title": "to_tsvector('serbian', script_fold(title || ' ' || subtitle))",
    "creator": "to_tsvector('serbian', script_fold(names || ' ' || responsibility))",
    "subject": "to_tsvector('serbian', script_fold(subjects))",
}
_WORD = re.compile(r"[^\W_]+\*?")
_FOUND = """
    SELECT id FROM library_record WHERE withdrawn_at IS NULL AND {condition}
     ORDER BY id LIMIT %s OFFSET %s
"""
_COUNTED = """
    SELECT count(*) FROM (
        SELECT FROM library_record WHERE withdrawn_at IS NULL AND {condition} LIMIT %s) AS counted
"""


@dataclass(frozen=True)
class Condition:
    """A piece of SQL about a row of records, with its values."""

    text: str
    values: tuple[Any, ...] = ()


def both(one: Condition, other: Condition) -> Condition:
    """Records that satisfy both."""
    return Condition(f"({one.text} AND {other.text})", one.values + other.values)


def either(one: Condition, other: Condition) -> Condition:
    """Records that satisfy one of the two, or both."""
    return Condition(f"({one.text} OR {other.text})", one.values + other.values)


def without(one: Condition, other: Condition) -> Condition:
    """Records that satisfy the first and not the other."""
    return Condition(f"({one.text} AND NOT {other.text})", one.values + other.values)


def of_term(where: Where, how: How, term: str) -> Condition:
    """Records with a term; a star at the end of a word stands for any ending."""
    if where == "number":
        digits = re.sub(r"[^\dX]", "", term.upper())
        number = isbn.to_isbn13(digits) if isbn.is_valid(digits) else digits
        known = isbn.is_valid(digits) or issn.is_valid(digits)
        text = "id IN (SELECT record_id FROM library_identifier WHERE number = %s)"
        return Condition(text, (number,)) if known else Condition("false")
    mended = homoglyphs.mend(term)
    as_written, folded = (_query(how, text) for text in (mended, folding.fold(mended)))
    if as_written is None or folded is None:
        return Condition("false")
    anywhere = Condition(
        f"search @@ (({as_written.text}) || ({folded.text}))", as_written.values + folded.values
    )
    if where == "anywhere":
        return anywhere
    return both(anywhere, Condition(f"{_PLACES[where]} @@ ({folded.text})", folded.values))


def find(condition: Condition, first: int, number: int) -> tuple[int, list[int]]:
    """How many there are, at most `MOST` + 1, and the keys of those from the first on.

    Raises `sql.TooSlow` for what would keep the database busy.
    """
    with sql.at_most(PATIENCE):
        ((total,),) = sql.listed(
            _COUNTED.format(condition=condition.text), [*condition.values, MOST + 1]
        )
        if not number or first > min(total, MOST):
            return total, []
        rows = sql.listed(
            _FOUND.format(condition=condition.text),
            [*condition.values, min(number, MOST - first + 1), first - 1],
        )
    return total, [key for (key,) in rows]


def _query(how: How, text: str) -> Condition | None:
    """The words in PostgreSQL's own language of searches; None when there is no word."""
    words = _WORD.findall(text)
    if not words:
        return None
    if how == "phrase" and not any(word.endswith("*") for word in words):
        return Condition("phraseto_tsquery('serbian', %s)", (" ".join(words),))
    parts = [
        # Words hold letters and digits only, so they are safe in a raw query.
        Condition("to_tsquery('serbian', %s)", (f"{word[:-1]}:*",))
        if word.endswith("*")
        else Condition("plainto_tsquery('serbian', %s)", (word,))
        for word in words
    ]
    joined = " || " if how == "any" else " && "
    return Condition(
        joined.join(part.text for part in parts), tuple(value for p in parts for value in p.values)
    )
