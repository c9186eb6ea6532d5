"""Calendar files and feeds by their addresses."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from centar.events import kinds
from centar.events.models import CalendarToken, Event
from centar.events.operations import calendars
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


def titles(response):
    """The titles in the calendar that was answered."""
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    entries = Calendar.from_ical(response.content.decode()).walk("VEVENT")
    return [str(entry["SUMMARY"]) for entry in entries]


def feed(token):
    """The address of a personal feed."""
    return reverse("events:personal_feed", args=[token])


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def teacher(client, person):
    client.force_login(person.user)
    return client


@pytest.mark.parametrize("slug", ["svi", "seminari"])
@pytest.mark.parametrize(("face", "title"), [("", "Читање"), ("/lat", "Čitanje")])
def test_the_public_feeds_are_open_to_all(slug, face, title, client):
    EventFactory(title="Читање")
    EventFactory(title="Нацрт", state=Event.State.DRAFT)

    response = client.get(f"{face}/kalendar/{slug}.ics")

    assert titles(response) == [title]
    assert response["Content-Disposition"] == f'inline; filename="{slug}.ics"'
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "public, max-age=900"


def test_every_kind_has_a_feed_and_no_other_word_has(client):
    for kind in kinds.every():
        assert client.get(f"/kalendar/{kind.slug}.ics").status_code == 200

    assert client.get("/kalendar/nema.ics").status_code == 404


def test_calendar_programs_may_ask_for_the_head_first(client):
    assert client.head("/kalendar/svi.ics").status_code == 200


def test_one_event_has_its_file_and_a_draft_has_none(client):
    event = EventFactory(title="Читање")
    draft = EventFactory(state=Event.State.DRAFT)

    response = client.get(reverse("events:event_calendar", args=[event.pk]))

    assert titles(response) == ["Читање"]
    assert client.get(reverse("events:event_calendar", args=[draft.pk])).status_code == 404


def test_a_personal_feed_needs_only_its_address(teacher, person):
    scenes.enrolled(EventFactory(title="Читање"), person)
    teacher.post(reverse("events:calendar_address"), {"action": "open"})
    token = CalendarToken.objects.get(person=person).token

    response = Client().get(feed(token))

    assert titles(response) == ["Читање"]
    assert response["Cache-Control"] == "private"


def test_a_new_address_ends_the_old_one(teacher, person):
    teacher.post(reverse("events:calendar_address"), {"action": "open"})
    old = CalendarToken.objects.get()
    teacher.post(reverse("events:calendar_address"), {"action": "open"})
    new = CalendarToken.objects.get(revoked_at=None)

    assert Client().get(feed(old.token)).status_code == 404
    assert Client().get(feed(new.token)).status_code == 200


def test_a_closed_address_leads_nowhere(teacher, person):
    teacher.post(reverse("events:calendar_address"), {"action": "open"})
    token = CalendarToken.objects.get().token
    response = teacher.post(reverse("events:calendar_address"), {"action": "close"})

    assert response["Location"] == reverse("portal:my_page")
    assert Client().get(feed(token)).status_code == 404


def test_closing_a_closed_address_is_no_news(person):
    calendars.close_address(person=person, by=person.user)

    assert scenes.trail() == []


@pytest.mark.parametrize("token", ["nema", "A" * 43, "%00", "Ж"])
def test_a_guessed_address_leads_nowhere(token, client):
    assert client.get(f"/kalendar/licni/{token}.ics").status_code == 404


def test_tokens_are_long_and_differ():
    tokens = {CalendarToken(person=None).token for _ in range(50)}

    assert len(tokens) == 50
    assert min(len(token) for token in tokens) >= 43


def test_addresses_are_opened_only_by_a_form_of_ones_own(client, person):
    address = reverse("events:calendar_address")
    assert client.post(address).status_code == 302

    client.force_login(person.user)
    assert client.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person.user)
    assert strict.post(address).status_code == 403
    client.force_login(StaffFactory())
    assert client.post(address).status_code == 404

    assert not CalendarToken.objects.exists()
