"""The Centre's year in numbers."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pymupdf
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from centar.events.models import Event
from tests import office, reader
from tests.factories.evaluation import asked, came, graded, held
from tests.factories.people import PersonFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory, SubjectFactory
from trainings.queries import year as queries

pytestmark = pytest.mark.django_db

PATHS = ("godina/", "godina/godina.xlsx", "godina/godina.pdf")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(datetime(2027, 11, 1, 11, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def desk():
    return office.desk_of(office.colleague())


def year(number=2027):
    return queries.in_numbers(number, timezone.now(), "azbuka")


def parts(found):
    return [(part.name, part.participants) for part in found]


def test_what_was_held_in_the_year_counts():
    held(programme__hours=16)
    held(days_ago=30)
    held(days_ago=400)
    held(days_ago=-30)
    held(event__state=Event.State.DRAFT)
    held(event__state=Event.State.CANCELLED, event__cancelled_at=timezone.now())

    found = year()

    assert (len(found.seminars), found.hours) == (2, 24)
    assert (len(year(2026).seminars), year(2020).seminars) == (1, [])
    assert queries.years(timezone.now()) == [2027, 2026]


def test_the_year_ends_at_midnight_in_serbia():
    with time_machine.travel(datetime(2028, 2, 1, tzinfo=UTC)):
        seminar = held()
        Event.objects.filter(pk=seminar.pk).update(
            starts_at=datetime(2027, 12, 31, 20, tzinfo=UTC),
            ends_at=datetime(2027, 12, 31, 23, 30, tzinfo=UTC),
        )

        assert (len(year(2027).seminars), len(year(2028).seminars)) == (0, 1)


def test_participants_are_those_who_were_there_by_municipality_and_subject():
    school = SchoolFactory(municipality=MunicipalityFactory(name="Топола"))
    physics = SubjectFactory(name="Физика")
    teacher = PersonFactory(school=school, subject=physics)
    first, second = held(), held()
    came(first, teacher)
    came(second, teacher)
    came(second)

    found = year()

    assert (found.participants, found.people) == (3, 2)
    assert parts(found.municipalities) == [("Топола", 2), ("without a school", 1)]
    assert parts(found.subjects) == [("Физика", 2), ("without a subject", 1)]


def test_the_mean_is_made_of_seminars_that_five_have_evaluated():
    """With the four of the other seminar in it, their mean could be computed from the rest."""
    shown, question = asked()
    graded(shown, question, 5, 5, 5, 5, 4)
    hidden, other = asked()
    graded(hidden, other, 1, 1, 1, 1)

    found = year()

    assert {one.pk: one.mean and float(one.mean) for one in found.seminars} == {
        shown.pk: 4.8,
        hidden.pk: None,
    }
    assert float(found.mean) == 4.8


def test_the_page_has_a_chart_with_a_table_for_each_list(desk):
    seminar, question = asked(event__title="Огледи")
    graded(seminar, question, 5, 5, 5, 5, 4)

    answer = desk.get("/en/godina/")

    html = answer.content.decode()
    page = reader.Page(html)
    assert html.count("<svg viewBox") == html.count("<caption>") == 3
    for heading in ("Participants by municipality", "Participants by subject", "Seminars held"):
        assert heading in page.headings
    assert "4.80" in page.text


def test_an_empty_year_says_so(desk):
    assert (
        "No seminar ended in this year"
        in reader.Page(desk.get("/en/godina/").content.decode()).text
    )


@pytest.mark.parametrize("typed", ["1999", "2026", "abc", "", "99999999999999999999", "2027\x00"])
def test_any_year_gets_an_answer(desk, typed):
    held()

    for path in PATHS:
        assert desk.get(f"/{path}", {"godina": typed}).status_code == 200


def test_the_workbook_and_the_paper_say_the_same(desk):
    school = SchoolFactory(municipality=MunicipalityFactory(name="Топола"))
    seminar = held(event__title="=Огледи")
    came(seminar, PersonFactory(school=school))

    book = openpyxl.load_workbook(io.BytesIO(desk.get("/godina/godina.xlsx").content))
    with pymupdf.open(stream=desk.get("/godina/godina.pdf").content) as paper:
        text = " ".join(" ".join(page.get_text().split()) for page in paper)

    assert book.sheetnames == ["2027", "Општина", "Предмет"]
    rows = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert ["Топола", 1] in rows
    assert [row[1] for row in rows if len(row) > 2 and row[1] == "=Огледи"] == ["=Огледи"]
    for part in ("Година 2027. у бројкама", "Топола", "=Огледи"):
        assert part in text


@pytest.mark.parametrize("path", PATHS)
def test_only_the_staff_read_the_year(desk, path):
    statuses = [
        browser.get(f"/{path}").status_code
        for browser in (desk, office.desk_of(PersonFactory().user), Client())
    ]

    assert statuses == [200, 403, 302]


def test_the_number_of_statements_does_not_grow(desk):
    counts = []
    for _ in range(2):
        seminar, question = asked()
        graded(seminar, question, *[5] * 5)
        desk.get("/godina/")
        with CaptureQueriesContext(connection) as statements:
            desk.get("/godina/")
        counts.append(len(statements))

    assert counts == [counts[0]] * 2
