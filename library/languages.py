"""Languages of publications in words, from the codes of ISO 639-2 that libraries use."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import get_language

from centar.script import remembered

# Babel knows languages by two letters; where ISO 639-2 has two codes, libraries write the first.
_TWO_LETTERS = {
    "alb": "sq", "ara": "ar", "bel": "be", "bos": "bs", "bul": "bg", "chi": "zh", "cze": "cs",
    "dan": "da", "dut": "nl", "eng": "en", "fin": "fi", "fre": "fr", "ger": "de", "gre": "el",
    "heb": "he", "hrv": "hr", "hun": "hu", "ita": "it", "jpn": "ja", "lat": "la", "mac": "mk",
    "nor": "no", "pol": "pl", "por": "pt", "rom": "rom", "rum": "ro", "rus": "ru", "slo": "sk",
    "slv": "sl", "spa": "es", "srp": "sr", "swe": "sv", "tur": "tr", "ukr": "uk", "chu": "cu",
}  # fmt: skip


@remembered.in_each_language
def named(code: str) -> str:
    """The language in the reader's words; an unknown code stays as it is."""
    names = Locale.parse(get_language() or "sr").languages
    return str(names.get(_TWO_LETTERS.get(code, code), code))


def tag(code: str) -> str:
    """The code that the web uses for it, such as sr for srp."""
    return _TWO_LETTERS.get(code, code)
