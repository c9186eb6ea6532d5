"""The code of the letter, from the letter to the entrance."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from django.core import mail
from django.core.signing import Signer
from PIL import Image

from centar.events import links
from centar.events.models import Booking, Presence
from centar.outbox import operations
from centar.people.models import User
from tests.centar.events import days, scenes
from tests.factories.events import BookingFactory, EventFactory
from tests.factories.people import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
SITE = "https://portal.example.org"


@pytest.fixture
def event(clock):
    return days.going_on()


@pytest.fixture
def booking(event):
    return days.placed(event, first_name="Ана", last_name="Јовић")


def path(booking):
    return "/en" + links.arrival_path(booking)


@pytest.mark.parametrize("face", User.Face.values)
def test_the_code_in_the_letter_opens_the_persons_page(face, settings, clock, staff):
    settings.SITE_URL = SITE
    person = PersonFactory(user__face=face)
    booking = scenes.enrolled(EventFactory(), person)
    operations.deliver_due()
    [letter] = mail.outbox
    [picture] = [content for name, content, _ in letter.attachments if name == "ulaznica.png"]

    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))

    assert code.text == SITE + links.arrival_path(booking)
    answer = days.browser(staff).get(code.text.removeprefix(SITE))
    assert answer.context["booking"] == booking


def test_opening_it_changes_nothing_and_a_button_notes(booking, staff):
    door = days.browser(staff)

    shown = door.get(path(booking))
    looked = door.head(path(booking))
    before = Presence.objects.count()
    answer = door.post(path(booking), follow=True)

    assert (shown.status_code, looked.status_code, before) == (200, 200, 0)
    assert "Note as present" in scenes.seen(shown)
    assert Presence.objects.get().noted_by == staff
    assert "Note as present" not in scenes.seen(answer)


def test_a_second_scan_says_when_it_was_noted(booking, staff):
    door = days.browser(staff)
    door.post(path(booking))
    door.post(path(booking))

    assert Presence.objects.count() == 1
    assert "12:00" in scenes.seen(door.get(path(booking)))


def test_who_may(booking):
    trainer = days.browser(days.trainer_of(booking.event))

    assert trainer.post(path(booking)).status_code == 302
    assert Presence.objects.count() == 1


@pytest.mark.parametrize("who", ["nobody", "the person", "another trainer", "a stranger"])
def test_to_others_it_says_nothing_about_the_person(booking, who):
    user = {
        "nobody": lambda: None,
        "the person": lambda: booking.person.user,
        "another trainer": days.another_trainer,
        "a stranger": UserFactory,
    }[who]()
    browser = days.browser(user)

    shown = browser.get(path(booking))
    refused = browser.post(path(booking))

    assert (shown.status_code, refused.status_code) == (200, 403)
    assert "Show this code at the entrance" in scenes.seen(shown)
    assert "Jović" not in shown.text
    assert booking.event.title not in shown.text
    assert not Presence.objects.exists()


def test_a_forged_code_opens_nothing(booking, staff):
    door, own = days.browser(staff), links.arrival_path(booking).split("/")[2]
    other = BookingFactory()
    forged = [
        str(booking.pk),
        own[:-1] + ("A" if own[-1] != "A" else "B"),
        own.replace(str(booking.pk), str(other.pk), 1),
        Signer(salt=links.OFFER_SALT).sign(str(booking.pk)),
        "%00",
        "x" * 3000,
    ]

    for token in forged:
        for method in (door.get, door.post):
            answer = method(f"/en/dolazak/{token}/")
            assert (token, answer.status_code) == (token, 404)
            assert "This code opens nothing" in scenes.seen(answer)
    assert not Presence.objects.exists()


def test_the_code_of_a_booking_that_is_gone(booking, staff):
    address = path(booking)
    booking.delete()

    assert days.browser(staff).get(address).status_code == 404


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (Booking.State.WAITING, "on the waiting list"),
        (Booking.State.WITHDRAWN, "has withdrawn"),
    ],
)
def test_whoever_has_no_place_any_more(event, staff, state, sentence):
    booking = BookingFactory(event=event, state=state)
    door = days.browser(staff)

    shown = door.get(path(booking))
    sent = door.post(path(booking), follow=True)

    assert sentence in scenes.seen(shown)
    assert sentence in scenes.seen(sent)
    assert not Presence.objects.exists()


def test_a_code_on_a_day_without_a_meeting(staff, clock):
    booking = days.placed(EventFactory())
    door = days.browser(staff)

    shown = door.get(path(booking))
    sent = door.post(path(booking), follow=True)

    assert "the event has no meeting today" in scenes.seen(shown)
    assert "There is no meeting of this event today." in scenes.seen(sent)


def test_it_is_not_kept_and_not_indexed(booking, staff):
    for browser in (days.browser(), days.browser(staff)):
        answer = browser.get(path(booking))
        assert "no-store" in answer["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in answer.text


def test_the_page_of_ones_own_booking_draws_the_code(booking, clock):
    clock.move_to(booking.event.starts_at)
    page = days.browser(booking.person.user).get(f"/en/prijave/{booking.pk}/")

    assert page.context["ticket"].startswith("<svg")
