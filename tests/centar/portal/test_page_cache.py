"""Kept pages: true at every moment, cheap, and never somebody else's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from centar.events import links
from centar.portal import page_cache
from tests.architecture import addresses
from tests.centar.portal import changes
from tests.centar.portal.changes import CATALOGUE, CENTRES, CLUBS, HOME, HOUR, NOON, SEMINARS
from tests.factories.people import UserFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db

# Pages are kept for an hour at most: a longer wait would prove nothing.
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(clock) -> changes.Scene:
    return changes.furnish(clock)


@pytest.mark.parametrize(
    ("change", "page"),
    changes.CHANGES,
    ids=[f"{getattr(change, '__name__', 'change')}-{page}" for change, page in changes.CHANGES],
)
def test_a_visitor_sees_every_change_at_once(client, scene, change, page):
    path = scene.path(page)
    before = client.get(path).content
    assert is_kept(path)

    change(scene)
    after = client.get(path).content

    assert after != before
    assert after == made_anew(client, path)


@pytest.mark.parametrize(("moment", "page"), changes.MOMENTS)
def test_a_visitor_sees_at_once_that_a_moment_has_come(client, scene, moment, page):
    path = scene.path(page)
    comes_at = getattr(scene.event, moment)
    scene.clock.move_to(comes_at - A_MOMENT)
    before = client.get(path).content
    assert is_kept(path)

    scene.clock.move_to(comes_at)
    after = client.get(path).content

    assert after != before
    assert after == made_anew(client, path)


def test_a_day_that_is_over_turns_grey_at_midnight(client, clock):
    """Nothing changes in the database, and no moment of any event comes."""
    SeminarFactory(event__starts_at=NOON - 3 * HOUR, event__ends_at=NOON - HOUR)
    midnight = datetime(2027, 2, 1, 23, 0, tzinfo=UTC)  # in Belgrade
    clock.move_to(midnight - A_MOMENT)
    path = f"{SEMINARS}?past=on"
    before = client.get(path).content

    clock.move_to(midnight)
    after = client.get(path).content

    assert after != before
    assert after == made_anew(client, path)


def test_a_clock_that_is_set_back_brings_the_old_page_back(client, scene):
    closes_at = scene.event.registration_closes_at
    pages = []
    for moment in (closes_at - A_MOMENT, closes_at, closes_at - A_MOMENT):
        scene.clock.move_to(moment)
        pages.append(client.get(SEMINARS).content)

    assert pages[0] == pages[2] != pages[1]


def made_anew(client: Client, path: str) -> bytes:
    """The page as it is made when none is kept."""
    caches["pages"].clear()
    content: bytes = client.get(path).content
    return content


def queries_of_a_visit(path: str, client: Client | None = None, **headers: str) -> int:
    """How many queries it takes to answer a visit."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        (client or Client()).get(path, headers=headers)
    return len(queries)


def is_kept(path: str) -> bool:
    """Whether the next visitor gets the page without its being made."""
    return queries_of_a_visit(path) == 1


PAGES = (HOME, SEMINARS, CATALOGUE, CENTRES, CLUBS, "/kako-radi/", "/privatnost/",
         "/seminari/{seminar}/", "/katalog/{programme}/", "/primeri-dobre-prakse/")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_kept_page_costs_exactly_one_query(client, scene, page):
    client.get(scene.path(page))

    assert queries_of_a_visit(scene.path(page)) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_table_of_a_kept_page_is_counted_by_the_database(client, scene, page):
    """A page over a table that raises no stamp would lie after the first change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname ~ '_stamp$'")
        counted = {table for (table,) in cursor.fetchall()}

    with CaptureQueriesContext(connection) as queries:
        client.get(scene.path(page))
    asked = {
        table
        for query in queries
        for table in connection.introspection.table_names()
        if re.search(rf"\b{table}\b", query["sql"])
    }

    # These two have counters of their own, in the row of the event.
    assert asked - counted - {"events_event", "events_booking"} == {"audit_stamp"}


def test_whoever_is_signed_in_gets_a_page_of_their_own(client, scene):
    client.get(SEMINARS)
    member = Client()
    member.force_login(UserFactory())

    own = member.get(SEMINARS).content.decode()

    assert "Моја страна" in own
    assert "Моја страна" not in client.get(SEMINARS).content.decode()


def test_a_page_made_for_somebody_signed_in_is_not_kept(client, scene):
    member = Client()
    member.force_login(UserFactory())

    member.get(SEMINARS)

    assert queries_of_a_visit(SEMINARS) > 1


def test_a_message_is_shown_once_to_the_one_it_is_for(client, scene):
    """Somebody without an account answers an offer by the letter's link, and goes on reading."""
    client.get(HOME)
    visitor = Client()
    scene.offered.refresh_from_db()

    answered = visitor.post(links.offer_path(scene.offered), {"answer": "accept"})
    assert "messages" in answered.cookies

    seen = [
        "Место је ваше" in browser.get(HOME).content.decode()
        for browser in (visitor, visitor, client)
    ]

    assert seen == [True, False, False]


def test_faces_scripts_and_queries_are_pages_of_their_own(client, scene):
    paths = [
        "/seminari/", "/lat/seminari/", "/en/seminari/", "/seminari/?q=огледи",
        "/seminari/?past=on", "/katalog/", "/lat/katalog/",
    ]  # fmt: skip
    made = [client.get(path).content for path in paths]

    assert [is_kept(path) for path in paths] == [True] * len(paths)
    assert [client.get(path).content for path in paths] == made
    assert len(set(made)) == len(paths)


def test_hosts_are_kept_apart(client, scene, settings):
    settings.ALLOWED_HOSTS = ["www.example.org", "example.org"]

    pages = [
        client.get(HOME, headers={"host": host}).content.decode()
        for host in ("example.org", "www.example.org", "example.org")
    ]

    assert ["http://www.example.org/" in page for page in pages] == [False, True, False]


def test_a_narrowed_list_is_neither_kept_nor_taken_from_what_is_kept(client, scene):
    fragment = client.get(SEMINARS, headers={"hx-request": "true"}).content
    whole = client.get(SEMINARS).content

    assert queries_of_a_visit(SEMINARS, hx_request="true") > 1
    assert [b"<html" in page for page in (fragment, whole)] == [False, True]


@pytest.mark.parametrize(
    "path",
    ["/admin/login/", "/nalog/login/", "/nalog/signup/", "/nalog/password/reset/",
     "/kalendar/svi.ics", "/ponuda/nema/", "/nema/", "/seminari/999999/", "/moja-strana/"],
)  # fmt: skip
def test_pages_of_accounts_and_the_back_office_and_pages_not_found_are_never_kept(client, path):
    client.get(path)

    assert kept_pages() == 0


def kept_pages() -> int:
    """How many pages the process keeps."""
    return len(caches["pages"]._cache)


def test_one_shared_page_is_one_kept_page(client, scene):
    client.get(SEMINARS)
    client.get(SEMINARS)

    assert kept_pages() == 1


@pytest.mark.parametrize("method", ["post", "head", "options"])
def test_only_plain_visits_are_kept(client, scene, method):
    getattr(client, method)(SEMINARS)

    assert kept_pages() == 0


def test_a_very_long_address_is_answered_and_not_kept(client, scene):
    assert client.get(SEMINARS, {"q": "a" * 300}).status_code == 200
    assert kept_pages() == 0


@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_with_a_cookie_or_a_failure_is_made_anew_for_everybody(status):
    made = []

    def view(request: HttpRequest) -> HttpResponse:
        made.append(request)
        response = HttpResponse(status=status)
        if status == 200:
            response.set_cookie("csrftoken", "secret")
        return response

    middleware = page_cache.AnonymousPageMiddleware(view)
    for _ in range(2):
        middleware(RequestFactory().get(SEMINARS))

    assert len(made) == 2
    assert kept_pages() == 0


def test_a_change_while_the_page_is_made_is_not_lost(scene):
    """The page is then newer than its stamp: it is made once more, and never shown too long."""
    answers = iter([b"before", b"after"])

    def view(request: HttpRequest) -> HttpResponse:
        content = next(answers)
        if content == b"before":
            changes.registered(scene)
        return HttpResponse(content)

    middleware = page_cache.AnonymousPageMiddleware(view)
    seen = [middleware(RequestFactory().get(SEMINARS)).content for _ in range(3)]

    assert seen == [b"before", b"after", b"after"]


def test_the_pages_above_are_all_that_may_be_kept():
    """A page newly marked as shared must be shown here to be true and cheap."""
    shown = {resolve(page.format(seminar=1, programme=1)).view_name for page in PAGES}

    assert shown == {each.name for each in addresses.every() if each.entrance == "shared"}
