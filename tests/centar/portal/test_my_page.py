"""A person's own page: what to do, what comes, where one waits, what was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from centar.events.models import Booking, CalendarToken, Event
from tests import reader
from tests.factories.events import BookingFactory
from tests.factories.ledger import InHouseFactory
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory, UserFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db

MY_PAGE = "/moja-strana/"
State = Booking.State


@pytest.fixture
def ana():
    return PersonFactory(first_name="Ана", school=SchoolFactory(), post="principal")


@pytest.fixture
def client(ana):
    client = Client()
    client.force_login(ana.user)
    return client


def booked(person, title, state=State.PLACED, **event):
    seminar = SeminarFactory(programme__title=title, **event)
    return BookingFactory(event=seminar.event, person=person, state=state)


def past():
    return {"event__starts_at": timezone.now() - timedelta(days=9)}


def titles(bookings):
    return [one.booking.event.title for one in bookings]


def test_bookings_are_sorted_into_what_they_mean(client, ana):
    booked(ana, "Долази")
    booked(ana, "Чекам", State.WAITING)
    booked(ana, "Понуђено", State.OFFERED)
    booked(ana, "Било", **past())
    booked(ana, "Одустала", State.WITHDRAWN)
    booked(ana, "Истекло", State.EXPIRED)
    booked(PersonFactory(), "Туђе")

    mine = client.get(MY_PAGE).context["mine"]

    assert titles(mine.offers) == ["Понуђено"]
    assert titles(mine.coming) == ["Долази"]
    assert titles(mine.waiting) == ["Чекам"]
    assert sorted(titles(mine.past)) == ["Било", "Истекло", "Одустала"]


def test_what_is_coming_stands_in_the_order_of_its_days(client, ana):
    now = timezone.now()
    for days in (9, 2, 5):
        booked(ana, f"За {days} дана", event__starts_at=now + timedelta(days=days))

    assert titles(client.get(MY_PAGE).context["mine"].coming) == [
        "За 2 дана",
        "За 5 дана",
        "За 9 дана",
    ]


def test_the_turn_on_a_waiting_list_is_shown(client, ana):
    seminar = SeminarFactory(event__capacity=1)
    BookingFactory(event=seminar.event)
    BookingFactory(event=seminar.event, state=State.WAITING)
    BookingFactory(event=seminar.event, person=ana, state=State.WAITING)
    BookingFactory(event=seminar.event, state=State.WAITING)

    page = reader.Page(client.get(f"/en{MY_PAGE}").content.decode())

    assert "Here you have no place yet." in page.text
    assert "2 of 3 on the list" in page.text


def test_a_cancelled_seminar_stays_in_sight_as_ended(client, ana):
    seminar = SeminarFactory(
        programme__title="Отказан",
        event__state=Event.State.CANCELLED,
        event__cancelled_at=timezone.now(),
    )
    BookingFactory(event=seminar.event, person=ana, state=State.CANCELLED)

    assert titles(client.get(MY_PAGE).context["mine"].past) == ["Отказан"]


def test_an_offer_stands_first_with_the_way_to_answer(client, ana):
    offer = booked(ana, "Понуђено", State.OFFERED)

    page = reader.Page(client.get(f"/en{MY_PAGE}").content.decode())

    assert (f"/en/prijave/{offer.pk}/", "Answer the offer") in page.links
    assert page.headings.index("What you should do") < page.headings.index("You have a place")


@pytest.mark.parametrize(
    ("facts", "todo"),
    [
        ({"school": None, "employer": "", "post": ""}, 2),
        ({"school": None, "employer": "Завод", "post": ""}, 1),
        ({"school": None, "employer": "", "post": "principal"}, 1),
        ({"school": None, "employer": "Завод", "post": "principal"}, 0),
    ],
)
def test_the_profile_is_asked_for_what_a_certificate_will_need(facts, todo):
    client = Client()
    client.force_login(PersonFactory(**facts).user)

    asked = client.get(MY_PAGE).context["todo"]

    assert [one.address for one in asked] == ["/profil/"] * todo


def test_nothing_yet_leads_to_the_seminars(client):
    page = reader.Page(client.get(f"/en{MY_PAGE}").content.decode())

    assert "You have no seminar ahead" in page.headings
    assert ("/en/seminari/", "See the seminars") in page.links


def test_the_private_calendar_is_opened_renewed_and_closed(client, ana):
    def address():
        return client.get(MY_PAGE).context.get("calendar_address")

    seen = [address()]
    for action in ("open", "open", "close"):
        client.post("/kalendar/licna-adresa/", {"action": action})
        seen.append(address())

    assert [bool(one) for one in seen] == [False, True, True, False]
    first, second = seen[1:3]
    assert first != second
    assert [Client().get(one).status_code for one in (first, second)] == [404, 404]
    assert CalendarToken.objects.filter(person=ana, revoked_at=None).count() == 0


def test_the_private_calendar_works_without_signing_in(client, ana):
    booked(ana, "Огледи")
    client.post("/kalendar/licna-adresa/", {"action": "open"})

    page = client.get(MY_PAGE)

    address = page.context["calendar_address"]
    assert "SUMMARY:Огледи" in Client().get(address).content.decode()
    assert address.replace("http:", "webcal:") in dict(reader.Page(page.content.decode()).links)


def test_an_account_of_the_staff_is_led_to_its_work():
    staff, half = StaffFactory(), UserFactory()
    answers = []
    for user in (staff, half):
        client = Client()
        client.force_login(user)
        answers.append(client.get(MY_PAGE).headers["Location"])

    assert answers == ["/admin/", "/profil/"]


def test_a_coordinator_is_told_what_waits_for_confirmation(client, ana):
    CoordinationFactory(person=ana, school=ana.school)
    assert client.get(MY_PAGE).context["todo"] == []

    for _ in range(2):
        InHouseFactory(person=PersonFactory(school=ana.school), state="pending")
    InHouseFactory(person=PersonFactory(school=SchoolFactory()), state="pending")

    response = client.get(MY_PAGE)
    (one,) = response.context["todo"]
    assert (str(one.text), one.address) == (
        "2 уноса колега чекају вашу потврду.",
        "/moja-skola/potvrde/",
    )


def test_nobody_else_is_told_what_waits(client, ana):
    InHouseFactory(person=PersonFactory(school=ana.school), state="pending")

    assert client.get(MY_PAGE).context["todo"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_however_many_bookings(
    client, ana, django_assert_num_queries, rows
):
    for number in range(rows):
        for state in (State.PLACED, State.WAITING, State.OFFERED, State.WITHDRAWN):
            booked(ana, f"Семинар {number}", state)

    with django_assert_num_queries(15):
        client.get(MY_PAGE)
