"""A paper of tables as a Word document, to be worked on further."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from centar.script import faces
from trainings.papers.content import Cell, Paper, Table, in_face, written
from trainings.papers.printed import MOST_UPRIGHT


def render(paper: Paper, face: faces.Face) -> bytes:
    """The paper in the face's language and script."""
    document = docx.Document()
    properties = document.core_properties
    properties.title = in_face(paper.title, face)
    properties.author = in_face(_("Centre for Education Kragujevac"), face)
    properties.language = face.html_lang
    if max(len(table.columns) for table in paper.tables) > MOST_UPRIGHT:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(in_face(paper.title, face), level=1)
    for name, value in paper.facts:
        paragraph = document.add_paragraph(f"{in_face(name, face)}: ")
        paragraph.add_run(in_face(value, face)).bold = True
    for table in paper.tables:
        document.add_heading(in_face(table.title, face), level=2)
        _write(document, table, face)
    if paper.signatures:
        line = "\t\t".join(f"____________________ {in_face(one, face)}" for one in paper.signatures)
        document.add_paragraph().add_run(line)
    written_file = io.BytesIO()
    document.save(written_file)
    return written_file.getvalue()


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
    # Repeated on every page, and read as headings by screen readers.
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(heading)


def _row(
    grid: docx.table.Table, cells: Sequence[Cell], face: faces.Face, *, bold: bool = False
) -> None:
    for place, cell in zip(grid.add_row().cells, cells, strict=True):
        place.paragraphs[0].add_run(in_face(written(cell), face)).bold = bold
