"""Numbers of publications as they are printed: ISBN with 10 or 13 digits, and ISSN.

Check digits are those of ISO 2108 and ISO 3297. A number printed wrong stays as it is: a reader
who holds the book in the hand looks for what stands in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import isbn, issn

from library.models import Identifier

# The check digit X is typed on a Cyrillic keyboard too, and pasted numbers have dashes of print.
_PLAIN = str.maketrans({"Х": "X", "х": "X", "x": "X", **dict.fromkeys("‐‑‒–—−­", "-")})
_QUALIFIER = re.compile(r"\s*[(\[].*\Z", re.DOTALL)
_LABEL = re.compile(r"\A\s*(?:e-?|e)?IS[BS]N(?:-1[03])?[:\s]*", re.IGNORECASE)
_NOT_SIGNS = re.compile(r"[^0-9X]")
_SHAPE = re.compile(r"[0-9X\s.\-]+")


def printed(text: str) -> str:
    """The number alone, as it is printed: without „ISBN“ before it and „(брош.)“ after it."""
    plain = _LABEL.sub("", text.translate(_PLAIN))
    return " ".join(_QUALIFIER.sub("", plain).split()).strip(" .,:;")


def signs(text: str) -> str:
    """Only digits and X of a number, without hyphens."""
    return _NOT_SIGNS.sub("", printed(text))


@lru_cache(maxsize=4096)  # an import asks for the same number at every step
def canonical(kind: str, text: str) -> str:
    """An ISBN as 13 digits or an ISSN as 8 signs; empty where the printed one is wrong."""
    if not _SHAPE.fullmatch(printed(text)):
        return ""
    compact = signs(text)
    if kind == Identifier.Kind.ISSN:
        return compact if issn.is_valid(compact) else ""
    return isbn.to_isbn13(compact) if isbn.is_valid(compact) else ""


def forms(kind: str, text: str) -> list[str]:
    """Every spelling under which the number is looked for: as printed, without hyphens, with 13
    digits and with 10.
    """
    number = canonical(kind, text)
    spellings = [printed(text), signs(text), number]
    if kind == Identifier.Kind.ISBN and number.startswith("978"):
        spellings.append(isbn.to_isbn10(number))
    return list(dict.fromkeys(one for one in spellings if one))


def publisher_prefix(number: str) -> str:
    """The beginning that all books of a publisher share; empty where it is not known."""
    prefix, group, publisher, *_rest = isbn.split(number)
    return f"{prefix}{group}{publisher}" if prefix and publisher else ""
