"""PDF without metadata: only what its pages need is copied into a new file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from centar.files.metadata.unclean import Unclean

# XMP, what programs keep for themselves, who made it, when, and what belongs to the document
# about its making; at any object.
_ABOUT = ("/Metadata", "/PieceInfo", "/LastModified", "/Author", "/Creator", "/Producer")
_OF_NOTES = ("/T", "/RC", "/M", "/CreationDate", "/NM")
"""Of annotations: who wrote them and when."""
_FILES = ("/EmbeddedFile", "/Filespec")
_MOST_OBJECTS = 200_000
# What the library says of a file that is no PDF inside.
_BROKEN = (misc.PdfError, ValueError, KeyError, TypeError, IndexError, RecursionError)


def stripped(content: bytes) -> bytes:
    """The same pages without the Info dictionary, XMP, names at notes and earlier revisions."""
    try:
        copy = _copied(_reader(content))
        for one in _objects(copy):
            _clean(one)
        written = io.BytesIO()
        # Copied again, since what nothing leads to any more is still an object of the first copy.
        _copied(copy).write(written)  # type: ignore[no-untyped-call]
    except _BROKEN as broken:
        raise Unclean(_("This file is damaged.")) from broken
    return written.getvalue()


def texts(content: bytes) -> list[str]:
    """Every text of the file that is no drawing: titles, notes, links, metadata."""
    try:
        copy = copy_into_new_writer(_reader(content))
        return [text for one in _objects(copy) for text in _texts(one)]
    except _BROKEN as broken:
        raise Unclean(_("This file is damaged.")) from broken


def _copied(source: PdfHandler) -> PdfFileWriter:
    """What the pages lead to, without the Info dictionary."""
    return copy_into_new_writer(source, {"info": None, "stream_xrefs": False})


def _reader(content: bytes) -> PdfFileReader:
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted:
        raise Unclean(_("This file is locked with a password. Save it without one."))
    return reader


def _objects(copy: PdfFileWriter) -> Iterator[Any]:
    """Every dictionary, stream and list of the file, those within others too."""
    waiting: list[Any] = list(copy.objects.values())
    if copy._info is not None:
        waiting.append(copy._info)
    seen = 0
    while waiting:
        seen += 1
        if seen > _MOST_OBJECTS:
            raise Unclean(_("This file is too large to be looked through."))
        one = waiting.pop()
        yield one
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [each for each in inside if isinstance(each, dict | list)]


def _clean(one: Any) -> None:
    if not isinstance(one, dict):
        return
    if one.get("/Type") in _FILES or "/EmbeddedFiles" in one:
        raise Unclean(_("There are other files inside this file."))
    for name in _ABOUT:
        one.pop(name, None)
    if one.get("/FT") == "/Sig":
        one.pop("/V", None)  # a signature, which the copy breaks, names its signer
    if "/Rect" in one and one.get("/Subtype") not in (None, "/Widget"):
        for name in _OF_NOTES:
            one.pop(name, None)


def _texts(one: Any) -> Iterator[str]:
    values = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    for value in values:
        if isinstance(value, generic.TextStringObject):
            yield str(value)
        elif isinstance(value, generic.ByteStringObject):
            yield bytes(value).decode("latin-1")
    if isinstance(one, generic.StreamObject) and one.get("/Subtype") != "/Image":
        yield one.data.decode("utf-8", "replace")
