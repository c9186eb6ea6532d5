"""A paper of tables as PDF."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from centar.documents import pdf
from centar.script import faces
from trainings.papers.content import Cell, Paper, Table, written

# The width of a column of texts, in signs; longer ones are broken into lines.
NARROWEST, WIDEST = 8, 40
# More columns than these do not fit on an upright page.
MOST_UPRIGHT = 5


def render(paper: Paper, face: faces.Face) -> bytes:
    """The paper in the face's language and script."""
    widest = max(len(table.columns) for table in paper.tables)
    data = {
        "centre": _("Centre for Education Kragujevac"),
        "title": paper.title,
        "facts": [list(fact) for fact in paper.facts],
        "tables": [_table(table) for table in paper.tables],
        "signatures": paper.signatures,
        "nothing": _("Nothing is entered."),
        "landscape": widest > MOST_UPRIGHT,
    }
    return pdf.render("tables", data, face=face)


def _table(table: Table) -> dict[str, object]:
    columns = list(zip(*table.rows, strict=True))
    return {
        "title": table.title,
        "columns": table.columns,
        # Texts share the width of the page by their length; numbers and days take what they need.
        "widths": [_width(cells) for cells in columns],
        "numbers": [all(isinstance(cell, Decimal) for cell in cells) for cells in columns],
        "rows": [[written(cell) for cell in row] for row in table.rows],
        "total": [written(cell) for cell in table.total],
    }


def _width(cells: Iterable[Cell]) -> int:
    """The share of the width; 0 for a column of numbers or days."""
    longest = max((len(cell) if isinstance(cell, str) else 0 for cell in cells), default=0)
    return min(max(longest, NARROWEST), WIDEST) if longest else 0
