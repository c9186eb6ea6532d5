"""The paper as a Word document, to be worked on further."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from django.utils.translation import gettext as _
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from accreditation.exports.paper import Paper
from centar.script import faces


def render(paper: Paper) -> bytes:
    """The document; headings are headings, so that it has a table of contents to walk by."""
    document = docx.Document()
    properties = document.core_properties
    properties.title = paper.title
    properties.author = _("Centre for Education Kragujevac")
    properties.language = faces.CYRILLIC.html_lang
    document.sections[0].footer.paragraphs[0].text = paper.stamp
    document.add_paragraph(paper.subtitle)
    document.add_heading(paper.title, level=1)
    for number, part in enumerate(paper.parts, start=1):
        document.add_heading(f"{number}. {part.title}", level=2)
        for label, text in part.lines:
            document.add_paragraph().add_run(label).bold = True
            for line in (text or "–").splitlines():
                document.add_paragraph(line)
        if part.table:
            _write(document, part.table)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _write(document: docx.document.Document, rows: Sequence[Sequence[str]]) -> None:
    grid = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for place, text in zip(grid.add_row().cells, row, strict=True):
            place.paragraphs[0].add_run(text).bold = row is rows[0]
    # Repeated on every page, and read as headings by screen readers.
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(heading)
