"""The paper as a Word document, to be worked on further."""

from __future__ import annotations

from collections.abc import Sequence

import docx
from docx.shared import Cm

from accreditation.exports.paper import Paper
from centar.documents import word
from centar.script import faces

# Number, topic, way of work, hours, leader; together as wide as the text.
WIDTHS = (Cm(1.3), Cm(5.6), Cm(3.6), Cm(1.5), Cm(4))


def render(paper: Paper) -> bytes:
    """The document; headings are headings, so that it has a table of contents to walk by."""
    document = word.blank(paper.title, faces.CYRILLIC)
    footer = document.sections[0].footer.paragraphs[0]
    footer.text = f"{paper.stamp}\t"
    word.add_page_number(footer)
    document.add_paragraph(paper.subtitle)
    document.add_heading(paper.title, level=1)
    for number, part in enumerate(paper.parts, start=1):
        document.add_heading(f"{number}. {part.title}", level=2)
        for label, text in part.lines:
            asked = document.add_paragraph()
            asked.add_run(label).bold = True
            # A question is never the last line of a page.
            asked.paragraph_format.keep_with_next = True
            for line in (text or "–").splitlines():
                document.add_paragraph(line)
        if part.table:
            _write(document, part.table)
    return word.content(document)


def _write(document: docx.document.Document, rows: Sequence[Sequence[str]]) -> None:
    grid = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    grid.autofit = False
    for row in rows:
        for place, text, width in zip(grid.add_row().cells, row, WIDTHS, strict=True):
            place.width = width
            place.paragraphs[0].add_run(text).bold = row is rows[0]
    word.repeat_first_row(grid)
