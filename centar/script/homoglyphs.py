"""Letters of the other script inside a word, put right: a Latin K in „Kрагујевац“.

Such letters look right and are found by nobody. They come from keyboards, PDFs and old sites.
"""

from __future__ import annotations

import re

# Latin letters with the Serbian Cyrillic letters that look the same. Lower-case b and h are left
# out: they look like no Serbian letter.
_LATIN_TO_CYRILLIC = dict(zip("aeopcxyjkmtABEKMHOPCTXYJ", "аеорсхујкмтАВЕКМНОРСТХУЈ", strict=True))
# The way back also knows letters of other Cyrillic alphabets, which no Serbian word has, but not
# у: Serbian Latin has no y, and „Googleу“ is a case ending.
_CYRILLIC_TO_LATIN = dict(
    zip("аеорсхјкмтАВЕКМНОРСТХЈіѕІЅԁԛԝ", "aeopcxjkmtABEKMHOPCTXJisISdqw", strict=True)
)
_TO_CYRILLIC = str.maketrans(_LATIN_TO_CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC_TO_LATIN)

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_CYRILLIC = "Ѐ-ӿԀ-ԯ"
_SURELY_LATIN = re.compile(f"(?![{''.join(_LATIN_TO_CYRILLIC)}])[{_LATIN}]")
_SURELY_CYRILLIC = re.compile(f"(?![{''.join(_CYRILLIC_TO_LATIN)}])[{_CYRILLIC}]")

_MARKS = "\u0300-\u036f"
_MEETING = re.compile(f"[{_LATIN}][{_MARKS}]*[{_CYRILLIC}]|[{_CYRILLIC}][{_MARKS}]*[{_LATIN}]")
"""Where the two scripts meet within a word: seldom, so that most texts are left after one look."""

_ADDRESS = (
    r"(?<!\S)\S*(?:@|://)\S*"
    r"|(?<![\w.-])(?:www\.\S+|(?:[\w-]+\.)+[a-z]{2,}(?![\w-])(?:[/:?#]\S*)?)"
)
_WORD = f"[{_LATIN}{_CYRILLIC}{_MARKS}]+"
_ADDRESS_OR_WORD = re.compile(rf"{_ADDRESS}|(?P<word>{_WORD})")
# „VIIа“ (a class of pupils) and „SMSа“ (a case ending): each part is right in its own script.
_WITH_ENDING = re.compile(r"(?:[A-Z]{2,}[а-џ]+|[IVX][а-џ])\Z")


def mend(text: str) -> str:
    """The text with every mixed word in one script, where it is sure which.

    A word is mended when its script shows in letters that only that script has and all its other
    letters have a twin there. Everything else stays: words that are really mixed (VIIа, web-сајт),
    words of nothing but twins (Tема), web and e-mail addresses, file names.
    """
    if _MEETING.search(text) is None:
        return text
    return _ADDRESS_OR_WORD.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    word = match["word"]
    if word is None or _MEETING.search(word) is None:
        return match[0]
    surely_latin = _SURELY_LATIN.search(word) is not None
    surely_cyrillic = _SURELY_CYRILLIC.search(word) is not None
    if surely_latin == surely_cyrillic or _WITH_ENDING.match(word):
        return match[0]
    return word.translate(_TO_LATIN if surely_latin else _TO_CYRILLIC)
