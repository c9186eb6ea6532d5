"""One search key for both scripts. `expressions.Fold` is the same in the database."""

from __future__ import annotations

import re
import unicodedata

from centar.script import homoglyphs

# The migration 0001_functions holds the same tables for PostgreSQL; a test compares the two.
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+")
_PLAIN = str.maketrans(
    "абвгдежзијклмнопрстћуфхцчшАБВГДЕЖЗИЈКЛМНОПРСТЋУФХЦЧШђЂĐЉЊЏѕЅіІłŁøØı„‘“’”‚«–»—‐−",
    'abvgdezzijklmnoprstcufhccsabvgdezzijklmnoprstcufhccsđđđљњџssiillooi"\'"\'"\'"-"---',
)
_DIGRAPHS = (("đ", "dj"), ("љ", "lj"), ("њ", "nj"), ("џ", "dz"))
_SPACE = re.compile("[ \t\n\v\f\r\u0085\u1680\u2028\u2029]+")


def without_marks(text: str) -> str:
    """The text without accents and invisible signs, ligatures spelled out (NFKD)."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def fold(text: str) -> str:
    """The key under which the text is searched and compared.

    Lower-case Latin without diacritics: ђ, đ and dj are dj; џ and dž are dz; „Žurnal“ and
    „Журнал“ are both zurnal. Homoglyphs are mended, quotation marks and dashes made plain,
    white space squeezed.
    """
    text = without_marks(homoglyphs.mend(unicodedata.normalize("NFC", text)))
    text = text.translate(_PLAIN)
    for letter, spelling in _DIGRAPHS:
        text = text.replace(letter, spelling)
    return _SPACE.sub(" ", text.lower()).strip(" ")
