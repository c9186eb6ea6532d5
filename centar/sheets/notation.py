"""How values are written in a cell: texts, numbers, lists, and texts that look like formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from centar.script import numbers

_NEW_LINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What neither XML nor a person can read.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Excel and LibreOffice take a text that begins so for a formula. The apostrophe that keeps them
# from it is doubled when it was there before, so that it can be taken away again.
_LIKE_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_KEPT_FROM_FORMULA = re.compile(r"'+[=+\-@＝＋－＠]")
_ESCAPED = re.compile(r"\\([\\;,])")


def several_lines(text: str) -> str:
    """The text with plain ends of lines, without control characters and outer white space."""
    return _UNREADABLE.sub("", _NEW_LINE.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """The text in one line, white space squeezed."""
    return " ".join(several_lines(text).split())


def guarded(text: str) -> str:
    """A text for a CSV cell: an apostrophe stands before what would become a formula."""
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def guarded_in_workbook(text: str) -> str:
    """A text for an XLSX cell, which is marked as text; only its own apostrophe is kept apart."""
    return f"'{text}" if _KEPT_FROM_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text of a cell without the apostrophe of `guarded`."""
    return text[1:] if _KEPT_FROM_FORMULA.match(text) else text


def number(text: str) -> Decimal:
    """The number as Serbs write it (12.345,00), or with a decimal point (12345.00).

    A single comma is decimal, as `written_number` writes it. Raises ValueError for no number.
    """
    try:
        return numbers.read(text)
    except numbers.Unclear as unclear:
        return unclear.decimal


def written_number(value: Decimal | int) -> str:
    """The number with a decimal comma and without signs between thousands."""
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def joined(items: Iterable[str]) -> str:
    """The items in one cell, separated by semicolons; those within an item get a backslash."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", one_line(item)) for item in items)


def split(text: str, separators: str) -> list[str]:
    """The items of a cell; a new line separates too. Empty ones are left out."""
    parts = re.findall(rf"(?:\\[\\;,]|[^{separators}\n])+", several_lines(text))
    return [item for part in parts if (item := one_line(_ESCAPED.sub(r"\1", part)))]
