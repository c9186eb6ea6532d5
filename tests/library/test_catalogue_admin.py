"""The librarian's pages: a record with its rows, by number, copies, imports, export."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.contrib.admin import site
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from centar.files.models import PrivateFile
from library.described import Contributor, Described, Number, Part
from library.exchange import marc21
from library.models import Copy, ImportRun, Record
from library.operations import imports, records
from tests import office
from tests.factories import files
from tests.factories.library import CopyFactory, RecordFactory, librarian
from tests.factories.people import StaffFactory
from tests.library.test_imports import MAY

pytestmark = pytest.mark.django_db

HELD = Described(
    title="Роман",
    place="Београд",
    publisher="Просвета",
    printed_year="1998",
    contributors=(Contributor("Петровић, Ана"),),
    numbers=(Number("isbn", "86-331-0225-0"),),
)


@pytest.fixture
def by():
    return librarian(permissions=MAY)


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def posted(**fields):
    rows = {}
    for prefix in ("contributions", "identifiers"):
        rows |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
    return {
        "kind": "book",
        "title": "Нова",
        "printed_year": "[1999]",
        **rows,
        "contributions-0-order": "1",
        "contributions-0-role": "aut",
        "identifiers-0-kind": "isbn",
        **fields,
    }


def test_a_wrong_isbn_is_asked_about_and_kept_when_it_is_printed_so(desk):
    address = reverse("admin:library_record_add")
    wrong = posted(
        **{"identifiers-0-printed": "86-331-0225-9", "contributions-0-name": "Илић, Јован"}
    )

    asked = desk.post(address, wrong)
    assert "тако одштампан" in asked.content.decode()
    assert Record.objects.count() == 0

    desk.post(address, {**wrong, "identifiers-0-keep_wrong": "on"})
    record = Record.objects.get()
    assert (record.year, record.names, record.numbers) == (
        1999,
        "Илић, Јован",
        "86-331-0225-9 8633102259",
    )


def test_a_number_that_is_held_offers_a_copy_and_another_begins_a_form(desk, by):
    held = records.write(described=HELD, by=by)
    address = reverse("admin:library_record_by_number")

    page = desk.get(address, {"number": "9788633102254"}).content.decode()
    assert f"{reverse('admin:library_copy_add')}?record={held.pk}" in page

    begun = desk.get(address, {"number": "86-331-0226-9"}, follow=True)
    form = begun.context["adminform"].form
    assert (form["publisher"].value(), form["title"].value()) == ("Просвета", "")
    assert "86-331-0226-9" in begun.content.decode()

    copied = desk.get(reverse("admin:library_record_add"), {"from": held.pk})
    assert copied.context["adminform"].form["title"].value() == "Роман"
    assert "Петровић, Ана" in copied.content.decode()
    assert "86-331-0225-0" not in copied.content.decode()


ASKED: list[str] = []


def known(number):
    """A source of descriptions, as the settings may name one."""
    ASKED.append(number)
    return Described(
        title="Нова",
        contributors=tuple(Contributor(f"Писац {one}") for one in "АБВ"),
        numbers=tuple(Number("isbn", f"86-331-022{one}") for one in ("6-9", "7-7", "8-5")),
    )


def unreachable(number):
    """A source whose network is down."""
    raise OSError(number)


def test_a_form_that_is_begun_has_room_for_all_rows_and_asks_a_source_once(desk, by, settings):
    assert settings.LIBRARY_SOURCES == []  # no network unless it is switched on
    settings.LIBRARY_SOURCES = [f"{__name__}.unreachable", f"{__name__}.known"]
    kit = replace(HELD, kind="kit", parts=tuple(Part(f"Део {one}") for one in "АБВ"))
    held = records.write(described=kit, by=by)
    address = reverse("admin:library_record_add")
    ASKED.clear()

    def typed(answer):
        return [
            [form[name].value() for form in one.formset.forms]
            for one in answer.context["inline_admin_formsets"]
            for name in {"name", "printed"} & set(one.formset.empty_form.fields)
        ]

    assert typed(desk.get(address, {"isbn": "86-331-0226-9"})) == [
        ["Писац А", "Писац Б", "Писац В", None],
        ["86-331-0226-9", "86-331-0227-7", "86-331-0228-5", None],
    ]
    assert ASKED == ["9788633102261"]
    assert typed(desk.get(address, {"from": held.pk})) == [
        ["Петровић, Ана", None],
        [None],
        ["Део А", "Део Б", "Део В", None],
    ]


def test_a_copy_lent_while_the_form_is_saved_hides_no_change_from_harvesters(by):
    held = records.write(described=HELD, by=by)
    read = site.get_model_admin(Record).get_queryset(RequestFactory().get("/")).get()
    before = read.revision
    CopyFactory(record=held)
    read.title = "Роман о Ани"
    read.save()

    held.refresh_from_db()
    assert (held.title, held.free_copies, held.revision > before) == ("Роман о Ани", 1, True)


def test_a_copy_is_entered_and_a_bar_code_of_another_is_refused_beside_the_field(desk, by):
    record = records.write(described=HELD, by=by)
    CopyFactory(accession_number="7", barcode="0007")
    address = f"{reverse('admin:library_copy_add')}?record={record.pk}"
    assert desk.get(address).context["adminform"].form["accession_number"].value() == "8"
    fields = {"record": record.pk, "accession_number": "8", "shelf_mark": "82 П"}

    refused = desk.post(address, {**fields, "barcode": "*0007*"})
    assert "Овај бар-код је на примерку 7" in refused.content.decode()

    desk.post(address, {**fields, "barcode": "*0008*"})
    assert list(record.copies.values_list("accession_number", "barcode")) == [("8", "0008")]
    copy = record.copies.get()
    desk.post(f"/admin/library/copy/{copy.pk}/radnja/otpis/", {"reason": "похабан"})
    assert Copy.objects.get(pk=copy.pk).state == "written_off"


def test_a_file_is_brought_in_seen_confirmed_and_reported(desk):
    good = marc21.write(HELD).as_marc()
    other = marc21.write(Described(title="Сеоба")).as_marc()
    lying, mixed = (
        b"00099" + other[5:],
        other.replace("Сеоба".encode(), b"\xd1\xe5\xee\xe1\xe0....."),
    )
    untitled = other.replace(b"245", b"246", 1)
    file = SimpleUploadedFile("a.mrc", lying + mixed + good + untitled + other)
    desk.post(reverse("admin:library_importrun_add"), {"file": file})
    run = ImportRun.objects.get()
    imports.work_off(run.pk)
    change = reverse("admin:library_importrun_change", args=[run.pk])
    assert "Роман" in desk.get(change).content.decode()

    desk.post(f"/admin/library/importrun/{run.pk}/radnja/uvoz/")
    polled = {"HX-Request": "true"}
    assert "0 / 5" in desk.get(change, headers=polled).content.decode()
    imports.work_off(run.pk)
    assert desk.get(change, headers=polled)["HX-Refresh"] == "true"

    report = desk.get(reverse("admin:library_importrun_report", args=[run.pk]))
    told = list(csv.reader(report.content.decode("utf-8-sig").splitlines()[1:], delimiter=";"))
    assert [(row[0], row[1], row[3], row[5]) for row in told] == [
        ("1", "", "није увезен", f"Наведена дужина је 00099, а стварна {len(lying)}."),
        ("2", "", "није увезен", "Његова слова су у друкчијем коду него остатак фајла."),
        ("3", "Роман", "додато", ""),
        ("4", "", "није увезен", "Нема наслова (поље 245)."),
        ("5", "Сеоба", "додато", ""),
    ]
    assert sorted(Record.objects.values_list("title", flat=True)) == ["Роман", "Сеоба"]


@pytest.mark.parametrize("form", ["marc21", "unimarc", "marc21_xml", "unimarc_xml", "csv", "xlsx"])
def test_the_catalogue_is_taken_away_in_a_constant_number_of_queries(
    desk, by, form, django_assert_num_queries
):
    records.write(described=HELD, by=by)
    address = reverse("admin:library_record_export")
    with django_assert_num_queries(10):
        content = b"".join(desk.get(address, {"format": form}).streaming_content)
    assert content

    for _ in range(2):
        records.write(described=HELD, by=by)
    with django_assert_num_queries(10):
        b"".join(desk.get(address, {"format": form}).streaming_content)


def test_what_no_cell_holds_is_said_before_the_file_is_begun(desk, by):
    records.write(described=replace(HELD, notes="а" * 32_768), by=by)

    page = desk.get(reverse("admin:library_record_export"), {"format": "xlsx"})

    assert list(page.context["form"].errors) == ["format"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(desk, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST", 3)
    monkeypatch.setattr(InMemoryUploadedFile, "read", None)

    page = desk.post(reverse("admin:library_importrun_add"), {"file": io.BytesIO(b"1234")})

    assert list(page.context["form"].errors) == ["file"]


def test_a_cover_is_uploaded_with_the_record_and_taken_away(desk):
    address = reverse("admin:library_record_add")
    paper = SimpleUploadedFile("k.pdf", files.pdf())
    refused = desk.post(address, posted(new_cover=paper))
    assert list(refused.context["adminform"].form.errors) == ["new_cover"]

    picture = SimpleUploadedFile("k.jpg", files.picture(size=(900, 1200)))
    desk.post(address, posted(new_cover=picture))
    record = Record.objects.get()
    assert record.cover is not None
    assert Image.open(io.BytesIO(files.bytes_of(record.cover))).size == (480, 640)

    desk.post(f"/admin/library/record/{record.pk}/radnja/bez-korica/")
    record.refresh_from_db()
    assert (record.cover, PrivateFile.objects.count()) == (None, 0)


def test_who_only_sees_the_catalogue_changes_nothing(client):
    client.force_login(StaffFactory(permissions=["library.view_record"]))

    answers = [
        client.get(reverse(f"admin:library_{name}")).status_code
        for name in ("record_changelist", "record_add", "record_by_number", "importrun_add")
    ]

    assert answers == [200, 403, 403, 403]
    client.logout()
    assert client.get(reverse("admin:library_record_by_number")).status_code == 302


def test_the_list_of_records_is_narrowed_by_field_and_by_what_readers_find(db):
    kept, withdrawn = RecordFactory(udc="37.01"), RecordFactory(udc="37.01")
    other = RecordFactory(udc="821")
    Record.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    desk = office.desk_of(librarian())

    def found(**chosen):
        page = desk.get("/admin/library/record/", chosen)
        return list(page.context["cl"].result_list.order_by("pk"))

    assert found(udc="3") == [kept, withdrawn]
    assert found(standing="found") == [kept, other]
    assert found(udc="3", standing="withdrawn") == [withdrawn]
    shown = reverse("library:record", args=[kept.pk])
    assert shown in desk.get(f"/admin/library/record/{kept.pk}/change/").content.decode()
