"""The description of a publication on one line, by the areas of the ISBD."""

from __future__ import annotations

from library.models import Record

BETWEEN = ". – "


def line(record: Record) -> str:
    """Title : subtitle / who made it. – Edition. – Place : publisher, year. – Extent. – Series."""
    title = f"{record.title} : {record.subtitle}" if record.subtitle else record.title
    if record.responsibility:
        title = f"{title} / {record.responsibility}"
    published = " : ".join(part for part in (record.place, record.publisher) if part)
    year = record.printed_year or str(record.year or "")
    published = ", ".join(part for part in (published, year) if part)
    series = f"({record.series})" if record.series else ""
    areas = (title, record.edition, published, record.extent, series)
    return BETWEEN.join(area.rstrip(" .") for area in areas if area) + "."
