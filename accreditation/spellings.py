"""Names as people write them: in Cyrillic or Latin, with or without diacritics, in any case.

A word becomes a regular expression that finds it in all its spellings with all its endings:
„Петровић“ also finds Petrovića, petrovicem, ПЕТРОВИЋЕВОМ and Пeтровић with a Latin e.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from centar.script.folding import fold

# Each sound of a folded word with all signs that write it, look-alikes of the other script too.
_SIGNS = {
    "dj": "(?:ђ|đ|d[jј]|д[jј]|d|д)",
    "dz": "(?:џ|d[zž]|д[зж])",
    "lj": "(?:љ|l[jј]|л[jј])",
    "nj": "(?:њ|n[jј]|н[jј])",
    "a": "[aа]",
    "b": "[bб]",
    "c": "[cčćцчћс]",
    "d": "[dđдђ]",
    "e": "[eе]",
    "f": "[fф]",
    "g": "[gг]",
    "h": "[hхx]",
    "i": "[iиі]",
    "j": "[jј]",
    "k": "[kк]",
    "l": "[lл]",
    "m": "[mм]",
    "n": "[nн]",
    "o": "[oо]",
    "p": "[pпр]",
    "r": "[rрp]",
    "s": "[sšсшѕc]",
    "t": "[tт]",
    "u": "[uуy]",
    "v": "[vвb]",
    "z": "[zžзж]",
}
_SOUND = re.compile("dj|dz|lj|nj|.", re.DOTALL)
_VOWELS = "aeiou"
# Of nouns, of adjectives, and of adjectives made from names (Петровићев, Миличин), folded.
_OWN = ("", "a", "e", "i", "o", "u", "om", "oj", "og", "im", "ih", "ima")
_ENDINGS = (
    *("a", "e", "i", "o", "u", "om", "em", "oj", "og", "oga", "om", "ome", "omu"),
    *("im", "ih", "ima", "ama"),
    *(f"{link}{own}" for link in ("ov", "ev", "in") for own in _OWN),
)
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_])"
"""Where a word begins and ends; an underline is no letter, as in names of files."""


@cache
def spelled(text: str) -> str:
    """A regular expression for the text in both scripts, with and without diacritics.

    To be used without regard to letter case; white space may be any.
    """
    return "".join(
        _SIGNS.get(sound) or (r"\s+" if sound == " " else re.escape(sound))
        for sound in _SOUND.findall(fold(text))
    )


@cache
def _any_of(words: tuple[str, ...]) -> str:
    """A regular expression for any of the words, the longest that fits first.

    A common beginning is written once: reading the expression is most of the work of a mask.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(word[1:])
    is_optional = rests.pop("", None) is not None
    forms = [spelled(first) + _any_of(tuple(rest)) for first, rest in rests.items()]
    return f"(?:{'|'.join(forms)}){'?' if is_optional else ''}" if forms else ""


@cache
def declined(word: str) -> str:
    """The same for one word in all cases, and for what is called after a person of that name."""
    stem, endings = fold(word), _any_of(_ENDINGS)
    if len(stem) > 2 and stem[-1] in _VOWELS:
        return f"(?:{spelled(stem[:-1])}{endings})"
    forms = f"{spelled(stem)}{endings}?"
    if len(stem) > 3 and stem[-2] == "a" and stem[-1] not in _VOWELS:
        # Петар, Петра: the a goes away before an ending.
        forms = f"{forms}|{spelled(stem[:-2] + stem[-1])}{endings}"
    return f"(?:{forms})"


def in_a_row(words: Iterable[str], gap: str = r"\W+") -> str:
    """Words after each other, each in any case: the name of a school, for one."""
    return gap.join(declined(word) for word in words)
