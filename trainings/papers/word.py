"""A paper of tables as a Word document, to be worked on further."""

from __future__ import annotations

from collections.abc import Sequence

import docx
from django.utils.translation import gettext as _

from centar.documents import word
from centar.script import faces
from trainings.papers.content import Cell, Paper, Table, in_face, written
from trainings.papers.printed import MOST_UPRIGHT


def render(paper: Paper, face: faces.Face) -> bytes:
    """The paper in the face's language and script."""
    columns = max(len(table.columns) for table in paper.tables)
    title = in_face(paper.title, face)
    document = word.blank(title, face, landscape=columns > MOST_UPRIGHT)
    document.add_heading(title, level=1)
    for name, value in paper.facts:
        paragraph = document.add_paragraph(f"{in_face(name, face)}: ")
        paragraph.add_run(in_face(value, face)).bold = True
    for table in paper.tables:
        document.add_heading(in_face(table.title, face), level=2)
        _write(document, table, face)
    if paper.signatures:
        line = "\t\t".join(f"____________________ {in_face(one, face)}" for one in paper.signatures)
        document.add_paragraph().add_run(line)
    return word.content(document)


def _write(document: docx.document.Document, table: Table, face: faces.Face) -> None:
    if not table.rows:
        document.add_paragraph(in_face(_("Nothing is entered."), face))
        return
    grid = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    _row(grid, table.columns, face, bold=True)
    for row in table.rows:
        _row(grid, row, face)
    if table.total:
        _row(grid, table.total, face, bold=True)
    word.repeat_first_row(grid)


def _row(
    grid: docx.table.Table, cells: Sequence[Cell], face: faces.Face, *, bold: bool = False
) -> None:
    for place, cell in zip(grid.add_row().cells, cells, strict=True):
        place.paragraphs[0].add_run(in_face(written(cell), face)).bold = bold
