"""The list of participants and the report for the institute, read back as Excel reads them."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pymupdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import office
from tests.factories.evaluation import asked, came, graded, held
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import TrainerFactory

pytestmark = pytest.mark.django_db

PATHS = ("ucesnici.xlsx", "ucesnici.pdf", "izvestaj.xlsx")


@pytest.fixture
def desk():
    return office.desk_of(office.colleague())


def path(seminar, name, face="/en"):
    return f"{face}/seminari/{seminar.pk}/{name}"


def cells(answer):
    """The rows of the first sheet, empty ones left out."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [[value for value in row if value is not None] for row in rows if any(row)]


def test_the_list_holds_everybody_with_a_place(desk):
    seminar = held(trainers=[TrainerFactory(name="Јасна Тасић")], programme__number="321")
    school = SchoolFactory(name="ОШ „Бор“", place="Рача")
    teacher = PersonFactory(
        first_name="Ана",
        last_name="Абић",
        school=school,
        post="principal",
        phone="034 000 000",
    )
    came(seminar, teacher, minutes=360)
    late = BookingFactory(event=seminar.event, person__last_name="Ђокић")

    rows = cells(desk.get(path(seminar, "ucesnici.xlsx", face="")))

    assert ["Каталошки број", "321"] in rows
    assert ["Реализатори", "Јасна Тасић"] in rows
    assert rows[-2:] == [
        [1, "Ана Абић", "ОШ „Бор“, Рача", "директор", teacher.email, "034 000 000", 8],
        [2, "Милица Ђокић", "без послодавца", late.person.email, 0],
    ]


def test_the_report_holds_those_who_were_there_and_their_mean_grade(desk):
    seminar, question = asked()
    graded(seminar, question, 5, 5, 4, 4, 4)
    BookingFactory(event=seminar.event, person__last_name="Одсутни")

    rows = cells(desk.get(path(seminar, "izvestaj.xlsx")))

    assert ["Participants", 5] in rows
    assert ["Mean grade", 4.4] in rows
    assert ["Hours of training", 8] in rows
    assert len(rows[-5:]) == 5
    assert [row[-1] for row in rows[-5:]] == [8] * 5
    assert "Odsutni" not in str(rows)


@pytest.mark.parametrize(("hours", "told"), [(6, 6), (12, 10), (0, 10)])
def test_nobody_was_at_more_training_than_there_was(desk, hours, told):
    seminar = held(programme__hours=hours)
    came(seminar, minutes=450)

    assert cells(desk.get(path(seminar, "ucesnici.xlsx")))[-1][-1] == told


def test_the_mean_grade_of_four_is_not_reported(desk):
    seminar, question = asked()
    graded(seminar, question, 5, 5, 4, 4)

    assert ["Mean grade", "too few answers"] in cells(desk.get(path(seminar, "izvestaj.xlsx")))


@pytest.mark.parametrize("name", ["ucesnici.xlsx", "izvestaj.xlsx"])
@pytest.mark.parametrize("typed", ["=1+1", "@SUM(A1)", "+381", "https://example.org"])
def test_a_name_is_never_a_formula_or_a_link(desk, name, typed):
    seminar = held()
    came(seminar, PersonFactory(first_name=typed, last_name="Петровић"))

    answer = desk.get(path(seminar, name, face=""))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == f"{typed} Петровић"]
    assert [(cell.data_type, cell.hyperlink) for cell in found] == [("s", None)]


def test_the_paper_holds_the_names_in_the_script_of_the_page(desk):
    seminar = held(event__title="Огледи")
    came(seminar, PersonFactory(first_name="Љиља", last_name="Његош"))

    texts = {}
    for face in ("", "/lat"):
        answer = desk.get(path(seminar, "ucesnici.pdf", face=face))
        with pymupdf.open(stream=answer.content) as paper:
            texts[face] = " ".join(paper[0].get_text().split())

    assert "Списак учесника" in texts[""]
    assert "Љиља Његош" in texts[""]
    assert "Spisak učesnika" in texts["/lat"]
    assert "Ljilja Njegoš" in texts["/lat"]


def test_no_list_tells_a_birth_date(desk):
    seminar = held()
    came(seminar, PersonFactory(birth_date=date(1971, 3, 24), birth_place="Пирот"))

    for name in ("ucesnici.xlsx", "izvestaj.xlsx"):
        assert "1971" not in str(cells(desk.get(path(seminar, name, face=""))))
        assert "Пирот" not in str(cells(desk.get(path(seminar, name, face=""))))


@pytest.mark.parametrize("name", PATHS)
def test_only_the_staff_read_them(desk, name):
    seminar = held()
    participant = came(seminar).person.user

    statuses = [
        browser.get(path(seminar, name)).status_code
        for browser in (desk, office.desk_of(participant), Client())
    ]

    assert statuses == [200, 403, 302]


@pytest.mark.parametrize("name", PATHS)
def test_the_number_of_statements_does_not_grow(desk, name):
    seminar = held()
    counts = []
    for more in (1, 2):
        for _ in range(more):
            came(seminar, PersonFactory(school=SchoolFactory()))
        with CaptureQueriesContext(connection) as statements:
            desk.get(path(seminar, name))
        counts.append(len(statements))

    assert counts == [counts[0]] * 2
