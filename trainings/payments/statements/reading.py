"""One way in for every kind of statement."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trainings.payments.statements import camt, tables
from trainings.payments.statements.entries import MOST, Entry

MOST_BYTES = 20 * 1024 * 1024


def is_xml(content: bytes) -> bool:
    """Whether a file is to be read as XML, by its first sign."""
    return content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<"


def read(content: bytes, columns: Mapping[str, int] | None) -> list[Entry]:
    """The entries of a statement; a CSV needs its columns.

    Raises ValidationError with a sentence for what cannot be read.
    """
    if is_xml(content):
        entries = camt.read(content)
    else:
        assert columns is not None  # asked for before a table is read
        entries = tables.read(content, columns)
    if len(entries) > MOST:
        raise ValidationError(_("The file has too many payments. Divide it by months."))
    return entries
