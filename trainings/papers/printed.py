"""A paper of tables as PDF."""

from __future__ import annotations

from django.utils.translation import gettext as _

from centar.documents import pdf
from centar.script import faces
from trainings.papers.content import Paper, Table, written

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
    return {
        "title": table.title,
        "columns": table.columns,
        "rows": [[written(cell) for cell in row] for row in table.rows],
        "total": [written(cell) for cell in table.total],
    }
