"""The first page and the pages of help, and what happens to a form without its token."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from centar.events.models import Event
from tests import reader
from tests.factories.events import BookingFactory
from tests.factories.people import UserFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import AreaFactory, ProgrammeFactory, SeminarFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


def shown(client):
    return [event.title for event in client.get("/").context["home"].seminars]


def seminar(title, days=30, **facts):
    closes_at = NOON + timedelta(days=days)
    return SeminarFactory(
        programme__title=title,
        event__starts_at=closes_at + timedelta(days=5),
        event__registration_closes_at=closes_at,
        **facts,
    )


def test_the_first_page_shows_what_one_can_register_for_the_soonest_to_close_first(client):
    seminar("Касније", 20)
    seminar("Ускоро", 2)
    seminar("Затворен", 4, event__state=Event.State.CLOSED)
    seminar("Нацрт", 4, event__state=Event.State.DRAFT)
    seminar("Рок је прошао", -1)

    assert shown(client) == ["Ускоро", "Касније"]


def test_it_shows_six_at_most(client):
    for number in range(8):
        seminar(f"Семинар {number}", number + 1)

    assert shown(client) == [f"Семинар {number}" for number in range(6)]


def test_it_counts_what_the_region_and_the_catalogue_have(client):
    SchoolFactory.create_batch(3)
    ProgrammeFactory(withdrawn_on=NOON.date())
    seminar("Први", programme__area=AreaFactory(name="Хемија"))
    seminar("Затворен", event__state=Event.State.CLOSED, programme__area=None)
    seminar("Нацрт", event__state=Event.State.DRAFT, programme__area=None)
    cancelled = {"event__state": Event.State.CANCELLED, "event__cancelled_at": NOON}
    seminar("Отказан", programme__area=None, **cancelled)

    home = client.get("/").context["home"]

    assert (home.schools, home.municipalities) == (3, 3)
    assert (home.programmes, home.seminars_ahead) == (4, 2)
    assert [name for _, name in home.areas] == ["Хемија"]


def test_an_empty_portal_says_what_to_do_instead(client):
    page = reader.Page(client.get("/en/").content.decode())

    assert "No seminar takes registrations at this moment" in page.headings


def test_every_link_of_the_first_page_leads_somewhere(client):
    seminar("Огледи", programme__area=AreaFactory(name="Хемија"))
    page = reader.Page(client.get("/").content.decode())

    answers = {href: client.get(href).status_code for href, _ in page.links if href.startswith("/")}

    assert {href: code for href, code in answers.items() if code != 200} == {}
    assert len(answers) > 15


@pytest.mark.parametrize("path", ["/", "/seminari/", "/kako-radi/", "/nalog/login/"])
def test_the_other_faces_are_one_click_away_and_lead_to_the_same_page(client, path):
    page = reader.Page(client.get(path).content.decode())

    links = dict(page.links)
    assert {path, f"/lat{path}", f"/en{path}"} <= set(links)
    lists = [reader.Page(client.get(face + path).content.decode()) for face in ("", "/lat", "/en")]
    assert [page.lang for page in lists] == ["sr-Cyrl", "sr-Latn", "en"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_takes_the_same_queries_however_much_is_on(
    client, django_assert_num_queries, rows
):
    for number in range(rows):
        made = seminar(
            f"Семинар {number}", number + 1, event__days=2, programme__competences=["К1", "К2"]
        )
        BookingFactory.create_batch(2, event=made.event)

    with django_assert_num_queries(5):
        client.get("/")


def test_a_page_kept_for_visitors_costs_one_query(client, django_assert_num_queries):
    seminar("Огледи")
    first = client.get("/").content

    with django_assert_num_queries(1):
        assert client.get("/").content == first


@pytest.mark.parametrize(
    "path", ["/kako-radi/", "/privatnost/", "/mreza-centara/", "/naucni-klubovi/"]
)
def test_pages_of_words_ask_for_little(client, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(2):
        assert client.get(path).status_code == 200


def test_the_help_leads_to_every_feed_in_a_way_that_calendars_follow(client):
    page = reader.Page(client.get("/kako-radi/").content.decode())
    feeds = [href for href, _ in page.links if href.endswith(".ics")]

    assert feeds == [
        "webcal://testserver/kalendar/svi.ics",
        "webcal://testserver/kalendar/seminari.ics",
    ]
    kinds = [client.get(feed.partition("testserver")[2])["Content-Type"] for feed in feeds]
    assert kinds == ["text/calendar; charset=utf-8"] * 2


@pytest.mark.parametrize(
    "path", ["/", "/kako-radi/", "/privatnost/", "/seminari/", "/katalog/", "/mreza-centara/"]
)
def test_pages_are_for_reading_only(client, path):
    assert client.post(path).status_code == 405


def test_a_form_without_its_token_is_refused_in_words():
    """An old page, or a stranger's form; nothing happens and the sentence says what to do."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())

    answer = client.post("/en/profil/", {"first_name": "Ана"})

    page = reader.Page(answer.content.decode())
    assert answer.status_code == 403
    assert (
        "The page had been open too long. Go back, reload it and send the form again." in page.text
    )


def test_an_unknown_address_offers_the_search(client):
    answer = client.get("/en/nigde/")

    assert answer.status_code == 404
    assert 'action="/en/seminari/"' in answer.content.decode()
