"""Marking in a text the words that a query found in it, whatever script either is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString

from centar.script import folding

_WORD = re.compile(r"[^\W_]+")
# The endings of Serbian words, the longest first; at least three letters stay.
_ENDING = re.compile(
    r"(?<=\w{3})(?:ovima|evima|nijih|skoga|skome|anjem|ama|ima|oga|ega|omu|emu|ome|ovi|evi|ova|eva"
    r"|og|eg|om|em|im|ih|oj|ij|ja|je|ji|ju|ka|ke|ki|ku|[aeiou])$"
)


@dataclass(frozen=True)
class Sought:
    """What the words of a query are recognised by: their roots, and the last one's beginning."""

    roots: tuple[str, ...] = ()
    beginning: str = ""


def sought(query: str) -> Sought:
    """What to recognise of this query."""
    words = _WORD.findall(folding.fold(query))
    if not words:
        return Sought()
    return Sought(tuple(dict.fromkeys(_root(word) for word in words)), words[-1])


def marked(text: str, wanted: Sought) -> SafeString:
    """The text with <mark> around each word that was sought; everything is escaped."""
    pieces, done = [], 0
    for word in _WORD.finditer(text) if wanted.roots else ():
        folded, root = _read(word[0])
        if root in wanted.roots or folded.startswith(wanted.beginning):
            pieces += [escape(text[done : word.start()]), f"<mark>{escape(word[0])}</mark>"]
            done = word.end()
    return SafeString("".join([*pieces, escape(text[done:])]))


@lru_cache(maxsize=8192)  # titles are made of the same words again and again
def _read(word: str) -> tuple[str, str]:
    folded = folding.fold(word)
    return folded, _root(folded)


def _root(folded: str) -> str:
    return _ENDING.sub("", folded)
