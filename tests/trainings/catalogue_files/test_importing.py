"""From the chosen file over the preview to the catalogue, through the back office."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.translation import gettext as _

from centar.audit.models import Entry, Stamp
from tests.trainings.catalogue_files.conftest import (
    as_csv,
    as_xlsx,
    errors_of,
)
from trainings.models import Area, Competence, Programme, Trainer

pytestmark = pytest.mark.django_db


def changes(response, line):
    """What a row of the preview would change: heading to (before, after)."""
    (row,) = [row for row in response.context["plan"].rows if row.line == line]
    return {cell.column.heading: (cell.before, cell.after) for cell in row.cells if cell.changes}


def test_a_row_that_says_what_is_there_changes_nothing(upload, programme, row):
    preview = upload(as_csv([row]))
    plan = preview.context["plan"]
    assert errors_of(preview) == {}
    assert [planned.programme for planned in plan.same] == [programme]
    assert not plan.can_be_imported
    assert "confirm" in preview.context
    assert 'name="preview"' not in preview.text


def test_a_new_programme_comes_with_its_area_and_trainers(upload, confirm, cycle):
    data = as_csv(
        [
            {
                "ЦИКЛУС": "2025/26 - 2027/28",
                "Kataloški broj": "341",
                "министарски број": "М-7/2026",
                "НАЗИВ": "Kалиграфија у школи",
                "облик": "webinar",
                "област": "Ликовна култура",
                "компетенције": "К1, k4",
                "приоритетне области": "2",
                "циљна група": "наставници",
                "часова": "8",
                "бодова": "8,5",
                "водитељи": "Ана Анић; Бранка Бранковић",
                "котизација": "12.345,00",
                "најмања група": "10",
                "највећа група": "25",
                "организатор": "Центар",
                "циљеви": "Први ред\nдруги ред",
                "теме": "Слова",
            }
        ]
    )
    preview = upload(data)
    assert errors_of(preview) == {}
    assert [area.name for area in preview.context["plan"].areas] == ["Ликовна култура"]
    names = [trainer.name for trainer in preview.context["plan"].trainers]
    assert names == ["Ана Анић", "Бранка Бранковић"]
    assert confirm(preview).status_code == 302

    made = Programme.objects.get()
    assert made.cycle == cycle
    assert made.number == "341"
    assert made.ministry_number == "М-7/2026"
    assert made.title == "Калиграфија у школи"
    assert made.form == Programme.Form.WEBINAR
    assert made.area == Area.objects.get()
    assert sorted(made.competences.values_list("code", flat=True)) == ["K1", "K4"]
    assert list(made.priority_areas.values_list("code", flat=True)) == ["2"]
    assert (made.hours, str(made.points), str(made.fee)) == (8, "8.5", "12345.00")
    assert (made.group_minimum, made.group_maximum) == (10, 25)
    assert sorted(trainer.name for trainer in made.trainers.all()) == names
    assert made.aims == "Први ред\nдруги ред"


def test_only_what_differs_is_changed_and_shown(upload, confirm, programme, row):
    preview = upload(
        as_csv([row | {"котизација": "3000", "компетенције": "K2", "водитељи": "Нови Водитељ"}])
    )
    assert changes(preview, 2) == {
        "котизација": ("2500,00", "3000"),
        "компетенције": ("K1; K3", "K2"),
        "водитељи": ("Милица Ђурђевић", "Нови Водитељ"),
    }
    assert "<del>2500,00</del> → <ins>3000</ins>" in preview.text
    confirm(preview)
    programme.refresh_from_db()
    assert programme.fee == 3000
    assert [row.code for row in programme.competences.all()] == ["K2"]
    assert [trainer.name for trainer in programme.trainers.all()] == ["Нови Водитељ"]
    assert programme.revision == 2


def test_a_column_left_out_changes_nothing_and_an_empty_cell_empties(
    upload, confirm, programme, row
):
    preview = upload(
        as_csv(
            [
                {
                    "циклус": row["циклус"],
                    "каталошки број": "12",
                    "назив": row["назив"],
                    "област": "",
                    "компетенције": "",
                    "часова": "",
                }
            ]
        )
    )
    assert changes(preview, 2) == {"област": ("Српски језик", ""), "компетенције": ("K1; K3", "")}
    confirm(preview)
    programme.refresh_from_db()
    assert programme.area is None
    assert programme.competences.count() == 0
    assert programme.hours == 8
    assert programme.trainers.count() == 1


def test_the_preview_has_no_effect(upload, cycle, row):
    def state():
        tables = ("trainings_programme", "trainings_area", "trainings_trainer", "audit_entry")
        with connection.cursor() as cursor:
            sequences = []
            for table in tables:
                cursor.execute(f"SELECT last_value, is_called FROM {table}_id_seq")
                sequences.append(cursor.fetchone())
        stamps = sorted(Stamp.objects.values_list("table", "changes"))
        counts = [model.objects.count() for model in (Programme, Area, Trainer, Entry, LogEntry)]
        return sequences, stamps, counts

    before = state()
    assert upload(as_csv([row])).context["plan"].can_be_imported
    assert state() == before


def test_one_audit_row_and_a_history_for_each_programme(upload, confirm, staff, programme, row):
    new = row | {"каталошки број": "13", "назив": "Писање", "водитељи": "Ана Анић"}
    changed = row | {"бодова": "9"}
    confirm(upload(as_csv([changed, new]), name="katalog-2026.csv"))
    (entry,) = Entry.objects.all()
    assert entry.action == "trainings.import_catalogue"
    assert (entry.object_type, entry.object_id) == ("trainings.cycle", programme.cycle_id)
    assert entry.actor_id == staff.pk
    assert entry.detail == {
        "file": "katalog-2026.csv",
        "created": 1,
        "changed": 1,
        "unchanged": 0,
        "areas": 0,
        "trainers": 1,
    }
    made = Programme.objects.get(number="13")
    history = LogEntry.objects.order_by("pk").values_list("object_id", "action_flag", "user")
    assert list(history) == [
        (str(made.pk), ADDITION, staff.pk),
        (str(programme.pk), CHANGE, staff.pk),
    ]


def test_a_second_click_imports_nothing_twice(upload, confirm, cycle, row):
    preview = upload(as_csv([row]))
    confirm(preview)
    again = confirm(preview)
    assert Programme.objects.count() == 1
    assert Entry.objects.count() == 1
    assert len(again.context["plan"].same) == 1
    assert not again.context["plan"].can_be_imported


def test_a_catalogue_changed_since_the_preview_is_shown_anew(upload, confirm, programme, row):
    preview = upload(as_csv([row | {"часова": "16"}]))
    Programme.objects.update(hours=12)
    again = confirm(preview)
    programme.refresh_from_db()
    assert programme.hours == 12
    assert changes(again, 2) == {"часова": ("12", "16")}
    (message,) = again.context["messages"]
    assert str(message) == _(
        "The catalogue has changed since the preview, so nothing is imported yet. "
        "This is what the file would do now."
    )
    confirm(again)
    programme.refresh_from_db()
    assert programme.hours == 16


def test_a_change_that_the_file_does_not_touch_does_not_disturb(upload, confirm, programme, row):
    preview = upload(as_csv([row | {"часова": "16"}]))
    Programme.objects.update(source="Завод")
    assert confirm(preview).status_code == 302
    programme.refresh_from_db()
    assert (programme.hours, programme.source) == (16, "Завод")


def test_nothing_is_imported_while_a_row_is_wrong(upload, cycle, row):
    wrong = row | {"каталошки број": "13", "часова": "осам"}
    preview = upload(as_csv([row, wrong]))
    assert len(preview.context["plan"].new) == 1
    assert not preview.context["plan"].can_be_imported
    assert 'name="preview"' not in preview.text


def test_ignored_columns_are_named(upload, programme, row):
    preview = upload(as_csv([row | {"напомена": "хитно", "Шифра": "7"}]))
    assert preview.context["plan"].ignored == ("напомена", "Шифра")
    assert "напомена; Шифра" in preview.text


def test_headings_in_the_words_of_the_back_office_are_understood(upload, programme, row):
    renamed = {"часова": "Сати", "водитељи": "Realizatori", "бодова": "Број бодова"}
    preview = upload(as_csv([{renamed.get(name, name): cell for name, cell in row.items()}]))
    assert preview.context["plan"].ignored == ()
    assert len(preview.context["plan"].same) == 1


def test_a_withdrawn_programme_stays_withdrawn(upload, confirm, programme, row):
    Programme.objects.update(withdrawn_on="2026-01-15")
    preview = upload(as_csv([row | {"часова": "16"}]))
    assert _("withdrawn from the catalogue, and stays so") in preview.text
    confirm(preview)
    programme.refresh_from_db()
    assert programme.hours == 16
    assert str(programme.withdrawn_on) == "2026-01-15"


@pytest.mark.parametrize("lines", [1, 3])
def test_queries_of_the_preview_do_not_grow_with_the_rows(
    upload, programme, row, lines, django_assert_num_queries
):
    rows = [
        row
        | {
            "каталошки број": str(12 + place),
            "назив": f"Програм {place}",
            "област": f"Област {place}",
            "водитељи": f"Водитељ {place}; Милица Ђурђевић",
        }
        for place in range(lines)
    ]
    data = as_csv(rows)
    # Session, user, two of permissions, and ten of the catalogue.
    with django_assert_num_queries(13):
        upload(data)


@pytest.mark.parametrize("lines", [1, 3])
def test_queries_of_the_import_do_not_grow_with_the_rows(
    upload, confirm, cycle, row, lines, django_assert_num_queries
):
    for place in range(lines):
        Programme.objects.create(cycle=cycle, number=str(place), title=f"Програм {place}")
    existing = [row | {"каталошки број": str(place)} for place in range(lines)]
    new = [
        row
        | {
            "каталошки број": f"н{place}",
            "област": f"Област {place}",
            "водитељи": f"Водитељ {place}; Милица Ђурђевић",
        }
        for place in range(lines)
    ]
    preview = upload(as_csv(existing + new))
    ContentType.objects.get_for_model(Programme)
    with django_assert_num_queries(34):
        confirm(preview)
    assert Programme.objects.count() == 2 * lines


def test_xlsx_goes_the_same_way(upload, confirm, cycle, row):
    preview = upload(as_xlsx([row | {"часова": 8, "бодова": 8.5}]), name="katalog.xlsx")
    confirm(preview)
    made = Programme.objects.get()
    assert (made.hours, str(made.points)) == (8, "8.5")
    assert Competence.objects.filter(programmes=made).count() == 2
