"""XLSX files: the cells of the first sheet, as plain texts."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.sheets import notation

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"
MOST_COLUMNS = 100
# 5,000 full rows take about 10 MB; a file that unpacks to more is a mistake or an attack.
UNPACKED_BYTES_A_ROW = 4 * 1024
# Empty rows cost time too: a sheet may claim a million of them.
LINES_A_ROW = 20
ERROR = object()
_ESCAPED = re.compile("_x(005F|000[9ADad])_")

Record = list[tuple[str, str]]


def read(data: bytes, *, most_rows: int) -> list[Record]:
    """The records of the first sheet: each cell as its text and the sentence of its problem.

    Formulas are read by their results. Raises ValidationError with a sentence.
    """
    _check_archive(data, most_rows * UNPACKED_BYTES_A_ROW)
    try:
        values = list(_values(data, most_rows, data_only=True))
        formulas = (
            list(_values(data, most_rows, data_only=False)) if _has_formulas(data) else values
        )
    except ValidationError:
        raise
    except Exception:
        # A broken file makes the library raise whatever it was just about to stumble on.
        raise ValidationError(_broken()) from None
    return [
        [_cell(value, formula) for value, formula in zip_longest(row, written)]
        for row, written in zip_longest(values, formulas, fillvalue=())
    ]


def _check_archive(data: bytes, most_bytes: int) -> None:
    if data.startswith(OLD_EXCEL):
        raise ValidationError(
            _("This is an old or a protected Excel file. Save it as XLSX without a password.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ValidationError(_broken()) from None
    if not any(entry.filename.startswith("xl/workbook") for entry in entries):
        raise ValidationError(_("This is no Excel workbook. Save it as XLSX, or as CSV in UTF-8."))
    # More than is declared here is never unpacked: zipfile stops there.
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise ValidationError(_("This file unpacks to far too much. Delete what is not needed."))


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ >/]", archive.read(name)) for name in sheets)


def _values(data: bytes, most_rows: int, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
    try:
        sheet = book.worksheets[0]
        # What the file says about its own size is often wrong.
        sheet.reset_dimensions()
        filled = 0
        for line, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
            cells = _without_empty_end(
                tuple(ERROR if cell.data_type == "e" else cell.value for cell in row)
            )
            filled += bool(cells)
            if filled > most_rows + 1 or line > most_rows * LINES_A_ROW:
                raise ValidationError(too_many_rows(most_rows))
            yield cells
    finally:
        book.close()


def _without_empty_end(row: tuple[Any, ...]) -> tuple[Any, ...]:
    filled = len(row)
    while filled and row[filled - 1] is None:
        filled -= 1
    return row[:filled]


def _cell(value: Any, formula: Any) -> tuple[str, str]:
    if value is None:
        if formula is None:
            return "", ""
        return "", _("The formula has no result. Open the file in Excel and save it again.")
    if isinstance(value, bool | date | time | timedelta):
        return str(value), _("Excel took this for a date or a truth value. Type it as text.")
    if isinstance(value, int | float):
        return _number(value)
    if value is ERROR:
        return "", _("The formula in this cell gives an error.")
    text = str(value)
    return notation.unguarded(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)), ""


def _number(value: int | float) -> tuple[str, str]:
    if not math.isfinite(value):
        return str(value), _("The formula in this cell gives an error.")
    # Excel shows 15 digits; the rest is the noise of binary fractions.
    exact = Decimal(value if isinstance(value, int) else f"{value:.15g}")
    whole = exact.to_integral_value()
    return notation.written_number(int(whole) if exact == whole else exact), ""


def too_many_rows(most: int) -> str:
    """The sentence for a file with more rows than are read at once."""
    return _("The file has more than %(most)d rows. Divide it into several files.") % {"most": most}


def _broken() -> str:
    return _("This file is broken, or it is no Excel workbook though its name says so.")
