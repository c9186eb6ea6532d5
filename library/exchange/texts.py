"""Plain texts out of fields."""

from __future__ import annotations

import re
import textwrap
import unicodedata

# Control signs, among them the marks around an article that is not sorted (88 and 89, 98 and 9C).
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f￾￿]")
# A field has 9,999 bytes, of which a letter takes up to three.
_LONGEST_LINE = 3_000
_ISBD = re.compile(r"(?:\s+[/:;=+]|,|\s+\.)+\s*\Z")


class Unreadable(Exception):
    """A record that cannot be read; `str()` is the sentence for the person."""


def plain(text: str) -> str:
    """The text in one line, composed, without control signs."""
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub("", text)).split())


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line for one in text.splitlines() if (line := plain(one))]


def field_lines(text: str) -> list[str]:
    """The lines of a text, those that no field of ISO 2709 holds broken between words."""
    return [part for line in lines(text) for part in textwrap.wrap(line, _LONGEST_LINE)]


def without_isbd(text: str) -> str:
    """Without the punctuation that leads to the next element of a description."""
    return _ISBD.sub("", text)


def xml_safe(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return _CONTROL.sub("", text)
