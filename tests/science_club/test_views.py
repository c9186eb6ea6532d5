from __future__ import annotations

from datetime import date

import pytest

from science_club.models import Club
from tests import reader

pytestmark = pytest.mark.django_db

NETWORK = "/naucni-klubovi/"


def test_clubs_stand_in_the_serbian_order_with_what_is_known(client):
    Club.objects.create(town="Чачак")
    Club.objects.create(town="Ћуприја", host="Гимназија", opened_year=2016)
    Club.objects.create(town="Крагујевац", opened_on=date(2017, 3, 1))

    answer = client.get(NETWORK)

    assert [club.town for club in answer.context["clubs"]] == ["Крагујевац", "Ћуприја", "Чачак"]
    text = reader.Page(answer.content.decode()).text
    assert [fact in text for fact in ("1. марта 2017.", "2016", "Гимназија")] == [True] * 3


def test_without_clubs_the_page_says_so(client):
    page = reader.Page(client.get(f"/en{NETWORK}").content.decode())

    assert "No club is entered yet" in page.headings


@pytest.mark.parametrize("rows", [1, 3])
def test_the_network_takes_the_same_queries_however_many_clubs(
    client, django_assert_num_queries, rows
):
    for number in range(rows):
        Club.objects.create(town=f"Место {number}")

    with django_assert_num_queries(2):
        client.get(NETWORK)
