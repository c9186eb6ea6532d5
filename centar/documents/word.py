"""Word documents, for papers that are worked on further."""

from __future__ import annotations

import io

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from centar.script import faces
from centar.script.latin import to_latin

# A4, as institutions in Serbia print; the library's own sheet is the American one.
SHORT_SIDE, LONG_SIDE, MARGIN = Cm(21), Cm(29.7), Cm(2.5)
LANGUAGES = {"sr-Cyrl": "sr-Cyrl-RS", "sr-Latn": "sr-Latn-RS", "en": "en-GB"}
"""What Word calls the languages of the faces; it spells by them."""


def blank(title: str, face: faces.Face, *, landscape: bool = False) -> docx.document.Document:
    """A document with this title and nothing in it, in the language and script of the face."""
    document = docx.Document()
    properties = document.core_properties
    properties.title = title
    properties.author = _in_face(_("Centre for Education Kragujevac"), face)
    properties.language = face.html_lang
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGES[face.html_lang])
    section = document.sections[0]
    section.page_width, section.page_height = SHORT_SIDE, LONG_SIDE
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = LONG_SIDE, SHORT_SIDE
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    return document


def repeat_first_row(grid: docx.table.Table) -> None:
    """Let the first row stand on every page, where screen readers read it as headings."""
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(heading)


def add_page_number(paragraph: Paragraph) -> None:
    """Put the number of the page behind what the paragraph of a header or footer says."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)


def content(document: docx.document.Document) -> bytes:
    """The file."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _in_face(text: str, face: faces.Face) -> str:
    return to_latin(text) if face.is_latin else text
