"""Private links: whom they serve, and where they must not be read."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from centar.events import links
from centar.events.models import Booking
from centar.events.operations import bookings, calendars
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests import office
from tests.factories.people import PersonFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered():
    """Somebody who waited, and whom a place is offered."""
    seminar = SeminarFactory(event__capacity=1)
    first, second = PersonFactory(), PersonFactory(user__face="lat")
    place = bookings.enrol(event_id=seminar.pk, person=first, by=first.user)
    turn = bookings.enrol(event_id=seminar.pk, person=second, by=second.user)
    bookings.withdraw(booking_id=place.pk, by=first.user)
    turn.refresh_from_db()
    return turn


def test_staff_who_read_letters_cannot_answer_an_offer_in_a_persons_name(offered):
    outbox.deliver_due()
    letter = Letter.objects.get(kind="events.offered")

    page = office.desk_of(office.onlooker()).get(f"/admin/outbox/letter/{letter.pk}/change/")

    assert ["/ponuda/" in message.body for message in mail.outbox].count(True) == 1
    assert "/ponuda/" not in page.content.decode()
    assert "/ponuda/" not in letter.text
    assert "…" in letter.text


def test_a_link_answers_nothing_after_the_staff_moved_the_person(offered):
    link = links.offer_path(offered)
    Client().post(link, {"answer": "accept"})
    other = SeminarFactory()
    moved = bookings.transfer(
        booking_id=offered.pk, to_event_id=other.pk, by=office.colleague(), reason="Договор"
    )

    for answer in ("accept", "decline"):
        Client().post(link, {"answer": answer})

    states = Booking.objects.filter(pk__in=[offered.pk, moved.pk]).order_by("pk")
    assert [booking.state for booking in states] == ["withdrawn", "placed"]


def test_the_calendar_of_a_closed_account_is_closed():
    person = PersonFactory()
    token = calendars.open_address(person=person, by=person.user).token
    before = Client().get(f"/kalendar/licni/{token}.ics").status_code
    person.user.is_active = False
    person.user.save()

    assert (before, Client().get(f"/kalendar/licni/{token}.ics").status_code) == (200, 404)


def test_the_calendar_of_a_person_without_an_account_stays():
    person = PersonFactory(user=None)
    token = calendars.open_address(person=person, by=office.colleague()).token

    assert Client().get(f"/kalendar/licni/{token}.ics").status_code == 200
