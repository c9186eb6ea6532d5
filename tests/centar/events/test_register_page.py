"""The page on which a teacher registers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar.events.models import Booking, Event
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory, StaffFactory

State = Booking.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def teacher(client, person):
    """The person's own teacher."""
    client.force_login(person.user)
    return client


def address(event):
    """Where one registers for the event, in English."""
    return "/en" + reverse("events:register", args=[event.pk])


def booking_address(booking):
    """The page of the booking, in English."""
    return "/en" + reverse("events:booking", args=[booking.pk])


def test_registering_gives_a_place_and_shows_it(teacher, person):
    event = EventFactory(capacity=1)

    response = teacher.post(address(event), {"note": "Стижем касније."})

    booking = event.bookings.get()
    assert (booking.person, booking.created_by, booking.state) == (
        person,
        person.user,
        State.PLACED,
    )
    assert booking.note == "Стижем касније."
    assert (response.status_code, response["Location"]) == (302, booking_address(booking))
    assert "You have a place" in scenes.seen(teacher.get(response["Location"]))


def test_a_full_event_says_before_that_it_will_be_a_turn(teacher):
    event = EventFactory(capacity=1)
    scenes.crowd(event, 3)

    page = scenes.seen(teacher.get(address(event)))

    assert "You will have no place yet: you get turn 3 on the waiting list" in page
    assert "Join the waiting list" in page
    response = teacher.post(address(event), follow=True)
    assert "You are waiting, without a place yet" in scenes.seen(response)
    assert "You are number 3 of 3 on the waiting list." in scenes.seen(response)


def test_a_double_click_is_one_booking(teacher):
    event = EventFactory(capacity=5)

    first, second = (teacher.post(address(event)) for _ in range(2))

    booking = event.bookings.get()
    assert first["Location"] == second["Location"] == booking_address(booking)
    assert "You are already registered; here is your booking." in scenes.seen(
        teacher.get(second["Location"])
    )


def test_whoever_is_registered_is_led_to_the_booking(teacher, person):
    event = EventFactory()
    booking = scenes.enrolled(event, person)

    response = teacher.get(address(event))

    assert response["Location"] == booking_address(booking)


def test_somebody_who_is_not_signed_in_is_asked_to_and_comes_back(client):
    event = EventFactory()

    for response in (client.get(address(event)), client.post(address(event))):
        assert response.status_code == 302
        assert response["Location"] == f"/en/nalog/login/?next={address(event)}"
    assert not event.bookings.exists()


def test_a_form_without_its_token_registers_nobody(person):
    teacher = Client(enforce_csrf_checks=True)
    teacher.force_login(person.user)
    event = EventFactory()

    response = teacher.post(address(event))

    assert response.status_code == 403
    assert "The page had been open too long." in scenes.seen(response)
    assert not event.bookings.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"state": Event.State.CLOSED}, "The Centre has closed the registration."),
        (
            {"state": Event.State.CANCELLED, "cancelled_at": timedelta()},
            "This event is cancelled.",
        ),
        (
            {"registration_closes_at": timedelta(hours=-1)},
            "Registration closed on 1 February 2027 at 11:00.",
        ),
        (
            {"registration_opens_at": timedelta(hours=1)},
            "Registration opens on 1 February 2027 at 13:00.",
        ),
        (
            {"starts_at": timedelta(hours=-1)},
            "This event has begun; registration is closed.",
        ),
        ({"starts_at": timedelta(days=-1)}, "This event is over."),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_registration_that_is_not_possible_says_why(facts, sentence, clock, teacher):
    now = timezone.now()
    event = EventFactory(
        **{
            name: now + value if isinstance(value, timedelta) else value
            for name, value in facts.items()
        }
    )

    for response in (teacher.get(address(event)), teacher.post(address(event))):
        assert response.status_code == 409
        assert sentence in scenes.seen(response)
    assert not event.bookings.exists()


def test_a_draft_is_not_there(teacher):
    event = EventFactory(state=Event.State.DRAFT)

    assert teacher.get(address(event)).status_code == 404
    assert teacher.post(address(event)).status_code == 404
    assert teacher.get("/en" + reverse("events:register", args=[404])).status_code == 404


def test_an_account_without_a_person_has_nothing_to_book(client):
    client.force_login(StaffFactory())

    assert client.get(address(EventFactory())).status_code == 404


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("а" * 10_000, "Ensure this value has at most 500 characters (it has 10000)."),
        ("Стижем\x00касније.", "Null characters are not allowed."),
    ],
    ids=["too long", "a NUL byte"],
)
def test_a_note_that_cannot_be_kept_is_refused_beside_its_field(note, sentence, teacher):
    event = EventFactory()

    response = teacher.post(address(event), {"note": note})

    assert response.status_code == 422
    assert sentence in scenes.seen(response)
    assert note[:6] in response.content.decode()
    assert not event.bookings.exists()


class TestBirth:
    """The date and place of birth, where a certificate needs them."""

    @pytest.fixture
    def event(self):
        return EventFactory(asks_birth=True)

    def test_are_asked_for_once_and_kept_with_the_person(self, event, teacher, person):
        page = scenes.seen(teacher.get(address(event)))
        assert "Date of birth" in page

        response = teacher.post(
            address(event), {"birth_date": "1980-02-29", "birth_place": "Крагујевац"}
        )

        person.refresh_from_db()
        assert (person.birth_date, person.birth_place) == (date(1980, 2, 29), "Крагујевац")
        assert response["Location"] == booking_address(event.bookings.get())

    def test_are_not_asked_for_again(self, event, client):
        person = PersonFactory(birth_date=date(1980, 2, 29), birth_place="Крагујевац")
        client.force_login(person.user)

        assert "Date of birth" not in scenes.seen(client.get(address(event)))
        client.post(address(event))
        assert event.bookings.get().person == person

    def test_a_bad_date_is_refused_and_the_rest_stays(self, event, teacher):
        response = teacher.post(
            address(event), {"birth_date": "31.2.1980.", "birth_place": "Крагујевац", "note": "Х"}
        )

        assert response.status_code == 422
        assert not event.bookings.exists()
        typed = response.content.decode()
        assert "31.2.1980." in typed
        assert "Крагујевац" in typed

    def test_are_not_asked_for_where_no_certificate_is_issued(self, teacher):
        assert "Date of birth" not in scenes.seen(teacher.get(address(EventFactory())))
