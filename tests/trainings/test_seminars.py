"""The list of seminars: what each filter and the search find, in which order, at what cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from centar.events.models import Booking, Event
from tests import reader
from tests.factories.events import BookingFactory
from tests.factories.trainings import ProgrammeFactory, SeminarFactory, TrainerFactory

pytestmark = pytest.mark.django_db

SEMINARS = "/seminari/"
NOON = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


def titles(response):
    return [event.title for event in response.context["page"]]


def found(client, **filters):
    return titles(client.get(SEMINARS, filters))


def seminar(title="Семинар", **facts):
    return SeminarFactory(programme__title=title, **facts)


def on(*moment):
    return {"event__starts_at": datetime(*moment, tzinfo=timezone.get_default_timezone())}


def test_coming_seminars_stand_in_the_order_of_their_days(client):
    seminar("Трећи", **on(2027, 4, 1, 9))
    seminar("Први", **on(2027, 2, 2, 9))
    seminar("Други", **on(2027, 2, 2, 10))
    seminar("Прошли", **on(2027, 1, 20, 9))

    assert found(client) == ["Први", "Други", "Трећи"]


def test_one_that_has_begun_is_still_there_until_it_ends(client):
    seminar("Траје", **on(2027, 2, 1, 9))  # six hours; it is noon in Belgrade
    seminar("Готов", **on(2027, 2, 1, 5))

    assert found(client) == ["Траје"]


def test_past_ones_are_shown_on_request_the_latest_first(client):
    seminar("Давни", **on(2026, 11, 1, 9))
    seminar("Недавни", **on(2027, 1, 20, 9))
    seminar("Будући")

    assert found(client, past="on") == ["Недавни", "Давни"]


@pytest.mark.parametrize("staff_only", [{"event__state": Event.State.DRAFT}])
def test_a_draft_is_in_no_list(client, staff_only):
    draft = seminar("Нацрт", **staff_only)
    programme = draft.programme_id

    pages = [
        client.get(address).content.decode()
        for address in (SEMINARS, "/", f"/katalog/{programme}/", f"{SEMINARS}?open=on")
    ]

    assert [f"/seminari/{draft.pk}/" in page for page in pages] == [False] * 4


def test_a_cancelled_one_stays_in_the_list_and_says_so(client):
    seminar("Отказан", event__state=Event.State.CANCELLED, event__cancelled_at=NOON)

    page = reader.Page(client.get(f"/en{SEMINARS}").content.decode())

    assert "Otkazan" in page.headings
    assert "Cancelled" in page.text


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2027-02", ["Последњег дана"]),
        ("2027-03", ["Првог дана", "Последње ноћи"]),
        ("2027-12", ["У децембру"]),
    ],
)
def test_months_begin_and_end_by_the_clock_on_the_wall(client, month, expected):
    """In UTC the first hours of a month still belong to the one before."""
    seminar("Последњег дана", **on(2027, 2, 28, 23, 30))
    seminar("Првог дана", **on(2027, 3, 1, 0, 30))
    seminar("Последње ноћи", **on(2027, 3, 31, 23, 30))
    seminar("У децембру", **on(2027, 12, 31, 23, 0))

    assert found(client, month=month) == expected


def test_the_months_and_places_offered_are_those_of_coming_seminars(client):
    seminar(event__place="Чачак", **on(2027, 3, 1, 9))
    seminar(event__place="Ћуприја", **on(2027, 3, 2, 9))
    seminar(event__place="Ћуприја", **on(2027, 5, 2, 9))
    seminar(event__place="", **on(2027, 5, 3, 9))
    seminar(event__place="Прошло", **on(2026, 5, 3, 9))
    seminar(event__place="Нацртано", event__state=Event.State.DRAFT)

    form = client.get(SEMINARS).context["form"]

    assert [value for value, _ in form.fields["month"].choices[1:]] == ["2027-03", "2027-05"]
    assert [value for value, _ in form.fields["place"].choices[1:]] == ["Ћуприја", "Чачак"]


@pytest.mark.parametrize(
    ("wanted", "other", "filters"),
    [
        ({"programme__form": "webinar"}, {"programme__form": "panel"}, {"form": "webinar"}),
        ({"event__place": "Рача"}, {"event__place": "Кнић"}, {"place": "Рача"}),
    ],
)
def test_each_filter_keeps_what_was_asked_for(client, wanted, other, filters):
    seminar("Тражени", **wanted)
    seminar("Други", **other)

    assert found(client, **filters) == ["Тражени"]


def test_open_ones_are_those_one_can_register_for_now_the_soonest_to_close_first(client):
    later, sooner = NOON + timedelta(days=9), NOON + timedelta(hours=1)
    seminar("Без рока")
    seminar("Затвара се касније", event__registration_closes_at=later)
    seminar("Затвара се ускоро", event__registration_closes_at=sooner)
    seminar("Затворен јуче", event__registration_closes_at=NOON - timedelta(days=1))
    seminar("Затвара се сада", event__registration_closes_at=NOON)
    seminar("Отвара се сада", event__registration_opens_at=NOON)
    seminar("Отвара се касније", event__registration_opens_at=sooner)
    seminar("Затворили смо", event__state=Event.State.CLOSED)
    seminar("Почео", **on(2027, 2, 1, 11))
    seminar("Отказан", event__state=Event.State.CANCELLED, event__cancelled_at=NOON)

    assert found(client, open="on") == [
        "Затвара се ускоро",
        "Затвара се касније",
        "Без рока",
        "Отвара се сада",
    ]


def test_free_places_are_places_that_nobody_waits_for(client):
    seminar("Без ограничења", event__capacity=None)
    seminar("Слободан", event__capacity=1)
    full = seminar("Пун", event__capacity=1)
    offered = seminar("Понуђено место", event__capacity=1)
    queue = seminar("Чека група", event__capacity=5)
    BookingFactory(event=full.event)
    BookingFactory(event=offered.event, state=Booking.State.OFFERED)
    BookingFactory(event=queue.event, state=Booking.State.WAITING)
    BookingFactory(event=queue.event, state=Booking.State.WITHDRAWN)

    assert sorted(found(client, seats="on")) == ["Без ограничења", "Слободан"]


@pytest.mark.parametrize("words", ["библиотеке", "BIBLIOTEKA", "bibloteka", "bиблиoтека"])
def test_the_search_looks_into_the_programme(client, words):
    seminar("Школска библиотека")
    seminar("Математика")

    assert found(client, q=words) == ["Школска библиотека"]


def test_a_seminar_is_found_by_its_own_title_too(client):
    """The staff may change a seminar's title; people search for what they see."""
    changed = seminar("Програм")
    Event.objects.filter(pk=changed.pk).update(title="Пролећна радионица", place="Аранђеловац")
    seminar("Други", event__place="Рача")

    words = ("пролећна", "radionice", "prolecma", "аранђеловцу", "program", "program arandjelovac")
    assert [found(client, q=word) for word in words] == [["Пролећна радионица"]] * len(words)


def test_the_search_and_filters_work_together(client):
    seminar("Огледи", event__place="Рача")
    seminar("Огледи", event__place="Кнић")

    answer = client.get(SEMINARS, {"q": "ogledi", "place": "Кнић"})

    assert [event.place for event in answer.context["page"]] == ["Кнић"]


def test_a_long_list_has_pages_that_keep_the_filters(client):
    for number in range(23):
        seminar(f"Семинар {number:02}", **on(2027, 3, 1 + number, 9))

    pages = [client.get(SEMINARS, {"month": "2027-03", "page": page}) for page in (1, 2)]

    assert [len(titles(page)) for page in pages] == [20, 3]
    links = dict(reader.Page(pages[0].content.decode()).links)
    assert "?month=2027-03&page=2" in links


@pytest.mark.parametrize("filters", [{"month": "2027-13"}, {"month": "0"}, {"place": "Нигде"}])
def test_a_filter_that_is_not_offered_asks_for_nothing(client, filters):
    seminar("Једини")

    assert found(client, **filters) == ["Једини"]


def test_narrowing_by_htmx_gives_the_results_alone(client):
    seminar("Огледи")
    narrowing = {"HX-Request": "true"}

    fragment = client.get(SEMINARS, {"q": "ogledi"}, headers=narrowing).content.decode()
    restored = client.get(
        SEMINARS, headers={**narrowing, "HX-History-Restore-Request": "true"}
    ).content.decode()

    assert ["<html" in page for page in (fragment, restored)] == [False, True]
    assert "Огледи" in fragment


def fill(rows):
    for _ in range(rows):
        made = SeminarFactory(
            programme=ProgrammeFactory(title="Огледи", competences=["К1", "К2"]),
            trainers=[TrainerFactory(), TrainerFactory()],
            event__days=2,
            event__capacity=2,
        )
        for _ in range(3):
            BookingFactory(event=made.event)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("filters", "queries"), [({}, 3), ({"q": "огледи", "open": "on", "seats": ""}, 3)]
)
def test_the_list_takes_the_same_queries_however_many_rows(
    client, django_assert_num_queries, rows, filters, queries
):
    fill(rows)

    with django_assert_num_queries(queries):
        answer = client.get(SEMINARS, filters, headers={"HX-Request": "true"})

    assert len(titles(answer)) == rows
