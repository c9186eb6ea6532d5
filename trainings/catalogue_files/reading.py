"""An uploaded file, whatever its name says, as a sheet."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.sheets import delimited, workbooks
from trainings.catalogue_files import headings
from trainings.catalogue_files.sheets import MOST_CHARACTERS, MOST_ROWS, Row, Sheet

MOST_BYTES = 2 * 1024 * 1024


def read(name: str, data: bytes) -> Sheet:
    """The sheet, its headings checked. Raises ValidationError with a sentence for the person."""
    records: list[workbooks.Record]
    if data.startswith((workbooks.ZIP, workbooks.OLD_EXCEL)) or name.lower().endswith(".xlsx"):
        records = workbooks.read(data, most_rows=MOST_ROWS)
    else:
        records = [
            [(cell, "") for cell in record] for record in delimited.read(data, headings.recognised)
        ]
    filled = [
        (line, record)
        for line, record in enumerate(records, 1)
        if any(text.strip() or problem for text, problem in record)
    ]
    if not filled:
        raise ValidationError(_("The file is empty."))
    (_line, first), *rows = filled
    _check_size(rows)
    sheet = Sheet(
        name=name,
        headings=_without_empty_end(first),
        rows=tuple(Row(line, _without_empty_end(record)) for line, record in rows),
        problems={
            (line, place): problem
            for line, record in rows
            for place, (_text, problem) in enumerate(record)
            if problem
        },
    )
    headings.arrange(sheet.headings)
    return sheet


def _check_size(rows: list[tuple[int, workbooks.Record]]) -> None:
    if not rows:
        raise ValidationError(_("The file has headings, but no rows below them."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(workbooks.too_many_rows(MOST_ROWS))
    if sum(len(text) for _line, record in rows for text, _problem in record) > MOST_CHARACTERS:
        raise ValidationError(_("The file holds too much text. Divide it into several files."))


def _without_empty_end(record: workbooks.Record) -> tuple[str, ...]:
    cells = [text for text, _problem in record]
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)
