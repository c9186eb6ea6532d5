"""Word documents: their sheet, their language, the rows that repeat."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

from centar.documents import word
from centar.script import faces


@pytest.mark.parametrize(
    ("face", "language"),
    [(faces.CYRILLIC, "sr-Cyrl-RS"), (faces.LATIN, "sr-Latn-RS"), (faces.ENGLISH, "en-GB")],
    ids=lambda given: getattr(given, "code", given),
)
def test_a_document_is_a4_and_is_spelt_in_its_own_language(face, language):
    document = docx.Document(io.BytesIO(word.content(word.blank("Програм", face))))

    section = document.sections[0]
    sides = [round(side.cm, 1) for side in (section.page_width, section.page_height)]
    assert sides == [21.0, 29.7]
    spelt = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spelt == {language}
    assert document.core_properties.title == "Програм"


def test_a_wide_paper_lies_on_its_side():
    section = word.blank("Програм", faces.CYRILLIC, landscape=True).sections[0]

    assert section.page_width > section.page_height


def test_pages_are_numbered_and_the_first_row_repeats():
    document = word.blank("Програм", faces.CYRILLIC)
    word.add_page_number(document.sections[0].footer.paragraphs[0])
    grid = document.add_table(rows=2, cols=1)
    word.repeat_first_row(grid)

    read = docx.Document(io.BytesIO(word.content(document)))

    fields = read.sections[0].footer.paragraphs[0]._p.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE"]
    rows = [len(list(row._tr.iter(qn("w:tblHeader")))) for row in read.tables[0].rows]
    assert rows == [1, 0]
