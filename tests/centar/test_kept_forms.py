"""What was typed while the sign-in ended is there again, for its sender and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar import kept_forms
from centar.accounts import jobs
from centar.events.models import ApplicationDraft
from centar.people.models import Person
from tests import office
from tests.factories.people import PASSWORD, CoordinationFactory, PersonFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    coordination = CoordinationFactory(person__user__confirmed=True)
    coordination.person.school = coordination.school
    coordination.person.save()
    return coordination.person


@pytest.fixture
def path():
    return reverse("events:apply", args=[SeminarFactory().event.pk])


def typed_by(person, **fields):
    return {"typed_by": person.user.pk, **fields}


def sign_in(client, person, address):
    """Through the portal's own form, and back to where one came from."""
    answer = client.post(address, {"login": person.user.email, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    return answer


def test_the_list_of_an_application_is_there_after_signing_in(client, coordinator, path):
    sent = typed_by(coordinator, pasted="Нова\tНић", first_name=["Трећа"], last_name=["Нић"])

    asked = client.post(path, {**sent, "preview": "1"}, follow=True)
    address = asked.redirect_chain[-1][0]
    answer = sign_in(client, coordinator, address)

    assert office.messages(asked) == [
        office.serbian("Please sign in again. What you have typed is kept.")
    ]
    text = answer.content.decode()
    assert answer.request["PATH_INFO"] == path
    assert "Нова\tНић" in text
    assert 'value="Трећа"' in text
    assert office.serbian("What you had typed is here again. It has not been sent yet.") in text
    assert ApplicationDraft.objects.count() == 0


def test_it_stands_there_until_it_is_sent(client, coordinator, path):
    client.post(path, typed_by(coordinator, pasted="Нова\tНић"))
    client.force_login(coordinator.user)
    for _reload in range(2):
        assert "Нова\tНић" in client.get(path).content.decode()

    client.post(path, typed_by(coordinator, pasted="Друга\tНић"))

    text = client.get(path).content.decode()
    assert ("Друга\tНић" in text, "Нова\tНић" in text) == (True, False)


def test_nobody_else_at_the_same_computer_reads_it(client, coordinator, path):
    client.post(path, typed_by(coordinator, pasted="Нова\tНић"))
    other = CoordinationFactory(school=coordinator.school).person

    client.force_login(other.user)

    assert "Нова\tНић" not in client.get(path).content.decode()
    assert "kept_form" not in client.session


def test_after_an_hour_it_is_gone(client, coordinator, path):
    now = timezone.now()
    client.post(path, typed_by(coordinator, pasted="Нова\tНић"))
    client.force_login(coordinator.user)

    with time_machine.travel(now + kept_forms.PATIENCE + timedelta(minutes=1)):
        answer = client.get(path)

    assert "Нова\tНић" not in answer.content.decode()


def test_who_never_signs_in_leaves_nothing_behind(client, coordinator, path):
    client.post(path, typed_by(coordinator, pasted="Нова\tНић"))
    assert Session.objects.count() == 1

    with time_machine.travel(timezone.now() + kept_forms.PATIENCE + timedelta(minutes=1)):
        jobs.clear_sessions()

    assert Session.objects.count() == 0


def test_after_signing_in_the_session_lasts_as_always(client, coordinator, path, settings):
    client.post(path, typed_by(coordinator, pasted="Нова\tНић"))
    assert client.session.get_expiry_age() <= kept_forms.PATIENCE.total_seconds()

    client.force_login(coordinator.user)

    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


@pytest.mark.parametrize("sent", [{}, {"typed_by": ""}, {"typed_by": "1", "pasted": "x" * 200_001}])
def test_what_names_nobody_or_is_endless_is_not_kept(sent, client, path):
    answer = client.post(path, sent)

    assert answer.headers["Location"].startswith("/nalog/login/")
    assert "kept_form" not in client.session


def test_what_is_kept_stands_only_on_its_page(client, coordinator, path):
    client.post(path, typed_by(coordinator, first_name="Трећа"))
    client.force_login(coordinator.user)
    other = reverse("events:add_colleague", args=[coordinator.school_id])

    assert "Трећа" not in client.get(other).content.decode()
    assert 'value="Трећа"' in client.get(path).content.decode()


def test_a_new_colleague_and_a_request_are_kept_too(client, coordinator):
    add = reverse("events:add_colleague", args=[coordinator.school_id])
    client.post(add, typed_by(coordinator, first_name="Трећа", last_name="Нић"))
    client.force_login(coordinator.user)
    assert 'value="Трећа"' in client.get(add).content.decode()
    assert Person.objects.filter(first_name="Трећа").count() == 0

    asking = PersonFactory(school=coordinator.school)
    ask = reverse("people:ask_to_coordinate")
    visitor = Client()
    visitor.post(ask, typed_by(asking, sentence="Пријављујем колеге."))
    visitor.force_login(asking.user)
    assert "Пријављујем колеге." in visitor.get(ask).content.decode()


def test_an_old_page_after_signing_in_elsewhere_loses_nothing(coordinator, path):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator.user)

    answer = browser.post(path, typed_by(coordinator, pasted="Нова\tНић"), follow=True)

    assert answer.status_code == 200
    assert "Нова\tНић" in answer.content.decode()
    assert ApplicationDraft.objects.count() == 0
    stranger = Client(enforce_csrf_checks=True).post(path, typed_by(coordinator, pasted="x"))
    assert stranger.status_code == 403
