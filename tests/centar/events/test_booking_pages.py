"""The page of one's own booking, and what can be done there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar.events.models import Booking
from centar.events.operations import bookings
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory, StaffFactory

State = Booking.State
pytestmark = pytest.mark.django_db
PAGES = {
    "events:booking": "get",
    "events:booking_calendar": "get",
    "events:withdraw": "post",
    "events:answer": "post",
}


@pytest.fixture
def event():
    return EventFactory(capacity=1, online_link="https://sastanak.example.org/tajna")


def browser_of(booking, **more):
    """The browser of the person who is booked."""
    browser = Client(**more)
    browser.force_login(booking.person.user)
    return browser


def address(booking, name="events:booking"):
    """A page of the booking, in English."""
    return "/en" + reverse(name, args=[booking.pk])


def offered(event):
    """An offer on the freed seat, and who waits behind it."""
    placed, first, second = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=placed.pk, by=placed.created_by)
    return first, second


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["a stranger", "the staff", "whoever applied"])
def test_somebody_elses_booking_is_not_there(name, who, event, client):
    coordinator = scenes.coordinator()
    [booking, *_] = scenes.group(event, 2, scenes.SPLIT, coordinator)
    user = {
        "a stranger": lambda: PersonFactory().user,
        "the staff": lambda: StaffFactory(permissions=["events.change_booking"]),
        "whoever applied": lambda: coordinator,
    }[who]()
    client.force_login(user)

    response = getattr(client, PAGES[name])(address(booking, name), {"answer": "accept"})

    assert response.status_code == 404
    assert scenes.state(booking) == State.PLACED


@pytest.mark.parametrize("name", PAGES)
def test_whoever_is_not_signed_in_is_asked_to(name, event, client):
    booking = scenes.enrolled(event)

    response = getattr(client, PAGES[name])(address(booking, name))

    assert response.status_code == 302
    assert response["Location"].startswith("/en/nalog/login/?next=")
    assert scenes.state(booking) == State.PLACED


@pytest.mark.parametrize("name", ["events:withdraw", "events:answer"])
def test_opening_an_address_of_an_action_does_nothing(name, event):
    booking, _ = offered(event)

    response = browser_of(booking).get(address(booking, name))

    assert response.status_code == 405
    assert scenes.state(booking) == State.OFFERED


@pytest.mark.parametrize("name", ["events:withdraw", "events:answer"])
def test_a_form_without_its_token_does_nothing(name, event):
    booking, _ = offered(event)

    response = browser_of(booking, enforce_csrf_checks=True).post(
        address(booking, name), {"answer": "accept"}
    )

    assert response.status_code == 403
    assert scenes.state(booking) == State.OFFERED


def test_a_place_shows_the_online_link_and_the_way_out(event):
    booking = scenes.enrolled(event)

    response = browser_of(booking).get(address(booking))

    assert "You have a place" in scenes.seen(response)
    assert event.online_link in response.content.decode()
    assert "I cannot come" in scenes.seen(response)


def test_those_without_a_place_do_not_see_the_online_link(event):
    for booking in (*offered(event), event.bookings.get(state=State.WITHDRAWN)):
        for name in ("events:booking", "events:booking_calendar"):
            response = browser_of(booking).get(address(booking, name))
            assert response.status_code == 200
            assert "tajna" not in response.content.decode()


def test_a_withdrawal_is_confirmed_and_passes_the_place_on(event):
    placed, waiting = scenes.crowd(event, 2)
    browser = browser_of(placed)

    response = browser.post(address(placed, "events:withdraw"), follow=True)

    assert response.redirect_chain == [(address(placed), 302)]
    assert "You have withdrawn. Thank you for letting the others know." in scenes.seen(response)
    assert scenes.states(placed, waiting) == [State.WITHDRAWN, State.OFFERED]


def test_withdrawing_twice_says_that_it_has_ended(event):
    placed = scenes.enrolled(event)
    browser = browser_of(placed)
    browser.post(address(placed, "events:withdraw"))
    browser.get(address(placed))

    response = browser.post(address(placed, "events:withdraw"), follow=True)

    assert "This booking has already ended." in scenes.seen(response)


def test_after_the_deadline_the_page_says_whom_to_call(clock):
    event = EventFactory(withdraw_until=timezone.now() + timedelta(days=1))
    placed = scenes.enrolled(event)
    clock.shift(timedelta(days=1))
    browser = browser_of(placed)
    sentence = "Withdrawing was possible until 2 February 2027 at 12:00. Please call the Centre."

    assert sentence in scenes.seen(browser.get(address(placed)))
    assert sentence in scenes.seen(browser.post(address(placed, "events:withdraw"), follow=True))
    assert scenes.state(placed) == State.PLACED


@pytest.mark.parametrize(
    ("answer", "state", "sentence"),
    [
        ("accept", State.PLACED, "The place is yours. See you there!"),
        ("decline", State.DECLINED, "Thank you. The place goes to the next person."),
        ("perhaps", State.OFFERED, "Choose whether you accept or decline the place."),
        ("", State.OFFERED, "Choose whether you accept or decline the place."),
    ],
)
def test_an_offer_is_answered_on_the_page(answer, state, sentence, event):
    booking, _ = offered(event)

    response = browser_of(booking).post(
        address(booking, "events:answer"), {"answer": answer}, follow=True
    )

    assert sentence in scenes.seen(response)
    assert scenes.state(booking) == state


def test_an_expired_offer_is_no_longer_offered_on_the_page(clock, event):
    booking, _ = offered(event)
    clock.shift(timedelta(hours=48))
    browser = browser_of(booking)

    assert "The offer has expired" in scenes.seen(browser.get(address(booking)))
    response = browser.post(address(booking, "events:answer"), {"answer": "accept"}, follow=True)
    assert "The time to answer has passed" in scenes.seen(response)
    assert scenes.state(booking) == State.OFFERED


def test_the_turn_is_shown_as_it_is_now(event):
    _, second, third = scenes.crowd(event, 3)
    browser = browser_of(third)
    assert "You are number 2 of 2 on the waiting list." in scenes.seen(browser.get(address(third)))

    bookings.withdraw(booking_id=second.pk, by=second.created_by)

    assert "You are number 1 of 1 on the waiting list." in scenes.seen(browser.get(address(third)))


def test_after_the_seminar_the_page_looks_back(clock):
    event = EventFactory()
    [booking] = scenes.crowd(event, 1)
    clock.move_to(event.ends_at)

    page = browser_of(booking).get(address(booking))

    text = scenes.seen(page)
    assert "The seminar is over" in text
    assert "My certificates" in text
    assert "See you on" not in text
    assert "Put it in my calendar" not in text
    assert "I cannot come" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_my_page_asks_the_database_as_often_for_three_bookings_as_for_one(
    number, client, django_assert_num_queries
):
    person = PersonFactory()
    for _ in range(number):
        for capacity in (1, 0):
            scenes.enrolled(EventFactory(capacity=capacity, days=2), person)
    client.force_login(person.user)

    # Session, account, person with school; whether they lead seminars; bookings with events,
    # turns, calendar address; schools; their surveys; rules of evaluating, what to evaluate; what
    # the institute has sent back.
    with django_assert_num_queries(15):
        response = client.get("/en" + reverse("portal:my_page"))

    assert response.status_code == 200
