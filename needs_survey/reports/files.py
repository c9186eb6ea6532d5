"""The answers to a round as files: a workbook with its codebook, CSV, and syntax for SPSS."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from centar.sheets import notation
from needs_survey.queries.export import Cell, Column, Extract

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
SPS_TYPE = "application/x-spss-syntax; charset=utf-8"

# Bytes that SPSS takes.
_LONGEST_TEXT, _LONGEST_LABEL, _LONGEST_VALUE_LABEL = 32767, 255, 120
# A line of its language may have 256 bytes; a quoted text goes on in the next line after a plus.
_LONGEST_PIECE = 120


def as_csv(extract: Extract) -> bytes:
    """CSV as Serbian Excel and SPSS open it: UTF-8 with its mark, semicolons, decimal commas,
    each answer in one line and none of them a formula.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([column.name for column in extract.columns])
    writer.writerows([_plain(cell) for cell in row] for row in extract.rows)
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(extract: Extract) -> bytes:
    """A workbook: the answers, the codebook, and the words that stand in no row."""
    file = io.BytesIO()
    # A text such as „=1+1“ is never a formula, and an address never a link.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        head = book.add_format({"bold": True})
        names = [column.name for column in extract.columns]
        _write(book.add_worksheet(_("Answers")), names, extract.rows, head)
        titles = [_("Column"), _("What it says"), _("Value"), _("Meaning")]
        _write(book.add_worksheet(_("Codebook")), titles, _codebook(extract.columns), head)
        if extract.words:
            words = ([one.text, text] for one, texts in extract.words for text in texts)
            _write(book.add_worksheet(_("Words")), [_("Question"), _("Answer")], words, head)
    return file.getvalue()


def as_sps(extract: Extract, csv_name: str) -> bytes:
    """Syntax by which SPSS reads the CSV of this name and knows what its columns say."""
    columns = extract.columns
    where = _("The CSV is read from the working folder; without its star, the next line names it.")
    lines = [
        f"* {_one_line(extract.round.title)}.",
        f"* {where}",
        "* CD 'C:/'.",
        "SET UNICODE=ON.",
        # The reader's own decimal sign comes back, but not before everything is read.
        "PRESERVE.",
        "SET DECIMAL=COMMA.",
        f"GET DATA /TYPE=TXT /FILE={_quoted(csv_name)} /ENCODING='UTF8' /DELIMITERS=';'",
        "  /QUALIFIER='\"' /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=",
        *(
            f"  {column.name} {_format(column, [row[place] for row in extract.rows])}"
            for place, column in enumerate(columns)
        ),
        "  .",
        "EXECUTE.",
        "RESTORE.",
        "VARIABLE LABELS",
        *(f"  {one.name} {_quoted(one.label, _LONGEST_LABEL)}" for one in columns),
        "  .",
    ]
    for column in columns:
        if column.values:
            lines += [
                f"VALUE LABELS {column.name}",
                *(
                    f"  {value} {_quoted(label, _LONGEST_VALUE_LABEL)}"
                    for value, label in column.values.items()
                ),
                "  .",
            ]
    return "\n".join([*lines, ""]).encode("utf-8-sig")


def _format(column: Column, cells: Sequence[Cell]) -> str:
    """The format of a column, as narrow as what stands in it."""
    if column.is_text:
        widest = max([1, *(len(_plain(cell).encode()) for cell in cells)])
        return f"A{min(widest, _LONGEST_TEXT)}"
    is_whole = all(cell is None or cell == int(cell) for cell in cells)
    return "F12.0" if is_whole else "F14.2"


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return notation.guarded(notation.one_line(cell))
    return notation.written_number(Decimal(cell).normalize())


def _codebook(columns: Sequence[Column]) -> Iterator[list[Cell]]:
    for column in columns:
        if not column.values:
            yield [column.name, column.label, None, None]
        for value, label in column.values.items():
            yield [column.name, column.label, value, label]


def _write(page: Any, titles: Sequence[str], rows: Any, head: Any) -> None:
    page.freeze_panes(1, 0)
    for place, title in enumerate(titles):
        page.write_string(0, place, title, head)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(line, place, notation.guarded_in_workbook(cell))
            elif cell is not None:
                page.write_number(line, place, float(cell))


def _quoted(text: str, longest: int = _LONGEST_LABEL) -> str:
    """A text of SPSS, cut to so many bytes."""
    left = _one_line(text).encode()[:longest].decode(errors="ignore")
    pieces: list[str] = []
    while left or not pieces:
        piece = left.encode()[:_LONGEST_PIECE].decode(errors="ignore")
        left = left[len(piece) :]
        pieces.append("'" + piece.replace("'", "''") + "'")
    return " +\n    ".join(pieces)


def _one_line(text: str) -> str:
    return notation.one_line(text)
