"""A small catalogue, a member of staff, and real files."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.people import StaffFactory
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Trainer

IMPORT = "admin:trainings_programme_import"
MAY_IMPORT = [f"trainings.{action}_programme" for action in ("add", "change", "view")]


@pytest.fixture
def staff(db):
    return StaffFactory(permissions=MAY_IMPORT)


@pytest.fixture
def back_office(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def cycle(db):
    cycle = Cycle.objects.create(
        name="2025/26–2027/28", starts_on=date(2025, 9, 1), ends_on=date(2028, 8, 31)
    )
    for number in range(1, 5):
        Competence.objects.create(cycle=cycle, code=f"K{number}", name=f"Компетенција {number}")
    for number in range(1, 4):
        PriorityArea.objects.create(cycle=cycle, code=str(number), name=f"Област {number}")
    return cycle


@pytest.fixture
def programme(cycle):
    """As the fixture `row` says it."""
    programme = Programme.objects.create(
        cycle=cycle,
        number="12",
        title="Читање у настави",
        area=Area.objects.create(name="Српски језик"),
        hours=8,
        points=8,
        fee=2500,
        aims="Разумевање прочитаног",
    )
    programme.competences.set(Competence.objects.filter(code__in=("K1", "K3")))
    programme.trainers.set([Trainer.objects.create(name="Милица Ђурђевић")])
    return programme


@pytest.fixture
def row(cycle):
    """A row that says what `programme` is."""
    return {
        "циклус": cycle.name,
        "каталошки број": "12",
        "назив": "Читање у настави",
        "област": "Српски језик",
        "компетенције": "K1; K3",
        "часова": "8",
        "бодова": "8",
        "водитељи": "Милица Ђурђевић",
        "котизација": "2.500,00",
        "циљеви": "Разумевање прочитаног",
    }


def as_csv(rows, *, delimiter=";", encoding="utf-8-sig", headings=None):
    headings = list(rows[0]) if headings is None else headings
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(headings)
    writer.writerows([row.get(heading, "") for heading in headings] for row in rows)
    return buffer.getvalue().encode(encoding)


def as_xlsx(rows, *, headings=None):
    headings = list(rows[0]) if headings is None else headings
    book = openpyxl.Workbook()
    book.active.append(headings)
    for row in rows:
        book.active.append([row.get(heading) for heading in headings])
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def upload(back_office):
    """Choose a file in the back office; gives the response with the preview or with the form."""

    def choose(data, name="katalog.csv"):
        file = SimpleUploadedFile(name, data)
        return back_office.post(reverse(IMPORT), {"file": file})

    return choose


@pytest.fixture
def confirm(back_office):
    """Confirm what a preview offers."""

    def send(preview):
        signed = preview.context["confirm"].initial["preview"]
        address = reverse("admin:trainings_programme_process_import")
        return back_office.post(address, {"preview": signed})

    return send


def errors_of(response):
    """The sentences of the preview: by row of the spreadsheet and heading."""
    return {
        (row.line, cell.column.heading): cell.errors
        for row in response.context["plan"].rows
        for cell in row.cells
        if cell.errors
    }


def file_errors(response):
    """The sentences beside the file field."""
    assert response.status_code == 200
    return list(response.context["form"].errors["file"])
