"""Files of every kind, and everything that only calls itself a spreadsheet."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.sheets import workbooks
from tests.trainings.catalogue_files.conftest import as_csv, as_xlsx, file_errors, saved
from trainings.catalogue_files import reading, sheets

ROW = {
    "циклус": "2025/26",
    "каталошки број": "12",
    "назив": "Ђачки парламент и „права“ – шта, како и зашто",
    "циљеви": "Оспособљавање наставника за рад са ученицима; први ред\nдруги ред",
}
LATIN = {
    "Ciklus": "2025/26",
    "Kataloški broj": "12",
    "Naziv": "Đački parlament i „prava“ – šta, kako i zašto",
    "Ciljevi": "Osposobljavanje nastavnika za rad sa učenicima; prvi red\ndrugi red",
}


def read(data, name="katalog.csv"):
    return reading.read(name, data)


def refusal(data, name="katalog.csv"):
    with pytest.raises(ValidationError) as refused:
        read(data, name)
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_csv_is_read_in_any_usual_encoding_and_separator(delimiter, encoding):
    sheet = read(as_csv([ROW], delimiter=delimiter, encoding=encoding))
    assert sheet.headings == tuple(ROW)
    assert sheet.rows == (sheets.Row(2, tuple(ROW.values())),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_latin_csv_is_not_taken_for_cyrillic(delimiter, encoding):
    sheet = read(as_csv([LATIN], delimiter=delimiter, encoding=encoding))
    assert sheet.rows[0].cells == tuple(LATIN.values())


def test_cyrillic_texts_under_plain_headings_are_cyrillic():
    headings = {"ciklus": "2025/26", "kataloski broj": "", "naziv": "Школа", "note": "in English"}
    assert read(as_csv([headings], encoding="cp1251")).rows[0].cells[2] == "Школа"


def test_rows_are_numbered_as_in_the_spreadsheet():
    text = 'sep=;\r\n\r\nциклус;каталошки број;назив\r\n;1;"А\nБ"\r\n;;\r\n\r\n;2;В\r\n'
    assert [row.line for row in read(text.encode()).rows] == [3, 6]


def test_an_unclosed_quotation_mark_is_named_by_its_line():
    text = 'циклус;каталошки број;назив\n;1;А\n;2;"Б\n;3;В\n'
    sentence = _("Line %(line)d of the file cannot be read. Check its quotation marks.")
    assert refusal(text.encode()) == sentence % {"line": 4}


def test_a_workbook_is_read_as_plain_texts():
    book = openpyxl.Workbook()
    book.active.append(["циклус", "каталошки број", "назив", "часова", "бодова", "котизација"])
    book.active.append(["2025/26", 12, "Један", 8.0, 8.5, 12.345])
    book.active.append([None])
    book.active.append(["2025/26", "К-1", " Два ", None, 0.1 + 0.2, 12345678])
    sheet = read(saved(book), "katalog.xlsx")
    assert sheet.rows == (
        sheets.Row(2, ("2025/26", "12", "Један", "8", "8,5", "12,345")),
        sheets.Row(4, ("2025/26", "К-1", " Два ", "", "0,3", "12345678")),
    )


def test_a_workbook_is_known_by_its_content_not_by_its_name():
    assert read(as_xlsx([ROW]), "katalog.csv").headings == tuple(ROW)


def test_only_the_first_sheet_counts():
    book = openpyxl.Workbook()
    book.active.append(["циклус", "каталошки број", "назив"])
    book.active.append(["", "1", "А"])
    book.create_sheet("друго").append(["нешто"])
    assert len(read(saved(book), "a.xlsx").rows) == 1


def with_parts(data, **changed):
    """The workbook with some of its parts rewritten."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            short = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, changed[short](part) if short in changed else part)
    return buffer.getvalue()


def test_formulas_are_read_by_their_results():
    book = openpyxl.Workbook()
    book.active.append(["циклус", "каталошки број", "назив", "часова"])
    book.active.append(["", "1", "А", "=4+4"])
    computed = with_parts(
        saved(book), sheet1=lambda part: part.replace(b"</f><v />", b"</f><v>8</v>")
    )
    assert read(computed, "a.xlsx").rows[0].cells[3] == "8"


def test_a_formula_without_a_result_is_named():
    book = openpyxl.Workbook()
    book.active.append(["циклус", "каталошки број", "назив", "часова"])
    book.active.append(["", "1", "А", "=4+4"])
    sheet = read(saved(book), "a.xlsx")
    assert sheet.problems == {
        (2, 3): _("The formula has no result. Open the file in Excel and save it again.")
    }


def test_dates_truth_values_and_errors_are_named():
    book = openpyxl.Workbook()
    book.active.append(["циклус", "каталошки број", "назив", "часова"])
    book.active.append(["", date(2026, 5, 12), True, "#REF!"])
    sheet = read(saved(book), "a.xlsx")
    no_text = _("Excel took this for a date or a truth value. Type it as text.")
    assert sheet.problems == {
        (2, 1): no_text,
        (2, 2): no_text,
        (2, 3): _("The formula in this cell gives an error."),
    }


def test_a_missing_column_is_one_sentence(upload):
    data = as_csv([{"назив": "А", "напомена": "Б"}])
    assert file_errors(upload(data)) == [
        _("The first row must hold the headings; these are missing: %(missing)s.")
        % {"missing": "циклус, каталошки број"}
    ]


def test_a_doubled_column_is_refused():
    data = as_csv([ROW], headings=[*ROW, "Naziv"])
    assert refusal(data) == (
        _("The column “%(heading)s” stands there twice.") % {"heading": "назив"}
    )


BROKEN = "This file is broken, or it is no Excel workbook though its name says so."
NO_TEXT = "This is no spreadsheet. Save it as XLSX, or as CSV in UTF-8."


def archive(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", b"", "The submitted file is empty."),
        ("a.csv", b"\r\n \r\n;;\r\n", "The file is empty."),
        ("a.csv", as_csv([], headings=list(ROW)), "The file has headings, but no rows below them."),
        ("a.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", BROKEN),
        ("a.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", NO_TEXT),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", NO_TEXT),
        ("a.csv", b"MZ\x90\x00\x03\x00\x00\x00\x04", NO_TEXT),
        ("a.xlsx", as_xlsx([ROW])[:2000], BROKEN),
        ("a.xlsx", archive(**{"xl/workbook.xml": "<x"}), BROKEN),
        (
            "a.docx",
            archive(**{"word/document.xml": "<x/>"}),
            "This is no Excel workbook. Save it as XLSX, or as CSV in UTF-8.",
        ),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
            "This is an old or a protected Excel file. Save it as XLSX without a password.",
        ),
        (
            "a.csv",
            as_csv([ROW]) + b"x" * reading.MOST_BYTES,
            "The file is larger than 2 MB. Save it as XLSX, or divide it.",
        ),
    ],
)
def test_what_cannot_be_read_is_a_sentence_beside_the_field(upload, name, data, sentence):
    assert file_errors(upload(data, name=name)) == [_(sentence)]


TOO_MANY = _("The file has more than %(most)d rows. Divide it into several files.") % {"most": 5000}


def test_too_many_rows_are_refused():
    rows = [{"циклус": "", "каталошки број": str(i), "назив": "А"} for i in range(5001)]
    assert refusal(as_csv(rows)) == TOO_MANY
    assert refusal(as_xlsx(rows), "a.xlsx") == TOO_MANY
    assert len(read(as_csv(rows[:5000])).rows) == 5000


def test_a_sheet_of_a_million_empty_rows_is_refused_soon():
    def far_away(part):
        return part.replace(
            b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        )

    assert refusal(with_parts(as_xlsx([ROW]), sheet1=far_away), "a.xlsx") == TOO_MANY


def test_a_workbook_that_unpacks_to_too_much_is_not_opened():
    bomb = io.BytesIO(as_xlsx([ROW]))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/media/big.bin", bytes(sheets.MOST_ROWS * workbooks.UNPACKED_BYTES_A_ROW)
        )
    assert len(bomb.getvalue()) < reading.MOST_BYTES
    assert refusal(bomb.getvalue(), "a.xlsx") == _(
        "This file unpacks to far too much. Delete what is not needed."
    )


def test_entities_that_multiply_are_not_followed():
    def laughing(part):
        levels = "".join(
            f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ха">'
            for n in range(10)
        )
        text = part.decode()
        head, rest = text.partition("<worksheet")[0], text.partition("<worksheet")[2]
        rest = rest.replace("<sheetData>", "<sheetData>&l9;", 1)
        return f"{head}<!DOCTYPE x [{levels}]><worksheet{rest}".encode()

    assert refusal(with_parts(as_xlsx([ROW]), sheet1=laughing), "a.xlsx") == _(BROKEN)


def test_texts_repeated_without_end_are_refused():
    rows = [{"циклус": "", "каталошки број": str(i), "назив": "А" * 30_000} for i in range(200)]
    assert refusal(as_xlsx(rows), "a.xlsx") == _(
        "The file holds too much text. Divide it into several files."
    )


def test_a_sheet_is_the_same_after_travelling_with_the_page():
    sheet = read(as_csv([ROW]))
    assert sheets.Sheet.unpacked(sheet.packed()) == sheet
