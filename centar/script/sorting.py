"""Serbian order without the database's collations, which not every server has.

A key is plain text to be compared by code points: a column with `db_collation="C"`, or Python's
own comparison. Both scripts sort together. `expressions` has the same keys for the database.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from centar.script import alphabet, folding

Order = Literal["azbuka", "abeceda"]

# The migration 0001_functions holds the same tables for PostgreSQL; a test compares the two.
_LATIN_ONLY = str.maketrans("ČčĆćŽžŠšĐđǄǅǆǇǈǉǊǋǌ", "ччћћжжшшђђџџџљљљњњњ")
_LOWER = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯłŁøØı",
    "abcdefghijklmnopqrstuvwxyzђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяllooi",
)
_DIGRAPHS = (("dж", "џ"), ("lj", "љ"), ("nj", "њ"))
# What is neither letter nor digit in ASCII and Latin-1, and the blocks of punctuation and signs.
_GAP = re.compile(
    "[\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7"
    "\u02b0-\u02ff\u2000-\u2bff\u3000-\u303f]+"
)
_LATIN, _CYRILLIC = "abcdefghijklmnoprstuvz", "абцдефгхијклмнопрстувз"


def _keys(letters: str) -> dict[int, int]:
    """Capital A for the first letter and so on, all after the digits; both spellings of each."""
    keys = {letter: ord("A") + place for place, letter in enumerate(letters)}
    latin = {latin: keys[twin] for latin, twin in zip(_LATIN, _CYRILLIC, strict=True)}
    return str.maketrans(keys | latin)


_KEYS: dict[Order, dict[int, int]] = {
    "azbuka": _keys(alphabet.AZBUKA),
    "abeceda": _keys(alphabet.ABECEDA),
}


def sort_key(text: str, order: Order) -> str:
    """The key of the text in the Cyrillic (azbuka) or the Latin (abeceda) order.

    A word has the same key in both scripts and in capitals. Latin lj, nj and dž are one letter,
    also in the few words where they are two (injekcija), as in every Serbian collation. Spaces
    come before digits, digits before letters; digits compare one by one, so 10 is before 9.
    Punctuation counts as a space, and as nothing at the ends: „Анђео“ in quotes is under А.
    """
    text = unicodedata.normalize("NFC", text).translate(_LATIN_ONLY)
    text = folding.without_marks(text).translate(_LOWER)
    for spelling, letter in _DIGRAPHS:
        text = text.replace(spelling, letter)
    return _GAP.sub(" ", text).strip(" ").translate(_KEYS[order])
