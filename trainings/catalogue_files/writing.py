"""Programmes as XLSX and CSV: the same columns that an import reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from centar.sheets import writing
from centar.sheets.writing import Native, TooLong
from trainings.catalogue_files import headings
from trainings.catalogue_files.columns import NumberColumn
from trainings.models import Programme

__all__ = ["TooLong", "as_csv", "as_xlsx", "row"]


def row(programme: Programme) -> list[Native]:
    """The cells of a programme, loaded with `known.with_relations`."""
    return [column.write(column.of(programme)) for column in headings.ALL]


def as_csv(rows: Iterable[Sequence[Native]]) -> bytes:
    """The file; without rows it holds the headings."""
    return writing.as_csv([column.heading for column in headings.ALL], rows)


def as_xlsx(rows: Iterable[Sequence[Native]]) -> bytes:
    """A workbook; without rows it is the empty template. May raise TooLong."""
    columns = [
        writing.Column(column.heading, is_number=isinstance(column, NumberColumn))
        for column in headings.ALL
    ]
    return writing.as_xlsx("Каталог", columns, rows)
