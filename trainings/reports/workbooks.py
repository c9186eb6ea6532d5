"""Workbooks of Excel: a heading, facts, and a table; texts stay texts, whatever they begin with."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from centar.script import faces
from centar.script.latin import to_latin

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | date | None
"""A day is one for Excel too, so that it can be sorted and counted by."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; `columns` are the headings with their widths in characters."""

    name: str
    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]
    facts: Sequence[tuple[str, Cell]] = field(default=())


def written(sheets: Sequence[Sheet], face: faces.Face) -> bytes:
    """The workbook in the script of the face."""
    file = io.BytesIO()
    # A name such as „=1+1“ is never a formula, and an address never a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        looks = _looks(book)
        for sheet in sheets:
            _write(book.add_worksheet(_in_script(sheet.name, face)), sheet, face, looks)
    return file.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    line = {"border": 1, "border_color": "#8a958f", "valign": "top"}
    value = {"align": "left", "valign": "top"}
    day = {"align": "left", "num_format": r"d.m.yyyy\."}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "fact": book.add_format({"bold": True, "valign": "top"}),
        "value": book.add_format(value),
        "value_day": book.add_format({**value, **day}),
        "head": book.add_format({**line, "bold": True, "bg_color": "#e2eee5", "text_wrap": True}),
        "cell": book.add_format({**line, "text_wrap": True}),
        "cell_day": book.add_format({**line, **day}),
    }


def _write(page: Any, sheet: Sheet, face: faces.Face, looks: dict[str, Any]) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, _in_script(sheet.title, face), looks["title"])
    for row, (name, value) in enumerate(sheet.facts, start=2):
        page.write_string(row, 0, _in_script(name, face), looks["fact"])
        _cell(page, row, 1, value, face, looks, "value")
    top = len(sheet.facts) + 3
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(top, column, _in_script(name, face), looks["head"])
    page.repeat_rows(top)
    for row, cells in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(cells):
            _cell(page, row, column, value, face, looks, "cell")


def _cell(
    page: Any,
    row: int,
    column: int,
    value: Cell,
    face: faces.Face,
    looks: dict[str, Any],
    look: str,
) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, looks[look])
    elif isinstance(value, str):
        page.write_string(row, column, _in_script(value, face), looks[look])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, looks[f"{look}_day"])
    else:
        page.write_number(row, column, float(value), looks[look])


def _in_script(text: str, face: faces.Face) -> str:
    return to_latin(text) if face.is_latin else text
