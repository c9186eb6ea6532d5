"""Files that are loaded again and again beside people who work on the same rows."""

from __future__ import annotations

from typing import Any

import pytest

from centar import data_files
from centar.audit.models import Entry
from centar.data_files import Loaded
from centar.pages.models import Centre
from science_club.models import Club

pytestmark = pytest.mark.django_db

CHACHAK = {"id": "1", "name": "Центар Чачак", "town": "Чачак", "phone": ""}
SHABAC = {"id": "2", "name": "Центар Шабац", "town": "Шабац", "phone": ""}


def load(*rows: dict[str, str]) -> Loaded:
    return data_files.load(Centre, rows, match=["name"]).loaded


def said(**fields: Any) -> dict[str, Any]:
    centre = Centre.objects.get()
    return {name: getattr(centre, name) for name in fields}


def test_the_first_load_makes_every_row() -> None:
    assert load(CHACHAK, SHABAC) == Loaded(created=2)
    assert sorted(Centre.objects.values_list("name", "town")) == [
        ("Центар Чачак", "Чачак"),
        ("Центар Шабац", "Шабац"),
    ]


def test_the_second_load_touches_no_row() -> None:
    load(CHACHAK, SHABAC)
    entries = Entry.objects.count()

    assert load(CHACHAK, SHABAC) == Loaded(unchanged=2)
    assert list(Centre.objects.values_list("revision", flat=True)) == [1, 1]
    assert Entry.objects.count() == entries


def test_a_correction_in_the_file_reaches_its_row_once() -> None:
    load(CHACHAK, SHABAC)
    corrected = CHACHAK | {"phone": "032 000 000"}

    assert load(corrected, SHABAC) == Loaded(updated=1, unchanged=1)
    assert load(corrected, SHABAC) == Loaded(unchanged=2)
    assert sorted(Centre.objects.values_list("name", "phone", "revision")) == [
        ("Центар Чачак", "032 000 000", 2),
        ("Центар Шабац", "", 1),
    ]


def test_one_correction_after_another_reaches_its_row() -> None:
    load(CHACHAK)

    assert load(CHACHAK | {"phone": "032 000 000"}) == Loaded(updated=1)
    assert load(CHACHAK | {"phone": "032 000 001"}) == Loaded(updated=1)
    assert said(phone=...) == {"phone": "032 000 001"}


def test_a_corrected_name_makes_no_second_row() -> None:
    load(CHACHAK)

    assert load(CHACHAK | {"name": "Центар за образовање Чачак"}) == Loaded(updated=1)
    assert Centre.objects.get().name == "Центар за образовање Чачак"


def test_what_people_changed_outlives_every_load() -> None:
    load(CHACHAK)
    Centre.objects.update(name="ЦСУ Чачак", phone="032 111 111")

    assert load(CHACHAK) == Loaded(unchanged=1)
    assert load(CHACHAK | {"phone": "032 000 000"}) == Loaded(unchanged=1)
    assert said(name=..., phone=...) == {"name": "ЦСУ Чачак", "phone": "032 111 111"}


def test_a_correction_of_one_field_leaves_people_their_other_field() -> None:
    load(CHACHAK)
    Centre.objects.update(phone="032 111 111")

    assert load(CHACHAK | {"town": "Град Чачак"}) == Loaded(updated=1)
    assert said(town=..., phone=...) == {"town": "Град Чачак", "phone": "032 111 111"}


def test_a_row_that_people_deleted_is_not_brought_back() -> None:
    load(CHACHAK)
    Centre.objects.all().delete()

    assert load(CHACHAK) == Loaded(unchanged=1)
    assert load(CHACHAK | {"town": "Град Чачак"}) == Loaded(unchanged=1)
    assert Centre.objects.count() == 0


def test_a_row_that_left_the_file_stays() -> None:
    load(CHACHAK, SHABAC)

    assert load(SHABAC) == Loaded(unchanged=1)
    assert Centre.objects.count() == 2


def test_a_row_that_people_entered_before_is_taken_over_as_it_is() -> None:
    own = Centre.objects.create(name="Центар Чачак", town="Чачак", phone="032 111 111")

    assert load(CHACHAK) == Loaded(unchanged=1)
    assert Centre.objects.get() == own
    assert said(phone=...) == {"phone": "032 111 111"}


def test_texts_of_numbers_and_days_become_numbers_and_days() -> None:
    row = {"id": "1", "town": "Ужице", "opened_on": "2016-04-22", "order": "4", "opened_year": ""}

    data_files.load(Club, [row], match=["town"])
    assert data_files.load(Club, [row], match=["town"]).loaded == Loaded(unchanged=1)

    club = Club.objects.get()
    assert (str(club.opened_on), club.order, club.opened_year) == ("2016-04-22", 4, None)

    corrected = row | {"opened_on": "2016-04-23", "order": "5", "opened_year": "2016"}
    assert data_files.load(Club, [corrected], match=["town"]).loaded == Loaded(updated=1)
    club.refresh_from_db()
    assert (str(club.opened_on), club.order, club.opened_year) == ("2016-04-23", 5, 2016)


def test_a_homoglyph_in_the_file_is_no_correction_for_ever() -> None:
    latin_k = CHACHAK | {"town": "Kрагујевац"}

    load(latin_k)
    assert load(latin_k) == Loaded(unchanged=1)
    assert Centre.objects.get().town == "Крагујевац"
    assert load(CHACHAK) == Loaded(updated=1)


@pytest.mark.parametrize("number", [1, 100])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    number: int, django_assert_num_queries: Any
) -> None:
    rows = [
        {"id": str(one), "name": f"Центар {one}", "town": "Чачак", "phone": ""}
        for one in range(number)
    ]
    # The savepoint, what is remembered and what there is; then the rows and their memory.
    with django_assert_num_queries(2 + 2 + 2):
        load(*rows)
    with django_assert_num_queries(2 + 2):
        load(*rows)
    with django_assert_num_queries(2 + 2 + 2):
        load(*(row | {"town": "Ужице"} for row in rows))
