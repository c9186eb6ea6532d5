"""The catalogue as a file that holds no formula and, imported again, changes nothing."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from centar.sheets import writing as sheets_writing
from tests.factories.people import StaffFactory
from tests.trainings.catalogue_files.conftest import IMPORT, errors_of
from trainings.catalogue_files import headings, plan, reading, writing
from trainings.catalogue_files.known import with_relations
from trainings.models import Area, Competence, PriorityArea, Programme, Trainer

pytestmark = pytest.mark.django_db
EXPORT = "admin:trainings_programme_export"
LIST = "admin:trainings_programme_changelist"
FORMATS = [("0", "katalog.xlsx"), ("1", "katalog.csv")]
NASTY = [
    "=1+1",
    '=HYPERLINK("http://example.org";"клик")',
    "+381 34",
    "-Минус",
    "@SUM(A1)",
    "'=1+1",
    "''@",
    "＝1",
    'цена; "наводници", тачка-зарез',
    "два\nреда",
    "_x0041_ и _x000D_",
    "#N/A",
    "007",
    "1.000",
    "<b>&amp;</b>",
    "😀 Ђ",
    "a\\;b",
]


def exported(client, choice, query=""):
    response = client.post(reverse(EXPORT) + query, {"format": choice, "resource": "0"})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="katalog-')
    return response.content


def nasty_catalogue(cycle):
    """A programme for every text, in all its places."""
    for place, text in enumerate(NASTY):
        programme = Programme.objects.create(
            cycle=cycle,
            number=f"{text[:30]} {place}",
            ministry_number=text[:60],
            title=text,
            form=Programme.Form.values[place % 5],
            area=Area.objects.create(name=text),
            audience=text,
            aims=text + "\r\n\r\n" + text,
            topics=text,
            hours=place,
            points=Decimal(place) / 2,
            fee=Decimal("12345.67"),
            organiser=text,
        )
        programme.trainers.set([Trainer.objects.create(name=text), Trainer.objects.first()])
        programme.competences.set(Competence.objects.all()[: place % 4])
        programme.priority_areas.set(PriorityArea.objects.all()[: place % 3])
    Programme.objects.create(title="Без свега")


@pytest.mark.parametrize(("choice", "name"), FORMATS)
def test_an_exported_catalogue_imported_again_changes_nothing(
    back_office, upload, cycle, choice, name
):
    nasty_catalogue(cycle)
    preview = upload(exported(back_office, choice), name=name)
    assert errors_of(preview) == {}
    assert preview.context["plan"].ignored == ()
    assert len(preview.context["plan"].same) == len(NASTY) + 1


@pytest.mark.parametrize("name", ["katalog.xlsx", "katalog.csv"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40
    )
)
@example(text="_x000D_")
@example(text="\ufffe\x85\u2028")
@example(text="'='")
def test_any_text_survives_the_way_out_and_in(cycle, name, text):
    Programme.objects.all().delete()
    Trainer.objects.all().delete()
    programme = Programme.objects.create(
        cycle=cycle, number="7", title=f"{text}а", aims=text, organiser=text
    )
    programme.trainers.add(Trainer.objects.create(name=f"{text}б"))
    rows = [writing.row(one) for one in with_relations(Programme.objects.all())]
    data = writing.as_xlsx(rows) if name.endswith("xlsx") else writing.as_csv(rows)
    planned = plan.make(reading.read(name, data))
    assert [row.shown for row in planned.rows] == [[]]
    assert len(planned.same) == 1


def test_no_cell_of_a_workbook_is_a_formula(back_office, cycle):
    nasty_catalogue(cycle)
    data = exported(back_office, "0")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<formatting", b"")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    titles = {cell.value: cell for cell in sheet["D"]}
    assert titles["=1+1"].data_type == "s"
    # Editing the cell in Excel does not make a formula of it either.
    assert titles["=1+1"].quotePrefix
    assert not titles["Без свега"].quotePrefix


def test_no_cell_of_a_csv_begins_like_a_formula(back_office, cycle):
    nasty_catalogue(cycle)
    text = exported(back_office, "1").decode("utf-8-sig")
    cells = [
        cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row
    ]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))]


def test_numbers_are_numbers(back_office, programme):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(back_office, "0"))).active
    values = dict(
        zip((cell.value for cell in sheet[1]), (cell.value for cell in sheet[2]), strict=True)
    )
    assert (values["часова"], values["бодова"], values["котизација"]) == (8, 8, 2500)
    text = exported(back_office, "1").decode("utf-8-sig")
    assert '"8";"8,0";"Милица Ђурђевић";"2500,00"' in text


def test_the_export_is_what_the_list_shows(back_office, cycle, programme):
    Programme.objects.create(cycle=cycle, number="13", title="Писање", form="panel")
    sheet = exported(back_office, "1", "?form__exact=panel").decode("utf-8-sig")
    assert "Писање" in sheet
    assert "Читање" not in sheet


@pytest.mark.parametrize("action", ["export_selected_xlsx", "export_selected_csv"])
def test_chosen_programmes_are_exported_alone(back_office, cycle, programme, action):
    Programme.objects.create(cycle=cycle, number="13", title="Писање")
    response = back_office.post(
        reverse(LIST), {"action": action, "_selected_action": [programme.pk]}
    )
    assert response["Content-Disposition"].endswith(f'.{action[-4:].strip("_")}"')
    sheet = reading.read(f"a.{action[-4:].strip('_')}", response.content)
    assert [row.cells[1] for row in sheet.rows] == ["12"]


def test_a_text_too_long_for_a_cell_is_named_instead_of_cut(back_office, programme):
    Programme.objects.update(aims="ш" * (sheets_writing.LONGEST_CELL + 1))
    response = back_office.post(reverse(EXPORT), {"format": "0", "resource": "0"})
    (message,) = response.context["messages"]
    assert "шшш…" in str(message)
    assert len(exported(back_office, "1")) > sheets_writing.LONGEST_CELL


def test_the_template_has_the_headings_and_can_be_filled(back_office):
    response = back_office.get(reverse(f"{IMPORT}_template"))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[1]] == [column.heading for column in headings.ALL]
    assert sheet.max_row == 1
    assert sheet.column_dimensions["B"].number_format == "@"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_export_do_not_grow_with_the_rows(
    back_office, cycle, django_assert_num_queries, count
):
    for place in range(count):
        programme = Programme.objects.create(cycle=cycle, number=str(place), title="Програм")
        programme.trainers.add(Trainer.objects.create(name=f"Водитељ {place}"))
        programme.competences.add(Competence.objects.all()[place])
    with django_assert_num_queries(10):
        exported(back_office, "0")


def test_the_export_needs_the_right_to_see_the_list(client):
    client.force_login(StaffFactory(permissions=["events.view_event"]))
    assert client.post(reverse(EXPORT), {"format": "0"}).status_code == 403


@pytest.mark.parametrize("address", [EXPORT, IMPORT])
def test_the_pages_hold_no_inline_script_or_style_of_ours(back_office, programme, address):
    content = back_office.get(reverse(address)).text.partition('id="content-main"')[2]
    assert "<script" not in content
    assert "style=" not in content
    assert " onc" not in content
