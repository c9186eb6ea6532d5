"""One programme's page."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.events.models import Event
from tests import reader
from tests.factories.trainings import (
    AreaFactory,
    ProgrammeFactory,
    SeminarFactory,
    TrainerFactory,
)

pytestmark = pytest.mark.django_db

CATALOGUE = "/katalog/"


def test_a_programme_shows_all_that_is_known_of_it(client):
    programme = ProgrammeFactory(
        title="Огледи",
        number="0417",
        ministry_number="610-1/2026",
        area=AreaFactory(name="Природне науке"),
        competences=["К1"],
        priorities=["2"],
        trainers=[TrainerFactory(name="Др Ђорђе Љубичић")],
        audience="Наставници физике",
        aims="Учење истраживањем",
        topics="Светлост",
        organiser="Гимназија",
        hours=16,
        points=Decimal("16.0"),
        fee=Decimal(3500),
        group_minimum=12,
        group_maximum=24,
    )

    page = reader.Page(client.get(f"{CATALOGUE}{programme.pk}/").content.decode())

    missing = [
        fact
        for fact in (
            *("Огледи", "0417", "610-1/2026", "2025/2026–2027/2028", "Природне науке"),
            *("К1 Компетенција К1", "2 Приоритетна област 2", "Др Ђорђе Љубичић"),
            *("Наставници физике", "Учење истраживањем", "Светлост", "Гимназија"),
            *("16 сати", "16 бодова", "3.500,00"),
            *("12", "24"),
        )
        if fact not in page.text
    ]
    assert missing == []


def test_a_programme_lists_its_coming_seminars_only(client):
    programme = ProgrammeFactory()
    coming = SeminarFactory(programme=programme)
    SeminarFactory(programme=programme, event__state=Event.State.DRAFT)
    SeminarFactory(programme=programme, event__starts_at=timezone.now() - timedelta(days=5))
    SeminarFactory()

    answer = client.get(f"{CATALOGUE}{programme.pk}/")

    assert [event.pk for event in answer.context["seminars"]] == [coming.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_programme_s_page_takes_the_same_queries_however_much_it_has(
    client, django_assert_num_queries, rows
):
    codes = ["К1", "К2", "К3"][:rows]
    trainers = [TrainerFactory() for _ in codes]
    programme = ProgrammeFactory(competences=codes, priorities=codes, trainers=trainers)
    for _ in codes:
        SeminarFactory(programme=programme)

    with django_assert_num_queries(7):
        client.get(f"{CATALOGUE}{programme.pk}/")
