"""The list at the entrance, as a telephone shows it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from centar.events.models import Booking, Presence
from tests.centar.events import days, scenes
from tests.factories.events import BookingFactory, MeetingFactory, PresenceFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(clock):
    return days.going_on()


@pytest.fixture
def meeting(event):
    return days.first_meeting(event)


@pytest.fixture
def door(staff):
    return days.browser(staff)


def address(event, name="check_in", face="/en"):
    return face + reverse(f"events:{name}", args=[event.pk])


def names(response):
    """The names on the list, in their order."""
    return re.findall(r'class="arrival-name">([^<]+)<', response.text)


def tap(door, meeting, someone, **fields):
    return door.post(
        address(meeting.event, "note_presence"),
        {"dan": meeting.pk, "booking": someone.pk, "action": "note", **fields},
    )


PAGES = [
    ("check_in", "get"),
    ("note_presence", "post"),
    ("walk_in", "get"),
    ("walk_in", "post"),
    ("sign_in_sheet", "get"),
]


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_the_staff_and_the_trainer_may(event, meeting, staff, name, method):
    booking = days.placed(event)
    fields = {"dan": meeting.pk, "booking": booking.pk, "first_name": "А", "last_name": "Б"}
    for user in (staff, days.trainer_of(event)):
        answer = getattr(days.browser(user), method)(address(event, name), fields)
        assert answer.status_code == (200 if method == "get" else 302)


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_to_everybody_else_it_is_not_there(event, meeting, name, method):
    booking = days.placed(event)
    fields = {"dan": meeting.pk, "booking": booking.pk, "first_name": "А", "last_name": "Б"}
    for user in (days.another_trainer(), booking.person.user, UserFactory(is_staff=True)):
        answer = getattr(days.browser(user), method)(address(event, name), fields)
        assert answer.status_code == 404

    assert (Presence.objects.count(), event.bookings.count()) == (0, 1)


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_whoever_is_not_signed_in_is_asked_to(event, name, method, client):
    answer = getattr(client, method)(address(event, name))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/nalog/login/?next=")


def test_a_tap_notes_and_leads_back_to_the_row(event, meeting, door, staff):
    booking = days.placed(event)

    answer = tap(door, meeting, booking, q="pet", nisu="on")

    assert answer["Location"] == (
        f"{address(event)}?dan={meeting.pk}&q=pet&nisu=on#osoba-{booking.pk}"
    )
    assert Presence.objects.get().noted_by == staff


def test_the_list_says_who_noted_it_and_when(event, meeting, door):
    user = days.trainer_of(event)
    PresenceFactory(booking=days.placed(event), noted_by=user, noted_at=timezone.now())

    page = scenes.seen(door.get(address(event)))

    assert "here, noted" in page
    assert f"12:00, {user.person}".replace("Милица Петровић", "Milica Petrović") in page


def test_undo(event, meeting, door):
    booking = PresenceFactory(booking=days.placed(event)).booking

    tap(door, meeting, booking, action="undo")

    assert not Presence.objects.exists()


def test_the_answer_to_htmx_is_the_row_the_count_and_a_sentence(event, meeting, door):
    booking = days.placed(event, first_name="Ана", last_name="Јовић")
    days.placed(event)

    answer = door.post(
        address(event, "note_presence"),
        {"dan": meeting.pk, "booking": booking.pk, "action": "note"},
        headers={"hx-request": "true"},
    )

    assert answer.status_code == 200
    page = scenes.seen(answer)
    assert names(answer) == ["Jović Ana"]
    assert "Ana Jović: noted. 1 of 2 are here." in page
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("361", "from 1 to 360"),
        ("0", "from 1 to 360"),
        ("-5", "from 1 to 360"),
        ("пола сата", "as a whole number"),
        ("1.5", "as a whole number"),
        ("9" * 10_000, "as a whole number"),
        ("1\x00", "as a whole number"),
    ],
)
def test_wrong_minutes_are_told_in_the_row_and_stay(event, meeting, door, typed, sentence):
    booking = days.placed(event)

    answer = tap(door, meeting, booking, minutes=typed)

    assert answer.status_code == 422
    error = re.search(rf'id="greska-{booking.pk}">([^<]+)<', answer.text)
    assert sentence in error[1]
    assert f'aria-describedby="greska-{booking.pk}"' in answer.text
    assert not Presence.objects.exists()


def test_partial_minutes(event, meeting, door):
    booking = days.placed(event)

    tap(door, meeting, booking, minutes=" 90 ")

    assert Presence.objects.get().minutes == 90
    assert "90 of 360 minutes, noted" in scenes.seen(door.get(address(event)))


@pytest.mark.parametrize("key", ["", "0", "-1", "x", "9" * 30, "1\x00"])
def test_a_forged_booking_or_day_is_not_found(event, meeting, door, key):
    booking = days.placed(event)

    forged = [tap(door, meeting, booking, booking=key), tap(door, meeting, booking, dan=key)]

    assert [answer.status_code for answer in forged] == [404, 404]
    assert not Presence.objects.exists()


def test_a_day_of_another_event_is_not_found(event, meeting, door):
    foreign = days.first_meeting(days.going_on())

    assert tap(door, meeting, days.placed(event), dan=foreign.pk).status_code == 404
    assert door.get(f"{address(event)}?dan={foreign.pk}").status_code == 404


def test_somebody_who_has_lost_the_place_meanwhile(event, meeting, door):
    booking = BookingFactory(event=event, state=Booking.State.WITHDRAWN)

    answer = tap(door, meeting, booking)

    assert "this person has withdrawn" in scenes.seen(door.get(answer["Location"]))


def test_everybody_is_noted_by_one_button(event, meeting, door):
    for _ in range(2):
        days.placed(event)

    answer = door.post(address(event, "note_presence"), {"dan": meeting.pk, "action": "all"})

    assert Presence.objects.count() == 2
    assert "2 people noted." in scenes.seen(door.get(answer["Location"]))


@pytest.mark.parametrize("words", ["Јовић", "jović", "JOVIC ana", "ана јо", "  јовић  "])
@pytest.mark.parametrize("face", ["", "/lat", "/en"])
def test_a_name_is_found_in_either_script(event, door, words, face):
    days.placed(event, first_name="Ана", last_name="Јовић")
    days.placed(event, first_name="Бранка", last_name="Лазић")

    answer = door.get(address(event, face=face), {"q": words})

    assert names(answer) == ["Јовић Ана" if face == "" else "Jović Ana"]


@pytest.mark.parametrize(
    ("face", "order"),
    [("", ["Вукић", "Ђокић", "Чолић"]), ("/lat", ["Čolić", "Đokić", "Vukić"])],
)
def test_the_list_has_the_order_of_its_script(event, door, face, order):
    for surname in ("Чолић", "Вукић", "Ђокић"):
        days.placed(event, first_name="А", last_name=surname)

    assert [name.split()[0] for name in names(door.get(address(event, face=face)))] == order


def test_only_who_has_not_arrived(event, meeting, door):
    PresenceFactory(booking=days.placed(event, last_name="Стигла"))
    days.placed(event, last_name="Касни")

    answer = door.get(address(event), {"nisu": "on"})

    assert names(answer) == ["Kasni Milica"]
    assert "1 of 2 are here" in scenes.seen(answer)


def test_everybody_has_arrived(event, door):
    PresenceFactory(booking=days.placed(event))

    page = scenes.seen(door.get(address(event), {"nisu": "on"}))

    assert "Everybody has arrived." in page


@pytest.mark.parametrize("words", ["\x00", "x" * 10_000])
def test_words_that_cannot_be_searched_for_narrow_nothing(event, door, words):
    days.placed(event)

    answer = door.get(address(event), {"q": words})

    assert (answer.status_code, len(names(answer))) == (200, 1)


def test_the_page_opens_at_todays_meeting(event, door):
    MeetingFactory(event=event, starts_at=timezone.now() + timedelta(days=1))

    assert door.get(address(event)).context["meeting"] == days.first_meeting(event)


def test_no_birth_date_is_on_the_list(event, door):
    days.placed(event, birth_date="1981-03-24", birth_place="Рача")

    page = door.get(address(event, face="")).text

    assert not re.search(r"1981|Рача", page)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_people(event, door, django_assert_num_queries, count):
    for _ in range(count):
        PresenceFactory(booking=days.placed(event), noted_by=days.trainer_of(days.going_on()))
    door.get(address(event))

    with django_assert_num_queries(8):
        door.get(address(event))


def test_somebody_at_the_door_is_let_in_and_seen_on_the_list(event, meeting, door):
    answer = door.post(
        address(event, "walk_in"),
        {"dan": meeting.pk, "first_name": "Ана", "last_name": "Јовић"},
        follow=True,
    )

    assert names(answer) == ["Jović Ana"]
    assert "Ana Jović is noted as present." in scenes.seen(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": ""},
        {"first_name": "А" * 10_000},
        {"last_name": "\x00"},
        {"email": "није адреса"},
        {"school": "999999"},
        {"school": "x\x00"},
    ],
    ids=["empty", "long", "nul", "address", "no school", "forged school"],
)
def test_wrong_input_at_the_door_is_told_and_stays(event, meeting, door, wrong):
    typed = {"dan": meeting.pk, "first_name": "Ана", "last_name": "Јовић", **wrong}

    answer = door.post(address(event, "walk_in", face=""), typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong) - {"dan"}
    assert not event.bookings.exists()


def test_a_full_house_is_told_at_the_door(clock, door):
    event = days.going_on(capacity=1)
    days.placed(event)
    typed = {"dan": days.first_meeting(event).pk, "first_name": "Ана", "last_name": "Јовић"}

    answer = door.post(address(event, "walk_in"), typed)

    assert answer.status_code == 422
    assert "No place is free." in scenes.seen(answer)
