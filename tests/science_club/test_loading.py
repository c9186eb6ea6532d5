from __future__ import annotations

from datetime import date

import pytest

from centar.data_files import Loaded
from science_club import loading
from science_club.models import Club

pytestmark = pytest.mark.django_db


def test_the_fourteen_clubs_are_loaded_once() -> None:
    assert loading.load() == Loaded(created=14)
    assert loading.load() == Loaded(unchanged=14)
    assert Club.objects.count() == 14


def test_every_club_names_its_source_and_passes_its_own_checks() -> None:
    loading.load()

    for club in Club.objects.all():
        assert club.source, club
        club.full_clean()


def test_what_is_not_known_of_a_club_stays_empty() -> None:
    loading.load()

    known = Club.objects.get(town="Ужице")
    assert (known.opened_year, known.opened_on, known.order) == (2016, date(2016, 4, 22), 4)
    unknown = Club.objects.get(town="Кањижа")
    assert (unknown.opened_on, unknown.order, unknown.host) == (None, None, "")
