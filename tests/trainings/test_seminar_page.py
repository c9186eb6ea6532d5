"""One seminar's page: who sees it, what it says in each state, and the way in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from centar.events.models import Booking, Event
from tests import reader
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.trainings import SeminarFactory, TrainerFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


def path(seminar):
    return f"/seminari/{seminar.pk}/"


def read(client, seminar):
    """The page in English, as the code says its sentences."""
    return reader.Page(client.get(f"/en{path(seminar)}").content.decode())


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_draft_is_not_there_for_the_public():
    draft = SeminarFactory(event__state=Event.State.DRAFT)
    visitors = (
        Client(),
        signed_in(PersonFactory().user),
        signed_in(StaffFactory()),
        signed_in(StaffFactory(permissions=["events.view_event"])),
    )

    assert [visitor.get(path(draft)).status_code for visitor in visitors] == [404, 404, 404, 200]


def test_the_staff_see_that_a_draft_is_one():
    draft = SeminarFactory(event__state=Event.State.DRAFT)
    staff = signed_in(StaffFactory(permissions=["events.view_event"]))

    assert "This is a draft. Only the staff see it." in read(staff, draft).text


def test_a_draft_without_days_can_be_looked_at():
    """Right after planning it has none yet."""
    draft = SeminarFactory(event__state=Event.State.DRAFT, event__starts_at=None)
    staff = signed_in(StaffFactory(permissions=["events.view_event"]))

    assert staff.get(path(draft)).status_code == 200


def test_the_page_says_all_that_one_wants_to_know(client):
    seminar = SeminarFactory(
        programme__title="Огледи",
        programme__number="0417",
        programme__hours=16,
        programme__points=Decimal("16.5"),
        programme__audience="Наставници физике",
        programme__competences=["К1"],
        trainers=[TrainerFactory(name="Др Ђорђе Љубичић")],
        fee=Decimal("12345.00"),
        note="Понесите свеску.",
        event__starts_at=datetime(2027, 3, 27, 8, 0, tzinfo=UTC),
        event__days=2,
        event__place="Крагујевац",
        event__address="Лепенички булевар 1",
        event__capacity=20,
        event__registration_closes_at=datetime(2027, 3, 20, 22, 59, 59, tzinfo=UTC),
    )
    BookingFactory.create_batch(3, event=seminar.event)

    page = reader.Page(client.get(path(seminar)).content.decode())

    missing = [
        fact
        for fact in (
            *("Огледи", "0417", "К1", "16 сати", "16,5 бода", "Наставници физике"),
            *("Др Ђорђе Љубичић", "12.345,00", "Понесите свеску.", "Лепенички булевар 1"),
            # summer time begins between the two days
            *("27. марта 2027., 09.00–15.00", "28. марта 2027., 10.00–16.00"),
            *("17 слободних места", "20. марта 2027. у 23.59"),
        )
        if fact not in page.text
    ]
    assert not missing, page.text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"event__state": Event.State.CLOSED}, "The Centre has closed the registration."),
        (
            {"event__registration_closes_at": NOON},
            "Registration closed on 1 February 2027 at 12:00.",
        ),
        (
            {"event__registration_opens_at": NOON + timedelta(days=1)},
            "Registration opens on 2 February 2027 at 12:00.",
        ),
        (
            {"event__starts_at": NOON - timedelta(hours=1)},
            "This event has begun; registration is closed.",
        ),
        ({"event__starts_at": NOON - timedelta(days=9)}, "This event is over."),
    ],
    ids=["closed", "deadline", "not-yet", "begun", "over"],
)
def test_where_one_cannot_register_the_page_says_why(client, facts, sentence):
    seminar = SeminarFactory(**facts)

    page = read(client, seminar)

    assert sentence in page.text, page.text
    assert f"/en/dogadjaji/{seminar.pk}/prijava/" not in dict(page.links)


def test_a_cancelled_seminar_says_so_first_and_why(client):
    seminar = SeminarFactory(
        programme__title="Огледи",
        event__state=Event.State.CANCELLED,
        event__cancelled_at=NOON,
        event__cancel_reason="Предавач је болестан.",
        event__capacity=5,
    )

    page = read(client, seminar)

    first, second, *_ = page.headings
    assert (first, second) == ("Ogledi", "The seminar is cancelled")
    assert "Predavač je bolestan." in page.text
    assert "free" not in page.text
    assert f"/en/dogadjaji/{seminar.pk}/prijava/" not in dict(page.links)


def test_the_button_says_what_pressing_it_brings(client):
    free, full = SeminarFactory(event__capacity=1), SeminarFactory(event__capacity=1)
    BookingFactory(event=full.event)

    labels = [
        dict(read(client, seminar).links)[f"/en/dogadjaji/{seminar.pk}/prijava/"]
        for seminar in (free, full)
    ]

    assert labels == ["Register", "Join the waiting list"]


def test_whoever_is_registered_is_led_to_the_registration():
    seminar = SeminarFactory()
    person = PersonFactory()
    booking = BookingFactory(event=seminar.event, person=person, state=Booking.State.WAITING)

    page = read(signed_in(person.user), seminar)

    assert f"/en/prijave/{booking.pk}/" in dict(page.links)
    assert "on the waiting list" in page.text
    assert f"/en/dogadjaji/{seminar.pk}/prijava/" not in dict(page.links)


def test_an_ended_registration_leaves_the_way_open():
    seminar = SeminarFactory()
    person = PersonFactory()
    BookingFactory(event=seminar.event, person=person, state=Booking.State.WITHDRAWN)

    page = read(signed_in(person.user), seminar)

    assert f"/en/dogadjaji/{seminar.pk}/prijava/" in dict(page.links)


def test_the_link_of_an_online_seminar_is_for_those_with_a_place():
    seminar = SeminarFactory(event__place="", event__online_link="https://example.org/tajna-soba")
    placed, waiting = PersonFactory(), PersonFactory()
    own = BookingFactory(event=seminar.event, person=placed)
    turn = BookingFactory(event=seminar.event, person=waiting, state=Booking.State.WAITING)

    public = Client().get(path(seminar)).content.decode()
    mine = signed_in(placed.user).get(f"/prijave/{own.pk}/").content.decode()
    theirs = signed_in(waiting.user).get(f"/prijave/{turn.pk}/").content.decode()

    assert ["tajna-soba" in page for page in (public, mine, theirs)] == [False, True, False]


def test_the_seminar_can_be_put_in_a_calendar_and_shared(client):
    seminar = SeminarFactory(programme__title="Огледи & звезде")

    links = [href for href, _ in read(client, seminar).links]

    assert f"/en/dogadjaji/{seminar.pk}/termin.ics" in links
    shared = next(href for href in links if href.startswith("mailto:"))
    assert f"http%3A//testserver/en/seminari/{seminar.pk}/" in shared
    assert "%26" in shared


def test_an_event_of_another_kind_is_no_seminar(client):
    seminar = SeminarFactory()
    Event.objects.filter(pk=seminar.pk).update(kind="club")

    assert client.get(path(seminar)).status_code == 404


def test_free_places_are_exact_at_every_visit(client):
    """Pages are kept for visitors, but never longer than they are true."""
    seminar = SeminarFactory(event__capacity=2)
    seen = [read(client, seminar).text]
    first = BookingFactory(event=seminar.event)
    seen.append(read(client, seminar).text)
    Booking.objects.filter(pk=first.pk).update(state="withdrawn", ended_at=timezone.now())
    seen.append(read(client, seminar).text)

    assert ["2 places free" in text for text in seen] == [True, False, True]
    assert "1 place free" in seen[1]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_however_much_there_is(
    client, django_assert_num_queries, rows
):
    seminar = SeminarFactory(
        event__days=rows,
        event__capacity=2,
        programme__competences=["К1", "К2", "К3"][:rows],
        trainers=[TrainerFactory() for _ in range(rows)],
    )
    BookingFactory.create_batch(rows, event=seminar.event)

    with django_assert_num_queries(6):
        client.get(path(seminar))


@pytest.mark.parametrize("rows", [1, 3])
def test_for_somebody_signed_in_it_takes_three_more(django_assert_num_queries, rows):
    seminar = SeminarFactory(event__days=rows, event__capacity=2)
    BookingFactory.create_batch(rows, event=seminar.event)
    client = signed_in(UserFactory())

    with django_assert_num_queries(9):
        client.get(path(seminar))
