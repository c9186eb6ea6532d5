"""Rows of a spreadsheet as people paste them: with or without headings, in any order.

Nothing is judged here: what comes out is text, each piece under the name of its column.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from centar.events.applications import words
from centar.script.folding import fold

LONGEST_PASTE = 20_000
"""Characters that a paste may have: some two hundred people."""

MOST_ROWS = 200

_DATE = re.compile(r"\d{1,2}[\s.,/-]+\d{1,2}[\s.,/-]+\d{4}\.?|\d{4}-\d{1,2}-\d{1,2}")
_HEADINGS = {
    "first_name": ("ime", "ime zaposlenog", "first name", "name"),
    "last_name": ("prezime", "prezime zaposlenog", "surname", "last name"),
    "full_name": ("ime i prezime", "zaposleni", "nastavnik", "ucesnik", "full name"),
    "reversed_name": ("prezime i ime",),
    "email": ("e-mail", "email", "mejl", "imejl", "e-posta", "eposta", "e-mail adresa", "adresa"),
    "post": ("radno mesto", "posao", "zvanje", "zanimanje", "funkcija", "post"),
    "subject": ("predmet", "subject", "strucna oblast", "oblast"),
    "birth_date": ("datum rodjenja", "rodjen", "rodjena", "datum rodj.", "date of birth"),
    "birth_place": ("mesto rodjenja", "mesto", "mesto rodj.", "place of birth"),
}
_COLUMN_OF = {heading: column for column, several in _HEADINGS.items() for heading in several}
_IN_ORDER = ("first_name", "last_name", "subject", "birth_place")


@dataclass(frozen=True)
class Row:
    """One person as typed; every piece is text, empty where nothing was written."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    post: str = ""
    subject: str = ""
    birth_date: str = ""
    birth_place: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was written."""
        return not any(vars(self).values())


def read(text: str, subjects: Collection[str] = ()) -> list[Row]:
    """The people in pasted text, at most MOST_ROWS of them.

    Cells are parted by tabs, else by semicolons, else by commas. `subjects` are the folded names
    by which a column without a heading is known to hold subjects.
    """
    lines = [line for line in text.replace("\0", "").splitlines() if line.strip()]
    cells = [[" ".join(cell.split()) for cell in line] for line in _cells(lines)]
    cells = [line for line in cells if any(line)]
    if not cells:
        return []
    columns = _headings(cells[0])
    if columns:
        cells = cells[1:]
    else:
        columns = _guessed(cells, subjects)
    rows = [_row(columns, line) for line in cells[:MOST_ROWS]]
    return [row for row in rows if not row.is_empty]


def _cells(lines: Sequence[str]) -> list[list[str]]:
    delimiter = next((mark for mark in "\t;" if any(mark in line for line in lines)), ",")
    return [
        cells
        for line in lines
        # No line is part of another: a lost quotation mark must not swallow the rest.
        for cells in csv.reader([line], delimiter=delimiter)
    ]


def _headings(line: Sequence[str]) -> list[str] | None:
    """The columns that a line of headings names; None when it is no such line."""
    columns = [_COLUMN_OF.get(fold(cell).rstrip(":"), "") for cell in line]
    known = [column for column in columns if column]
    is_heading = len(known) >= 2 or (len(known) == 1 and len(line) == 1)
    return columns if is_heading and len(set(known)) == len(known) else None


def _guessed(cells: Sequence[Sequence[str]], subjects: Collection[str]) -> list[str]:
    """What each column holds, by what most of its cells look like; names in their usual order."""
    width = max(len(line) for line in cells)
    if width == 1:
        return ["full_name"]
    columns = [""] * width
    tests: dict[str, Callable[[str], bool]] = {
        "email": lambda cell: "@" in cell,
        "birth_date": lambda cell: _DATE.fullmatch(cell) is not None,
        "post": lambda cell: words.post_of(cell) is not None,
        "subject": lambda cell: fold(cell) in subjects,
    }
    for number in range(width):
        filled = [line[number] for line in cells if number < len(line) and line[number]]
        for column, looks_like in tests.items():
            if column in columns or not filled:
                continue
            if 2 * sum(looks_like(cell) for cell in filled) > len(filled):
                columns[number] = column
                break
    rest = iter([column for column in _IN_ORDER if column not in columns])
    return [column or next(rest, "") for column in columns]


def _row(columns: Sequence[str], line: Sequence[str]) -> Row:
    said = {column: cell for column, cell in zip(columns, line, strict=False) if column}
    for column, backwards in (("full_name", False), ("reversed_name", True)):
        name = said.pop(column, "")
        if name:
            said["first_name"], said["last_name"] = _parted(name, backwards=backwards)
    return Row(**said)


def _parted(name: str, *, backwards: bool) -> tuple[str, str]:
    first, _, rest = name.partition(" ")
    return (rest, first) if backwards else (first, rest)
