from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from centar.data_files import Loaded
from centar.schools import loading
from centar.schools.models import District, Municipality, School, Settlement, Subject
from centar.script import homoglyphs

pytestmark = pytest.mark.django_db


def test_the_whole_region_is_loaded() -> None:
    assert loading.load() == Loaded(created=2 + 13 + 365 + 129 + 83)

    models = (District, Municipality, Settlement, School, Subject)
    assert [model.objects.count() for model in models] == [2, 13, 365, 129, 83]


def test_the_second_load_changes_nothing() -> None:
    loading.load()

    assert loading.load() == Loaded(unchanged=592)
    assert set(School.objects.values_list("revision", flat=True)) == {1}


def test_schools_of_one_name_are_told_apart_by_their_place() -> None:
    loading.load()

    schools = School.objects.filter(name="Основна школа „Вук Караџић“")
    assert sorted(schools.values_list("place", "municipality__name")) == [
        ("Ћуприја", "Ћуприја"),
        ("Глоговац", "Јагодина"),
        ("Кнић", "Кнић"),
        ("Поточац", "Параћин"),
        ("Ресавица", "Деспотовац"),
        ("Стојник", "Аранђеловац"),
    ]


def test_municipalities_belong_to_their_districts() -> None:
    loading.load()

    districts = Counter(Municipality.objects.values_list("district__name", flat=True))
    assert districts == {"Шумадијски округ": 7, "Поморавски округ": 6}


def test_every_row_names_its_source_and_passes_its_own_checks() -> None:
    loading.load()

    for model in (Municipality, Settlement, School):
        for row in model.objects.all():
            assert row.source, row
            row.full_clean()


def test_every_school_stands_in_a_settlement_of_its_municipality() -> None:
    loading.load()

    # The list tells parts of a town apart in brackets: „Топола (варошица)“.
    settlements = Settlement.objects.values_list("municipality_id", "name")
    places = {(municipality, name.split(" (")[0]) for municipality, name in settlements}
    schools = set(School.objects.values_list("municipality_id", "place"))
    assert schools - places == set()


@pytest.mark.parametrize("name", ["municipalities", "settlements", "schools", "subjects"])
def test_the_files_have_no_letters_of_the_other_script_inside_words(name: str) -> None:
    with (loading.DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        texts = [
            text
            for row in csv.DictReader(file)
            for column, text in row.items()
            if column.endswith("_cyr") or column == "name"
        ]
    assert texts
    assert [text for text in texts if homoglyphs.mend(text) != text] == []


def test_a_school_corrected_in_the_file_is_corrected_in_its_row(tmp_path: Path) -> None:
    loading.load()
    data = shutil.copytree(loading.DATA, tmp_path / "data")
    file = data / "schools.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("„Стеван Немања“", "„Стефан Немања“"),
        encoding="utf-8",
    )

    assert loading.load(data) == Loaded(updated=1, unchanged=591)
    school = School.objects.get(place="Стењевац")
    assert (school.name, school.revision) == ("Основна школа „Стефан Немања“", 2)
    assert School.objects.count() == 129


def test_a_school_that_staff_added_stays_as_it_is() -> None:
    loading.load()
    town = Municipality.objects.get(name="Кнић")
    own = School.objects.create(
        name="Предшколска установа „Цветић“", place="Кнић", municipality=town, kind="preschool"
    )

    loading.load()

    own.refresh_from_db()
    assert (own.revision, own.source) == (1, "")
    assert School.objects.count() == 130
