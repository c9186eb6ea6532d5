"""Tables as XLSX and CSV, and no formula in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from centar.sheets import notation

Native = str | int | Decimal
"""What a cell is given: Excel reckons with numbers."""
LONGEST_CELL = 32_767
"""Characters that an XLSX cell can hold."""
_TEXT_FORMAT = "@"
_WIDE = 40
_NARROW = 16
# Excel would read _x0041_ in a text as the letter A.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class TooLong(ValueError):
    """A text does not fit into a cell; `str()` is the sentence for the person."""


@dataclass(frozen=True)
class Column:
    """A column of a workbook."""

    heading: str
    is_number: bool = False


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Native]]) -> bytes:
    """CSV as Serbian Excel opens it: UTF-8 with its mark, semicolons, decimal commas."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    for cells in rows:
        writer.writerow(
            notation.guarded(cell) if isinstance(cell, str) else notation.written_number(cell)
            for cell in cells
        )
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Native]]) -> bytes:
    """A workbook with one sheet of this title. May raise TooLong."""
    # Before the file is begun, which cannot be left half written.
    checked = [[_for_workbook(cell) for cell in cells] for cells in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _NARROW if column.is_number else _WIDE
        if not column.is_number:
            # Otherwise Excel makes a date of the number 5-12.
            sheet.column_dimensions[letter].number_format = _TEXT_FORMAT
    sheet.freeze_panes = "A2"
    heads = [_text_cell(sheet, column.heading) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for cells in checked:
        sheet.append([_text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in cells])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _for_workbook(cell: Native) -> Native:
    if not isinstance(cell, str):
        return cell
    text = _LOOKS_ESCAPED.sub("_x005F_", notation.guarded_in_workbook(cell))
    if len(text) > LONGEST_CELL:
        raise TooLong(
            _("“%(text)s…” is too long for a cell of Excel. Export to CSV.") % {"text": text[:60]}
        )
    return text


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    # Whatever it begins with; the second keeps it so when it is edited in Excel.
    cell.data_type = "s"
    cell.quotePrefix = notation.guarded(text) != text
    cell.number_format = _TEXT_FORMAT
    return cell
