"""What a file is by its content. Its name and what the browser says prove nothing."""

from __future__ import annotations

import filetype

from centar.files import kinds, office, pdf
from centar.files.kinds import FileKind

_BY_MIME = {kind.mime_type: kind for kind in (kinds.PDF, kinds.JPEG, kinds.PNG)}
_ZIP = b"PK\x03\x04"
# Brands of still pictures; HEIF also wraps video.
_HEIC_BRANDS = {b"heic", b"heix", b"mif1", b"heim", b"heis"}
_TAIL = 2048


def recognise(content: bytes) -> FileKind | None:
    """The kind of the content, or None when it is none of those we take.

    Raises Refusal for an Office file or a PDF that is dangerous (see office.recognise and
    pdf.demand_passive).
    """
    if content.startswith(_ZIP):
        return office.recognise(content)
    if content[4:8] == b"ftyp":
        return kinds.HEIC if _is_heic(content) else None
    guess = filetype.guess(content)
    kind = _BY_MIME.get(guess.mime) if guess is not None else None
    if kind is kinds.PDF and not (content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:]):
        return None
    if kind is kinds.PDF:
        pdf.demand_passive(content)
    return kind


def _is_heic(content: bytes) -> bool:
    """Whether the boxes of the file fill it exactly, with the brand of a picture in front."""
    if content[8:12] not in _HEIC_BRANDS:
        return False
    place, names = 0, set()
    while place + 8 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        names.add(content[place + 4 : place + 8])
        if size == 0:  # the last box may say "until the end"
            size = len(content) - place
        if size == 1:
            size = int.from_bytes(content[place + 8 : place + 16], "big")
        if size < 8:
            return False
        place += size
    return place == len(content) and {b"ftyp", b"meta"} <= names
