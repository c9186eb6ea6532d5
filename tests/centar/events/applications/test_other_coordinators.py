"""An application is the school's: its other coordinators see it and act for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar.access import Refusal
from centar.events.models import Booking
from centar.events.operations import applications, bookings
from centar.outbox import operations as outbox
from tests.centar.events import scenes
from tests.factories.people import CoordinationFactory

State = Booking.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def second(school):
    """Another confirmed coordinator of the same school."""
    return CoordinationFactory(school=school).person.user


@pytest.fixture
def stranger():
    """A coordinator of another school."""
    return CoordinationFactory().person.user


def browser(user):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def test_who_sees_the_application(group, coordinator, second, stranger):
    path = reverse("events:application", args=[group.pk])

    seen = [browser(user).get(path).status_code for user in (coordinator, second, stranger, None)]

    assert seen == [200, 200, 404, 302]


def test_who_names_a_substitute(group, colleagues, second, stranger):
    booking = group.bookings.filter(state=State.PLACED).earliest("pk")
    path = reverse("events:application_member", args=[booking.pk])
    sent = {"person": colleagues[4].pk}

    assert browser(None).post(path, sent).status_code == 302
    assert browser(stranger).post(path, sent).status_code == 404
    with pytest.raises(Refusal, match="not yours"):
        applications.substitute(booking_id=booking.pk, person_id=colleagues[4].pk, by=stranger)
    booking.refresh_from_db()
    assert booking.person == colleagues[0]

    browser(second).post(path, sent)
    booking.refresh_from_db()
    assert booking.person == colleagues[4]


def test_who_withdraws_one_and_all(group, second, stranger):
    booking = group.bookings.filter(state=State.PLACED).earliest("pk")
    one = reverse("events:application_member", args=[booking.pk])
    everybody = reverse("events:withdraw_all", args=[group.pk])

    for client, status in ((browser(None), 302), (browser(stranger), 404)):
        assert client.post(one, {"withdraw": "1"}).status_code == status
        assert client.post(everybody).status_code == status
    assert group.bookings.live().count() == 4

    browser(second).post(one, {"withdraw": "1"})
    assert scenes.state(booking) == State.WITHDRAWN
    browser(second).post(everybody)
    assert group.bookings.live().count() == 0


def letters_to(mailoutbox):
    """Everything that is on its way, digests included."""
    mailoutbox.clear()
    outbox.deliver_due(timezone.now() + timedelta(hours=1))
    return {letter.to[0] for letter in mailoutbox}


def test_the_one_who_applied_reads_what_another_has_done(group, coordinator, second, mailoutbox):
    letters_to(mailoutbox)

    bookings.withdraw(booking_id=group.bookings.earliest("pk").pk, by=second)

    told = letters_to(mailoutbox)
    assert coordinator.email in told
    assert second.email not in told


def test_after_the_one_who_applied_stops_the_others_are_told(
    group, coordinator, second, stranger, mailoutbox
):
    coordinator.person.coordinations.update(ended_at=timezone.now())
    letters_to(mailoutbox)
    booking = group.bookings.filter(state=State.PLACED).earliest("pk")

    applications.object_to(booking_id=booking.pk, person_id=booking.person_id, by=None)

    told = letters_to(mailoutbox)
    assert second.email in told
    assert not {coordinator.email, stranger.email} & told
