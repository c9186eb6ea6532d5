from __future__ import annotations

import pytest

from centar.pages.models import Centre
from tests import reader

pytestmark = pytest.mark.django_db

NETWORK = "/mreza-centara/"


def test_centres_stand_in_the_serbian_order_with_what_is_known(client):
    for town in ("Чачак", "Ћуприја", "Крагујевац"):
        Centre.objects.create(name=f"Центар {town}", town=town)
    Centre.objects.filter(town="Чачак").update(
        site="https://example.org/csu", email="csu@example.org", phone="032 000", address="Улица 1"
    )

    answer = client.get(NETWORK)

    towns = [centre.town for centre in answer.context["centres"]]
    page = reader.Page(answer.content.decode())
    assert towns == ["Крагујевац", "Ћуприја", "Чачак"]
    assert {"https://example.org/csu", "mailto:csu@example.org"} <= set(dict(page.links))
    assert ("032 000" in page.text, "Улица 1" in page.text) == (True, True)


def test_an_address_of_the_web_is_not_rewritten_on_the_latin_face(client):
    Centre.objects.create(name="Центар", town="Чачак", site="https://example.org/ћирилица")

    page = reader.Page(client.get(f"/lat{NETWORK}").content.decode())

    assert "https://example.org/ћирилица" in dict(page.links)


def test_without_centres_the_page_says_so(client):
    page = reader.Page(client.get(f"/en{NETWORK}").content.decode())

    assert "No centre is entered yet" in page.headings


@pytest.mark.parametrize("rows", [1, 3])
def test_the_network_takes_the_same_queries_however_many_centres(
    client, django_assert_num_queries, rows
):
    for number in range(rows):
        Centre.objects.create(name=f"Центар {number}", town="Чачак")

    with django_assert_num_queries(2):
        client.get(NETWORK)
