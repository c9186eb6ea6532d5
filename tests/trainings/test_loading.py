from __future__ import annotations

from datetime import date

import pytest

from centar.data_files import Loaded
from trainings import loading
from trainings.models import Competence, Cycle, PriorityArea, Programme

pytestmark = pytest.mark.django_db


def test_the_present_cycle_and_its_competences_are_loaded_once() -> None:
    assert loading.load() == Loaded(created=5)
    assert loading.load() == Loaded(unchanged=5)

    cycle = Cycle.objects.get()
    assert (cycle.name, cycle.starts_on, cycle.ends_on) == (
        "2025/26–2027/28",
        date(2025, 9, 1),
        date(2028, 8, 31),
    )
    assert list(cycle.competences.values_list("code", "name")) == [
        ("K1", "Ужа стручна област"),
        ("K2", "Поучавање и учење"),
        ("K3", "Подршка развоју личности"),
        ("K4", "Комуникација и сарадња"),
    ]


def test_no_priority_area_is_invented() -> None:
    loading.load()

    assert PriorityArea.objects.count() == 0
    assert "Приоритетне области нису унете" in Cycle.objects.get().source


def test_a_competence_that_staff_renamed_keeps_their_name() -> None:
    loading.load()
    Competence.objects.filter(code="K3").update(name="Подршка личности ученика")

    loading.load()

    assert Competence.objects.get(code="K3").name == "Подршка личности ученика"


def test_known_programmes_are_loaded_once_with_their_sources() -> None:
    assert loading.load_known_programmes() == Loaded(created=11)
    assert loading.load_known_programmes() == Loaded(unchanged=11)

    for programme in Programme.objects.all():
        assert programme.source.startswith("http"), programme
        programme.full_clean()


def test_a_ministry_number_is_no_catalogue_number() -> None:
    loading.load_known_programmes()

    numbers = Programme.objects.exclude(number="", ministry_number="")
    assert sorted(numbers.values_list("number", "ministry_number")) == [
        ("", "153-02-00027/2017-07"),
        ("376", ""),
    ]
