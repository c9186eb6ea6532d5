from __future__ import annotations

import pytest

from centar.data_files import Loaded
from centar.pages import loading
from centar.pages.models import Centre

pytestmark = pytest.mark.django_db


def test_the_twelve_centres_are_loaded_once() -> None:
    assert loading.load() == Loaded(created=12)
    assert loading.load() == Loaded(unchanged=12)
    assert Centre.objects.count() == 12


def test_every_centre_names_its_source_and_passes_its_own_checks() -> None:
    loading.load()

    for centre in Centre.objects.all():
        assert centre.source, centre
        centre.full_clean()


def test_a_centre_keeps_all_that_is_known_of_it() -> None:
    loading.load()

    centre = Centre.objects.get(town="Лесковац")
    assert (centre.site, centre.email, centre.phone, centre.address, centre.region_note) == (
        "https://csuleskovac.edu.rs",
        "csuleskovac@gmail.com",
        "016/214-555",
        "Лесковачког одреда 6, Лесковац",
        "Јабланички и Пчињски округ; отворен 11.11.2010.",
    )
