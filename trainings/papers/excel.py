"""A paper of tables as an Excel workbook. Texts are texts: nothing typed is run as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from centar.script import faces
from trainings.papers.content import Cell, Paper, in_face

_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = (40, 22, 18, 18)


def render(paper: Paper, face: faces.Face) -> bytes:
    """The paper in the face's language and script: hours are numbers, days are days."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _SAFE) as workbook:
        workbook.set_properties({"title": in_face(paper.title, face)})
        sheet = workbook.add_worksheet()
        plain, bold = workbook.add_format(), workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "dd.mm.yyyy.", "align": "left"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, in_face(paper.title, face), bold)
        line = 1
        for fact in paper.facts:
            line = _row(sheet, line, fact, face, plain, day)
        for table in paper.tables:
            line = _row(sheet, line + 1, [table.title], face, bold, day)
            line = _row(sheet, line, table.columns, face, bold, day)
            for row in table.rows:
                line = _row(sheet, line, row, face, plain, day)
            if table.total:
                line = _row(sheet, line, table.total, face, bold, day)
    return written.getvalue()


def _row(
    sheet: Worksheet, line: int, cells: Sequence[Cell], face: faces.Face, look: Format, day: Format
) -> int:
    """Write one row; gives the number of the next."""
    for column, cell in enumerate(cells):
        if isinstance(cell, Decimal):
            sheet.write_number(line, column, float(cell), look)
        elif isinstance(cell, date):
            sheet.write_datetime(line, column, datetime.combine(cell, time()), day)
        else:
            sheet.write_string(line, column, in_face(cell, face), look)
    return line + 1
