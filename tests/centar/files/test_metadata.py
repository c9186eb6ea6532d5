"""Files without what tells who made them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pymupdf
import pytest
from django.utils import translation

from centar.files import kinds, metadata
from centar.files.metadata import Unclean
from tests.factories import files

NAME = "Милица Петровић"
PDF, DOCX = kinds.PDF.mime_type, kinds.DOCX.mime_type


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("План рада")
    document.core_properties.author = NAME
    document.core_properties.last_modified_by = NAME
    document.core_properties.title = f"План {NAME}"
    paragraph = document.add_paragraph("Са напоменом")
    document.add_comment(paragraph.runs, text="Проверити", author=NAME, initials="МП")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pdf_file(**further: str) -> bytes:
    paper = pymupdf.open()
    page = paper.new_page()
    page.insert_text((72, 72), "Plan rada")
    note = page.add_text_annot((100, 100), "Proveriti")
    note.set_info(title="Milica Petrovic")
    note.update()
    paper.set_metadata({"author": NAME, "title": f"План {NAME}", **further})
    paper.set_xml_metadata("<x:xmpmeta xmlns:x='adobe:ns:meta/'>Milica Petrovic</x:xmpmeta>")
    return bytes(paper.tobytes())


def parts_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())


def test_the_name_is_in_the_files_as_they_come() -> None:
    assert NAME in parts_of(word_file())
    assert any(NAME in text for text in metadata.texts(pdf_file(), PDF))
    assert any("xmpmeta" in text for text in metadata.texts(pdf_file(), PDF))


def test_a_word_file_loses_its_authors_and_keeps_its_words() -> None:
    clean = metadata.stripped(word_file(), DOCX)

    assert NAME not in parts_of(clean)
    assert "МП" not in parts_of(clean)
    read = docx.Document(io.BytesIO(clean))
    assert [paragraph.text for paragraph in read.paragraphs] == ["План рада", "Са напоменом"]
    assert read.core_properties.author == ""


def test_dates_of_parts_are_gone() -> None:
    with zipfile.ZipFile(io.BytesIO(metadata.stripped(word_file(), DOCX))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_pdf_loses_its_authors_and_keeps_its_pages() -> None:
    clean = metadata.stripped(pdf_file(), PDF)

    read = pymupdf.open(stream=clean)
    assert read[0].get_text().strip() == "Plan rada"
    assert (read.metadata["author"], read.metadata["title"]) == ("", "")
    assert read.get_xml_metadata() == ""
    assert [note.info["title"] for note in read[0].annots()] == [""]
    assert b"xmpmeta" not in clean
    assert b"Petrovic" not in clean


def test_earlier_revisions_of_a_pdf_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf_file())
    paper = pymupdf.open(path)
    paper.set_metadata({"author": "Неко други"})
    paper.saveIncr()
    both = path.read_bytes()
    utf16 = NAME.encode("utf-16-be").hex().encode()

    assert utf16 in both.lower()
    assert utf16 not in metadata.stripped(both, PDF).lower()


def test_a_pdf_with_files_inside_is_refused() -> None:
    paper = pymupdf.open(stream=pdf_file())
    paper.embfile_add("cv.txt", b"Milica Petrovic")

    with pytest.raises(Unclean, match="other files inside"):
        metadata.stripped(bytes(paper.tobytes()), PDF)


def test_a_locked_pdf_is_refused() -> None:
    paper = pymupdf.open(stream=pdf_file())
    locked = paper.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="тајна", owner_pw="x")

    with pytest.raises(Unclean, match="password"):
        metadata.stripped(bytes(locked), PDF)


def test_a_damaged_pdf_is_refused() -> None:
    with pytest.raises(Unclean, match="damaged"):
        metadata.stripped(b"%PDF-1.7\nnothing\n%%EOF\n", PDF)


def test_a_word_file_with_a_workbook_inside_is_refused() -> None:
    with_more = files.office(kinds.DOCX, **{"word/embeddings/Sheet1.xlsx": b"PK"})

    with pytest.raises(Unclean, match="other files inside"):
        metadata.stripped(with_more, DOCX)


def test_pictures_in_a_word_file_lose_what_the_camera_wrote() -> None:
    with_picture = files.office(kinds.DOCX, **{"word/media/image1.jpeg": files.picture(exif=True)})

    clean = metadata.stripped(with_picture, DOCX)

    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        assert b"Tajna fabrika" not in archive.read("word/media/image1.jpeg")


def test_a_damaged_word_file_is_refused() -> None:
    with pytest.raises(Unclean, match="damaged"):
        metadata.stripped(b"PK\x03\x04 nothing", DOCX)


def test_words_of_a_word_file_are_read_across_their_tags() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Петро")
    paragraph.add_run("вић").bold = True
    written = io.BytesIO()
    document.save(written)

    assert any("Петровић" in text for text in metadata.texts(written.getvalue(), DOCX))
