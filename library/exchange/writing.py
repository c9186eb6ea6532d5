"""The catalogue as a file, record by record, in any of the formats that are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from pymarc import Record as Marc

from library import described as descriptions
from library.exchange import marc21, marcxml, tables, unimarc
from library.models import Record

_AT_ONCE = 500


class Written(models.TextChoices):
    """Formats that are written; ISO 2709 always in UTF-8."""

    MARC21 = "marc21", "MARC 21 (ISO 2709)"
    UNIMARC = "unimarc", "UNIMARC / COMARC (ISO 2709)"
    MARC21_XML = "marc21_xml", "MARC 21 (MARCXML)"
    UNIMARC_XML = "unimarc_xml", "UNIMARC / COMARC (MARCXML)"
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"


@dataclass(frozen=True)
class Kind:
    """How a file is called and declared."""

    suffix: str
    mime_type: str


KINDS = {
    Written.MARC21: Kind("mrc", "application/marc"),
    Written.UNIMARC: Kind("mrc", "application/marc"),
    Written.MARC21_XML: Kind("xml", "application/marcxml+xml"),
    Written.UNIMARC_XML: Kind("xml", "application/marcxml+xml"),
    Written.CSV: Kind("csv", "text/csv; charset=utf-8"),
    Written.XLSX: Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def write(rows: models.QuerySet[Record], form: Written) -> Iterable[bytes]:
    """The file, piece by piece; a table is one piece.

    May raise `centar.sheets.writing.TooLong` for a workbook, before the first piece.
    """
    found = (
        rows.defer("search", "folded", "sort_azbuka", "sort_abeceda")
        .order_by("pk")
        .prefetch_related(*descriptions.RELATED, "copies")
        .iterator(chunk_size=_AT_ONCE)
    )
    if form in (Written.CSV, Written.XLSX):
        described = (descriptions.of(record, with_copies=True) for record in found)
        return [tables.as_csv(described) if form == Written.CSV else tables.as_xlsx(described)]
    is_marc21 = form in (Written.MARC21, Written.MARC21_XML)
    means = marc21.write if is_marc21 else unimarc.write
    marcs: Iterable[Marc] = (
        means(descriptions.of(record, with_copies=True), key=str(record.pk)) for record in found
    )
    if form in (Written.MARC21_XML, Written.UNIMARC_XML):
        return marcxml.written(marcs)
    return (marc.as_marc() for marc in marcs)
