"""Files without what tells who made them: authors, companies, comments' names, histories."""

from __future__ import annotations

from centar.files import kinds
from centar.files.metadata import office, pdf
from centar.files.metadata.unclean import Unclean

__all__ = ["Unclean", "stripped", "texts"]


def stripped(content: bytes, mime_type: str) -> bytes:
    """The file without its metadata; how it looks does not change.

    Pictures are cleaned when they are handed in and stay. Raises Unclean, with a sentence, for a
    file that cannot be cleaned: damaged, locked, or with other files inside.
    """
    if mime_type == kinds.PDF.mime_type:
        return pdf.stripped(content)
    if mime_type in {kind.mime_type for kind in kinds.OFFICE}:
        return office.stripped(content)
    return content


def texts(content: bytes, mime_type: str) -> list[str]:
    """What can be read in the file without showing it: metadata, names of links and authors, and
    the words of Office files. Words that a PDF draws are mostly not among them.
    """
    if mime_type == kinds.PDF.mime_type:
        return pdf.texts(content)
    if mime_type in {kind.mime_type for kind in kinds.OFFICE}:
        return office.texts(content)
    return []
