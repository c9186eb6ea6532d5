"""A person's own calendar: what it shows, and what of it nobody else sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.events import feeds
from centar.events.operations import bookings, schedule
from centar.script import faces
from tests.centar.events import ical, scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory

LINK = "https://sastanak.example.org/tajna"
pytestmark = pytest.mark.django_db


def test_a_cancellation_reaches_the_public_and_the_personal_feed(staff):
    event = EventFactory(capacity=1, title="Читање")
    placed, waiting = scenes.crowd(event, 2)

    schedule.cancel(event_id=event.pk, by=staff, reason="Предавач је болестан.")

    for text in (ical.public(), ical.personal(placed.person), ical.personal(waiting.person)):
        [entry] = ical.entries(text)
        assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == (
            "CANCELLED",
            "CANCELLED: Читање",
        )
        assert entry["SEQUENCE"] == 1


def test_the_online_link_is_only_in_the_feed_of_those_with_a_place(staff):
    event = EventFactory(capacity=2, online_link=LINK)
    leaves, placed, offered, waiting = scenes.crowd(event, 4)
    bookings.withdraw(booking_id=leaves.pk, by=staff)

    [entry] = ical.entries(ical.personal(placed.person))
    assert str(entry["DESCRIPTION"]) == LINK

    for booking in (offered, waiting):
        assert "tajna" not in ical.personal(booking.person)
        assert "tajna" not in feeds.entry_of_booking(booking, faces.CYRILLIC)
    assert "tajna" not in ical.public()
    assert "tajna" not in feeds.entry_of(event, faces.CYRILLIC)
    assert ical.entries(ical.personal(leaves.person)) == []


def test_whoever_only_waits_sees_that_in_the_calendar(staff):
    event = EventFactory(capacity=1, title="Читање")
    leaves, offered, waiting = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=leaves.pk, by=staff)

    for booking in (offered, waiting):
        booking.refresh_from_db()
        for text in (
            ical.personal(booking.person),
            feeds.entry_of_booking(booking, faces.CYRILLIC),
        ):
            [entry] = ical.entries(text)
            assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == (
                "TENTATIVE",
                "No place yet: Читање",
            )


def test_an_accepted_offer_becomes_a_newer_entry_of_the_same_identity(staff, clock):
    """An older file must not win over the newer one, and the plan itself has not changed."""
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)
    [before] = ical.entries(ical.personal(waiting.person))
    clock.shift(timedelta(hours=1))
    bookings.withdraw(booking_id=placed.pk, by=staff)
    clock.shift(timedelta(hours=1))
    bookings.accept(booking_id=waiting.pk, by=None)

    [after] = ical.entries(ical.personal(waiting.person))

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"]
    assert str(after["STATUS"]) == "CONFIRMED"
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt == timezone.now()


def test_a_withdrawn_and_repeated_registration_is_one_entry():
    event = EventFactory()
    first = scenes.enrolled(event)
    bookings.withdraw(booking_id=first.pk, by=first.created_by)
    scenes.enrolled(event, first.person)

    assert len(ical.entries(ical.personal(first.person))) == 1


def test_a_personal_feed_holds_only_ones_own():
    first, second = scenes.crowd(EventFactory(), 2)
    scenes.enrolled(EventFactory(), second.person)

    assert len(ical.entries(ical.personal(first.person))) == 1
    assert len(ical.entries(ical.personal(second.person))) == 2


def test_an_address_with_serbian_letters_is_not_transliterated():
    event = EventFactory(online_link="https://састанак.срб/соба")
    booking = scenes.enrolled(event)

    [entry] = ical.entries(feeds.entry_of_booking(booking, faces.LATIN))

    assert str(entry["DESCRIPTION"]) == "https://састанак.срб/соба"


@pytest.mark.parametrize("number", [1, 3])
def test_a_personal_feed_asks_the_database_twice(number, django_assert_num_queries):
    person = PersonFactory()
    for _ in range(number):
        scenes.enrolled(EventFactory(days=2), person)

    with django_assert_num_queries(2):
        text = ical.personal(person)

    assert len(ical.entries(text)) == 2 * number
