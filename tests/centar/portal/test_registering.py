"""A person's way through a registration, page by page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from centar.audit.models import Entry
from centar.events import links
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from tests import office, reader
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db

State = Booking.State


@pytest.fixture
def ana():
    return PersonFactory(first_name="Ана", user__confirmed=True)


@pytest.fixture
def client(ana):
    return office.desk_of(ana.user)


def form(seminar):
    return f"/en/dogadjaji/{seminar.pk}/prijava/"


def page(response):
    return reader.Page(response.content.decode())


def register(client, seminar, **fields):
    return client.post(form(seminar), {"note": "", **fields}, follow=True)


def somebody(seminar):
    """Somebody else registers."""
    person = PersonFactory()
    return bookings.enrol(event_id=seminar.pk, person=person, by=person.user)


def state_of(booking):
    return Booking.objects.get(pk=booking.pk).state


def test_a_place_is_given_and_shown(client, ana):
    seminar = SeminarFactory(event__capacity=1)

    answer = register(client, seminar, note="Долазим из Раче.")

    booking = Booking.objects.get()
    assert (booking.person, booking.state, booking.note) == (ana, State.PLACED, "Долазим из Раче.")
    assert answer.redirect_chain == [(f"/en/prijave/{booking.pk}/", 302)]
    assert "You have a place" in page(answer).headings


def test_a_turn_is_announced_before_and_shown_after(client):
    seminar = SeminarFactory(event__capacity=1)
    somebody(seminar)
    somebody(seminar)

    before = page(client.get(form(seminar)))
    after = page(register(client, seminar))

    assert "you get turn 2 on the waiting list" in before.text
    assert "Join the waiting list" in before.text
    assert "You are waiting, without a place yet" in after.headings
    assert "You are number 2 of 2 on the waiting list." in after.text


def test_birth_is_asked_for_once_and_only_where_a_certificate_follows(client, ana):
    seminar, another = (SeminarFactory(event__asks_birth=True) for _ in range(2))

    asked = client.get(form(seminar)).content.decode()
    register(client, seminar, birth_date="24.3.1981.", birth_place="Рача")
    asked_again = client.get(form(another)).content.decode()
    never = client.get(form(SeminarFactory())).content.decode()

    ana.refresh_from_db()
    assert ['name="birth_date"' in text for text in (asked, asked_again, never)] == [
        True,
        False,
        False,
    ]
    assert (ana.birth_date, ana.birth_place) == (date(1981, 3, 24), "Рача")
    assert Booking.objects.get().state == State.PLACED


def test_looking_at_the_form_changes_nothing(client):
    seminar = SeminarFactory()

    client.get(form(seminar))
    client.head(form(seminar))

    assert (Booking.objects.count(), Entry.objects.count()) == (0, 0)


def test_whoever_is_registered_is_led_to_the_registration(client, ana):
    seminar = SeminarFactory()
    register(client, seminar)
    booking = Booking.objects.get()

    assert client.get(form(seminar)).headers["Location"] == f"/en/prijave/{booking.pk}/"


def test_a_double_click_registers_once_and_says_so(client):
    """The second of two requests finds the first one's booking."""
    seminar = SeminarFactory()
    register(client, seminar)

    answer = register(client, seminar)

    assert Booking.objects.count() == 1
    assert office.messages(answer) == ["You are already registered; here is your booking."]


def test_withdrawing_lets_the_next_one_in(client, ana):
    seminar = SeminarFactory(event__capacity=1)
    register(client, seminar)
    waiting = somebody(seminar)
    own = Booking.objects.get(person=ana)

    answer = client.post(f"/en/prijave/{own.pk}/odustajanje/", follow=True)

    assert [state_of(booking) for booking in (own, waiting)] == [State.WITHDRAWN, State.OFFERED]
    assert office.messages(answer) == ["You have withdrawn. Thank you for letting the others know."]
    assert "You have withdrawn" in page(answer).headings


def test_after_the_deadline_the_page_says_whom_to_call(client, ana):
    seminar = SeminarFactory()
    register(client, seminar)
    own = Booking.objects.get()
    past = timezone.now() - timedelta(hours=1)
    Event.objects.filter(pk=seminar.pk).update(withdraw_until=past)

    shown = client.get(f"/en/prijave/{own.pk}/")
    answer = client.post(f"/en/prijave/{own.pk}/odustajanje/", follow=True)

    assert "odustajanje" not in shown.content.decode()
    assert (state_of(own), len(office.messages(answer))) == (State.PLACED, 1)


@pytest.fixture
def offered(ana):
    """An offer to Ana of the only place, with somebody behind her."""
    seminar = SeminarFactory(event__capacity=1)
    first = somebody(seminar)
    own = bookings.enrol(event_id=seminar.pk, person=ana, by=ana.user)
    behind = somebody(seminar)
    bookings.withdraw(booking_id=first.pk, by=first.created_by)
    own.refresh_from_db()
    own.behind = behind
    return own


@pytest.mark.parametrize(
    ("answer", "own", "behind", "heading"),
    [
        ("accept", State.PLACED, State.WAITING, "You have a place"),
        ("decline", State.DECLINED, State.OFFERED, "You declined the place"),
    ],
)
@pytest.mark.parametrize("way", ["signed-in", "by-link"])
def test_an_offer_is_answered(client, offered, answer, own, behind, heading, way):
    if way == "by-link":
        client, path = Client(), f"/en{links.offer_path(offered)}"
    else:
        path = f"/en/prijave/{offered.pk}/odgovor/"

    response = client.post(path, {"answer": answer}, follow=True)

    assert [state_of(offered), state_of(offered.behind)] == [own, behind]
    assert heading in page(response).headings


def test_opening_the_letter_s_link_answers_nothing(offered):
    """Scanners of mail open every link."""
    visitor = Client()

    shown = page(visitor.get(f"/en{links.offer_path(offered)}"))

    assert state_of(offered) == State.OFFERED
    assert "A place is free: will you take it?" in shown.headings


def test_the_link_can_be_opened_again_after_answering(offered):
    visitor, path = Client(), f"/en{links.offer_path(offered)}"
    visitor.post(path, {"answer": "accept"})

    again = visitor.post(path, {"answer": "accept"}, follow=True)
    regret = visitor.post(path, {"answer": "decline"}, follow=True)

    assert "You have a place" in page(again).headings
    assert (state_of(offered), office.messages(regret)) == (
        State.PLACED,
        ["You have already accepted; the place is yours."],
    )


def test_the_link_is_not_for_search_engines_and_not_kept(offered):
    answer = Client().get(links.offer_path(offered))

    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_calendar_file_of_one_s_own_booking_holds_the_link(client, ana):
    seminar = SeminarFactory(event__online_link="https://example.org/soba")
    register(client, seminar)
    own = Booking.objects.get()

    mine = client.get(f"/prijave/{own.pk}/termin.ics").content.decode()
    public = Client().get(f"/dogadjaji/{seminar.pk}/termin.ics").content.decode()

    assert ["https://example.org/soba" in text for text in (mine, public)] == [True, False]


def test_the_staff_have_no_form_of_their_own():
    """An account without a person has nothing to book with; it uses the back office."""
    desk = office.desk_of(StaffFactory(permissions=["events.change_booking"]))

    assert desk.get(form(SeminarFactory())).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_takes_the_same_queries_however_many_are_registered(
    client, django_assert_num_queries, rows
):
    seminar = SeminarFactory(event__capacity=2, event__days=rows)
    for _ in range(rows):
        somebody(seminar)

    with django_assert_num_queries(8):
        client.get(form(seminar))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_booking_s_page_takes_the_same_queries_however_long_the_queue(
    client, ana, django_assert_num_queries, rows
):
    seminar = SeminarFactory(event__capacity=0)
    for _ in range(rows):
        somebody(seminar)
    own = bookings.enrol(event_id=seminar.pk, person=ana, by=ana.user)

    with django_assert_num_queries(8):
        client.get(f"/prijave/{own.pk}/")
