"""Somebody for whom the school applied does not agree."""

from __future__ import annotations

import pytest
from django.urls import reverse

from centar.events import links
from centar.events.models import Booking, BookingGroup
from centar.events.operations import bookings
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.centar.events import scenes
from tests.factories.people import PersonFactory
from tests.reader import Page

State = Booking.State
pytestmark = pytest.mark.django_db


def english(path):
    return "/en" + path


def text_of(answer):
    return Page(answer.content.decode()).text


def test_by_the_link_of_the_letter(client, event, group, coordinator):
    booking = group.bookings.filter(state=State.PLACED).earliest("pk")
    outbox.deliver_due()
    path = links.objection_path(booking)
    assert client.get(path).status_code == 200
    assert scenes.state(booking) == State.PLACED

    client.post(path)
    client.post(path)

    assert scenes.state(booking) == State.WITHDRAWN
    told = Letter.objects.filter(recipient=coordinator.email, kind="applications.objected")
    assert told.count() == 1
    # The private link is not kept where the staff can read it.
    kept = Letter.objects.get(kind="applications.applied", object_id=booking.pk).text
    assert "/prigovor/" not in kept


def test_a_forged_link_opens_nothing(client):
    assert client.get(reverse("events:object", args=["лажно"])).status_code == 404
    assert client.post(reverse("events:object", args=["abc:def:ghi"])).status_code == 404


def test_on_the_own_page(client, event, school, coordinator):
    person = PersonFactory(school=school)
    group = bookings.enrol_group(
        event_id=event.pk,
        people=[person],
        policy=BookingGroup.Policy.SPLIT,
        by=coordinator,
        school=school,
    )
    booking = group.bookings.get()
    client.force_login(person.user)
    assert "I do not agree" in text_of(
        client.get(english(reverse("events:booking", args=[booking.pk])))
    )

    client.post(english(reverse("events:object_to", args=[booking.pk])))

    assert scenes.state(booking) == State.WITHDRAWN
