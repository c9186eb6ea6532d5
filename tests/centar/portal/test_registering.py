"""Registering for a seminar: what is asked, what looking costs, who sees the link."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from centar.audit.models import Entry
from centar.events import links
from centar.events.models import Booking
from centar.events.operations import bookings
from tests import office
from tests.factories.people import PersonFactory
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


def register(client, seminar, **fields):
    return client.post(form(seminar), {"note": "", **fields}, follow=True)


def somebody(seminar):
    """Somebody else registers."""
    person = PersonFactory()
    return bookings.enrol(event_id=seminar.pk, person=person, by=person.user)


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


@pytest.fixture
def offered(ana):
    """An offer of the only place to Ana."""
    seminar = SeminarFactory(event__capacity=1)
    first = somebody(seminar)
    own = bookings.enrol(event_id=seminar.pk, person=ana, by=ana.user)
    bookings.withdraw(booking_id=first.pk, by=first.created_by)
    own.refresh_from_db()
    return own


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


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_takes_the_same_queries_however_many_are_registered(
    client, django_assert_num_queries, rows
):
    seminar = SeminarFactory(event__capacity=2, event__days=rows)
    for _ in range(rows):
        somebody(seminar)

    with django_assert_num_queries(6):
        client.get(form(seminar))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_booking_s_page_takes_the_same_queries_however_long_the_queue(
    client, ana, django_assert_num_queries, rows
):
    seminar = SeminarFactory(event__capacity=0)
    for _ in range(rows):
        somebody(seminar)
    own = bookings.enrol(event_id=seminar.pk, person=ana, by=ana.user)

    with django_assert_num_queries(6):
        client.get(f"/prijave/{own.pk}/")
