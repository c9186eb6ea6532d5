"""CSV files: which encoding, which separator, which cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.sheets import notation

SEPARATORS = ";,\t"
# Signatures of files that are surely no text, whatever their name says.
_SIGNATURES = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf")
# NUL is left to the cell where it stands, VT and FF are ends of lines in texts from Word.
_BINARY = re.compile("[\x01-\x08\x0e-\x1f]")
_SEPARATOR_LINE = re.compile(r'"?sep=([;,\t])"?\r?\n', re.IGNORECASE)
_SERBIAN_LATIN = frozenset("čćžšđČĆŽŠĐ")


def read(data: bytes, recognised: Callable[[list[str]], int]) -> list[list[str]]:
    """The records of the file, empty ones included. Raises ValidationError with a sentence.

    The separator is the one with which most headings are `recognised`.
    """
    text = decoded(data)
    mark = _SEPARATOR_LINE.match(text)
    if mark:
        text, separator = text[mark.end() :], mark[1]
    else:
        separator = max(SEPARATORS, key=lambda sign: recognised(_first(text, sign)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [[notation.unguarded(cell) for cell in record] for record in reader]
    except csv.Error:
        raise ValidationError(
            _("Line %(line)d of the file cannot be read. Check its quotation marks.")
            % {"line": reader.line_num}
        ) from None


def _first(text: str, separator: str) -> list[str]:
    """The first record with anything in it, where the headings are."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next(filter(any, reader), [])
    except csv.Error:
        return []


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, Windows-1250 or Windows-1251, whichever it is in.

    Raises ValidationError with a sentence for what is no text.
    """
    if data.startswith(_SIGNATURES):
        raise ValidationError(_not_text())
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        raise ValidationError(_not_text()) from None
    if _BINARY.search(text):
        raise ValidationError(_not_text())
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows_encoding(data)
    return "utf-8-sig"


def _windows_encoding(data: bytes) -> str:
    """Cyrillic read as the Latin 1250 shows letters that Serbian has not; Latin does not."""
    letters = [
        letter
        for letter in data.decode("cp1250", errors="ignore")
        if letter.isalpha() and not letter.isascii()
    ]
    serbian = sum(letter in _SERBIAN_LATIN for letter in letters)
    return "cp1250" if 2 * serbian > len(letters) else "cp1251"


def _not_text() -> str:
    return _("This is no spreadsheet. Save it as XLSX, or as CSV in UTF-8.")
