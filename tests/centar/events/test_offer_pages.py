"""The page behind the link of an offer, which needs no account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from centar.events import jobs, links
from centar.events.models import Booking
from centar.events.operations import bookings, schedule
from tests.centar.events import scenes
from tests.factories.events import EventFactory

State = Booking.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    placed, first, _ = scenes.crowd(EventFactory(capacity=1, title="Читање"), 3)
    bookings.withdraw(booking_id=placed.pk, by=placed.created_by)
    first.refresh_from_db()
    return first


@pytest.fixture
def address(offer):
    return "/en" + links.offer_path(offer)


def test_opening_the_link_changes_nothing(offer, address, client):
    """Scanners of mail open every link."""
    before = list(Booking.objects.order_by("pk").values())

    for response in (client.get(address), client.get(address)):
        assert response.status_code == 200
        assert "A place is free: will you take it?" in scenes.seen(response)
        assert "no-store" in response["Cache-Control"]

    assert list(Booking.objects.order_by("pk").values()) == before
    assert client.head(address).status_code in (200, 405)
    assert scenes.state(offer) == State.OFFERED


@pytest.mark.parametrize(
    ("answer", "state", "sentence"),
    [
        ("accept", State.PLACED, "The place is yours. See you there!"),
        ("decline", State.DECLINED, "Thank you. The place goes to the next person."),
        ("perhaps", State.OFFERED, "Choose whether you accept or decline the place."),
    ],
)
def test_the_link_answers_without_signing_in(answer, state, sentence, offer, address, client):
    response = client.post(address, {"answer": answer}, follow=True)

    assert response.redirect_chain == [(address, 302)]
    assert sentence in scenes.seen(response)
    assert scenes.state(offer) == state


def test_a_second_click_on_accept_is_the_same_acceptance(offer, address, client):
    client.post(address, {"answer": "accept"})
    letters = scenes.letters()

    response = client.post(address, {"answer": "accept"}, follow=True)

    assert "You have a place" in scenes.seen(response)
    assert scenes.state(offer) == State.PLACED
    assert scenes.letters() == letters


def test_a_used_link_says_what_became_of_the_offer(offer, address, client):
    client.post(address, {"answer": "decline"})

    response = client.post(address, {"answer": "accept"}, follow=True)

    assert "You have already declined this place." in scenes.seen(response)
    assert "You declined the place" in scenes.seen(response)
    assert scenes.state(offer) == State.DECLINED


@pytest.mark.parametrize("worker_came", [True, False])
def test_a_late_answer_is_told_that_it_is_late(worker_came, offer, address, client, clock):
    clock.move_to(offer.offered_until + timedelta(minutes=1))
    if worker_came:
        jobs.settle_overdue_offers()

    assert "The offer has expired" in scenes.seen(client.get(address))
    response = client.post(address, {"answer": "accept"}, follow=True)

    assert "The time to answer has passed" in scenes.seen(response)
    assert scenes.state(offer) == (State.EXPIRED if worker_came else State.OFFERED)


def test_the_link_of_a_cancelled_event_gives_the_reason(offer, address, client, staff):
    schedule.cancel(event_id=offer.event_id, by=staff, reason="Предавач је болестан.")

    assert "Reason: Predavač je bolestan." in scenes.seen(client.get(address))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_explained_and_does_nothing(method, offer, address, client):
    forged = address[:-3] + ("A" if address[-3] != "A" else "B") + address[-2:]

    for path in (forged, "/en/ponuda/nema/", "/en/ponuda/Ж:Ж:Ж/"):
        response = getattr(client, method)(path, {"answer": "accept"})
        assert response.status_code == 404
        assert "offer" in scenes.seen(response)
    assert scenes.state(offer) == State.OFFERED


def test_the_link_of_an_earlier_offer_does_not_answer_a_later_one(offer, address, client):
    Booking.objects.filter(pk=offer.pk).update(
        offered_at=offer.offered_at + timedelta(hours=1),
    )

    assert client.post(address, {"answer": "accept"}).status_code == 404
    assert scenes.state(offer) == State.OFFERED


def test_the_link_shows_nothing_of_the_person_but_the_offer(offer, address, client):
    page = client.get(address).content.decode()

    assert offer.person.last_name not in page
    assert offer.person.user.email not in page


def test_a_form_from_elsewhere_answers_nothing(offer, address):
    response = Client(enforce_csrf_checks=True).post(address, {"answer": "decline"})

    assert response.status_code == 403
    assert scenes.state(offer) == State.OFFERED
