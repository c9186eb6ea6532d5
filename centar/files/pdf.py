"""PDF files looked into for what runs by itself when somebody opens them.

Only names of actions are looked for, in the bytes and in packed objects: a damaged file, which
programs mend and show all the same, is read as well as a sound one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from centar.access import Refusal

LARGEST_UNPACKED = 32 * 1024 * 1024
"""Bytes of packed objects; of a book of 500 pages they are less than four million."""


def demand_passive(content: bytes) -> None:
    """Refuse a file with a script, or with an action that starts a program."""
    if any(_ACTIVE.search(part) for part in (content, *_packed(content))):
        raise Refusal(
            _("This file starts something by itself when it is opened. Print it into a new PDF.")
        )


def _packed(content: bytes) -> Iterator[bytes]:
    """The streams of objects, unpacked; refuses what unpacks to far more than a document needs."""
    left = LARGEST_UNPACKED
    for number, head in enumerate(_PACKED.finditer(content), 1):
        at = content.find(b"stream", head.end(), head.end() + _HEAD)
        line_ends = content.find(b"\n", at, at + 8) if at >= 0 else -1
        unpacked = _unpacked(content, line_ends + 1, left) if line_ends >= 0 else b""
        left -= len(unpacked)
        if left <= 0 or number > _MOST_PACKED:
            raise Refusal(
                _("This file unpacks to far more than a document needs; it is not taken.")
            )
        yield unpacked


def _unpacked(content: bytes, start: int, most: int) -> bytes:
    """What is packed from there on, but no more than `most`; up to where it is damaged."""
    unpacker, found = zlib.decompressobj(), bytearray()
    while start < len(content) and len(found) < most and not unpacker.eof:
        # In small pieces, since what comes after the stream is copied with the last of them.
        piece, start = content[start : start + _PIECE], start + _PIECE
        try:
            found += unpacker.decompress(piece, most - len(found))
        except zlib.error:  # packed in another way
            break
    return bytes(found)


def _name(word: str) -> bytes:
    """The pattern of a name, each letter of which may be written by its number (#4A)."""
    return b"/" + b"".join(rb"(?:%c|#(?i:%02x))" % (ord(one), ord(one)) for one in word)


_ACTIVE = re.compile(b"(?:%s|%s)(?![A-Za-z0-9])" % (_name("JavaScript"), _name("Launch")))
_PACKED = re.compile(_name("ObjStm"))
_HEAD, _PIECE = 300, 16 * 1024
"""Bytes of the head of a stream after its name, and those that are unpacked at once."""
_MOST_PACKED = 10_000
