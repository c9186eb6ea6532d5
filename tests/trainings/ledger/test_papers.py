"""The yearly report, the plan and the school's overview, read back from their files."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import docx
import openpyxl
import pymupdf
import pytest
from django.test import Client

from tests import office
from tests.factories.ledger import (
    InHouseFactory,
    LedgerEntryFactory,
    PlannedActivityFactory,
    TargetFactory,
)
from tests.factories.people import AdministratorFactory, PersonFactory
from trainings.models import PlannedActivity

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://example.org","x")'


def pdf_text(response):
    with pymupdf.open(stream=response.content) as paper:
        return " ".join(" ".join(page.get_text().split()) for page in paper)


def word_text(response):
    document = docx.Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def excel_rows(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    return [row for row in rows if row]


@pytest.fixture
def year(staffroom):
    person = staffroom.teacher
    LedgerEntryFactory(
        person=person, title="Настава кроз игру", number="376", competences=["K1", "K2"]
    )
    InHouseFactory(
        person=person,
        title=FORMULA,
        activity="Угледни час",
        part="водитељ",
        earned_on=date(2026, 10, 5),
        hours=Decimal("1.5"),
    )
    InHouseFactory(person=person, state="pending", title="Још није потврђено")
    LedgerEntryFactory(person=person, earned_on=date(2025, 10, 5), title="Лањски програм")
    return staffroom


def test_the_report_has_the_columns_of_schools_as_a_workbook(year):
    response = year.desk(year.teacher).get("/moji-bodovi/izvestaj.xlsx")

    assert response["Content-Disposition"] == 'attachment; filename="izvestaj-2026-2027.xlsx"'
    assert excel_rows(response) == [
        ["Извештај о стручном усавршавању"],
        ["Име и презиме", "Милица Јовановић"],
        ["Установа", str(year.school)],
        ["Школска година", "2026/2027"],
        ["Ван установе"],
        ["Назив програма или скупа", "Број", "Бодови или сати", "Компетенције"],
        ["Настава кроз игру", "376", 8, "K1, K2"],
        ["Укупно", "", 8, ""],
        ["У установи"],
        ["Врста активности", "Назив", "Начин учествовања", "Датум", "Бодови или сати"],
        ["Угледни час", FORMULA, "водитељ", datetime(2026, 10, 5), 1.5],  # noqa: DTZ001
        ["Укупно", "", "", "", 1.5],
    ]


def test_nothing_typed_becomes_a_formula(year):
    response = year.desk(year.teacher).get("/moji-bodovi/izvestaj.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == FORMULA}

    # Read back, a text that begins with the sign of equality looks like a formula; in the file
    # it is a text of the shared table.
    assert kinds <= {"s", "f"}
    import zipfile

    with zipfile.ZipFile(io.BytesIO(response.content)) as workbook:
        assert b"<f>" not in workbook.read("xl/worksheets/sheet1.xml")


def test_the_report_is_a_word_document_in_the_chosen_script(year):
    response = year.desk(year.teacher).get("/lat/moji-bodovi/izvestaj.docx")

    paragraphs, cells = word_text(response)
    assert paragraphs[:4] == [
        "Izveštaj o stručnom usavršavanju",
        "Ime i prezime: Milica Jovanović",
        f"Ustanova: {'OŠ „Prva brazda'}{paragraphs[2].split('brazda')[1]}",
        "Školska godina: 2026/2027",
    ]
    assert cells[4:8] == ["Nastava kroz igru", "376", "8", "K1, K2"]
    assert cells[-5:] == ["Ukupno", "", "", "", "1,5"]


def test_the_report_is_a_paper_that_can_be_read_and_copied(year):
    text = pdf_text(year.desk(year.teacher).get("/moji-bodovi/izvestaj.pdf"))

    assert "Извештај о стручном усавршавању" in text
    assert "Угледни час" in text
    assert "5.10.2026. 1,5" in text
    assert "Још није потврђено" not in text
    assert "Лањски програм" not in text


def test_the_tables_of_the_paper_fill_its_width(year):
    response = year.desk(year.teacher).get("/moji-bodovi/izvestaj.pdf")

    with pymupdf.open(stream=response.content) as paper:
        (page,) = paper
        width = round(page.rect.width)
        edges = [(round(one.bbox[0]), round(one.bbox[2])) for one in page.find_tables()]

    (left, right) = edges[0]
    assert edges == [(left, right)] * 2
    assert abs(right - (width - left)) <= 1


def test_the_paper_is_in_latin_on_the_latin_face(year):
    text = pdf_text(year.desk(year.teacher).get("/lat/moji-bodovi/izvestaj.pdf"))

    assert "Izveštaj o stručnom usavršavanju" in text
    assert "Nastava kroz igru" in text


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_an_empty_year_is_a_paper_too(staffroom, form):
    client = staffroom.desk(staffroom.teacher)

    assert client.get(f"/moji-bodovi/izvestaj.{form}?godina=2024").status_code == 200
    assert client.get(f"/moji-bodovi/plan.{form}").status_code == 200


def test_a_plan_is_written_row_by_row_and_taken_away(staffroom):
    client = staffroom.desk(staffroom.teacher)
    row = {"kind": "programme", "title": "Програмирање", "when": "март", "hours": "16"}

    response = client.post("/moji-bodovi/plan/?godina=2027", row)

    assert response["Location"] == "/moji-bodovi/plan/?godina=2027"
    activity = PlannedActivity.objects.get()
    assert (activity.person, activity.school_year) == (staffroom.teacher, 2027)
    assert excel_rows(client.get("/moji-bodovi/plan.xlsx?godina=2027"))[4:] == [
        ["Планиране активности"],
        ["Врста", "Назив", "Када", "Сати"],
        ["акредитован програм", "Програмирање", "март", 16],
        ["Укупно", "", "", 16],
    ]
    paragraphs, cells = word_text(client.get("/moji-bodovi/plan.docx?godina=2027"))
    assert paragraphs[0] == "Лични план стручног усавршавања"
    assert cells[4:] == [
        "акредитован програм",
        "Програмирање",
        "март",
        "16",
        "Укупно",
        "",
        "",
        "16",
    ]
    text = pdf_text(client.get("/moji-bodovi/plan.pdf?godina=2027"))
    assert "акредитован програм Програмирање март 16 Укупно 16" in text
    assert client.post(f"/moji-bodovi/plan/{activity.pk}/obrisi/").status_code == 302
    assert PlannedActivity.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [({"hours": "-1"}, "hours"), ({"title": "\x00"}, "title"), ({"kind": "x"}, "kind")],
)
def test_a_wrong_row_of_the_plan_is_refused(staffroom, change, field):
    row = {"kind": "programme", "title": "Програмирање", "hours": "16"}

    response = staffroom.desk(staffroom.teacher).post("/moji-bodovi/plan/", row | change)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_another_persons_plan_is_not_there(staffroom):
    activity = PlannedActivityFactory(person=staffroom.teacher)

    response = staffroom.desk(staffroom.coordinator).post(
        f"/moji-bodovi/plan/{activity.pk}/obrisi/"
    )

    assert (response.status_code, PlannedActivity.objects.count()) == (404, 1)


def test_the_school_sees_everybody_with_hours_and_targets(year):
    TargetFactory(name="Годишња обавеза", in_house_hours=2)
    address = f"/moja-skola/{year.school.pk}/bodovi"

    response = year.desk(year.coordinator).get(f"{address}/")
    rows = [
        (row.person, row.total.inside, row.total.outside, row.total.all_points)
        for row in response.context["overview"].rows
    ]

    assert rows == [(year.teacher, Decimal("1.5"), 8, 8), (year.coordinator, 0, 0, 0)]
    exported = excel_rows(year.desk(year.coordinator).get(f"{address}.xlsx"))
    assert exported[-2] == ["Јовановић Милица", 1.5, 8, 8, "Сати у установи: 1,5 од 2"]
    text = pdf_text(year.desk(year.coordinator).get(f"{address}.pdf"))
    assert "Јовановић Милица" in text


def test_the_principal_sees_how_many_have_fulfilled_each_target(year):
    TargetFactory(name="Сати", in_house_hours=1)
    TargetFactory(name="Скупови", meetings=1)

    response = year.desk(year.coordinator).get(f"/moja-skola/{year.school.pk}/bodovi/")

    assert sorted(response.context["overview"].fulfilled) == [("Сати", 1), ("Скупови", 0)]
    page = " ".join(response.content.decode().split())
    assert "<dt>Сати</dt><dd>испунило 1 од 2</dd>" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("staff", 200), ("teacher", 404), ("stranger", 404), ("nobody", 302)],
)
@pytest.mark.parametrize("ending", ["/", ".pdf", ".xlsx"])
def test_only_the_schools_coordinators_see_it(staffroom, who, status, ending):
    client = {
        "coordinator": lambda: staffroom.desk(staffroom.coordinator),
        "staff": lambda: office.desk_of(AdministratorFactory()),
        "teacher": lambda: staffroom.desk(staffroom.teacher),
        "stranger": lambda: staffroom.desk(staffroom.stranger),
        "nobody": Client,
    }[who]()

    response = client.get(f"/moja-skola/{staffroom.school.pk}/bodovi{ending}")

    assert response.status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_a_large_school_costs_no_more_queries(staffroom, number, django_assert_num_queries):
    TargetFactory(in_house_hours=44)
    for _one in range(number):
        LedgerEntryFactory(person=PersonFactory(school=staffroom.school))
    client = staffroom.desk(staffroom.coordinator)

    # Session, account, its rights and those of its groups, school year, school, people, sums,
    # targets.
    with django_assert_num_queries(9):
        client.get(f"/moja-skola/{staffroom.school.pk}/bodovi/")
