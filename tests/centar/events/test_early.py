"""Some may register before everybody else, and registration can be made to open later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events import early, permissions, signals
from centar.events.models import Event
from centar.events.operations import bookings, schedule
from tests.factories.events import MANAGES, EventFactory
from tests.factories.people import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff():
    return StaffFactory(permissions=MANAGES)


@pytest.fixture
def event():
    return EventFactory(registration_opens_at=timezone.now() + timedelta(days=3))


def test_whoever_has_a_reason_registers_before_the_others(event, monkeypatch):
    first, other = PersonFactory(), PersonFactory()
    reason = early.Precedence(
        admits=lambda where, user: (where, user) == (event, first.user), foretold=lambda where: ()
    )
    monkeypatch.setattr(early, "_known", [reason])

    bookings.enrol(event_id=event.pk, person=first, by=first.user)

    with pytest.raises(Refusal, match="Registration opens on"):
        bookings.enrol(event_id=event.pk, person=other, by=other.user)


@pytest.mark.parametrize("state", [Event.State.CLOSED, Event.State.DRAFT])
def test_a_reason_opens_nothing_that_is_closed(event, monkeypatch, state):
    event.state = state
    reason = early.Precedence(admits=lambda where, user: True, foretold=lambda where: ())
    monkeypatch.setattr(early, "_known", [reason])

    assert not permissions.may_register(event, PersonFactory().user, timezone.now())
    assert not permissions.may_register(event, None, timezone.now())


def test_registration_is_opened_at_another_moment(staff, event):
    moment = timezone.now() + timedelta(days=9)

    changed = schedule.open_registration_at(event_id=event.pk, opens_at=moment, by=staff)

    assert changed.registration_opens_at == moment
    assert Entry.objects.get().action == "events.open_registration_at"


def test_it_opens_while_there_is_something_to_register_for(staff, event):
    event.registration_closes_at = timezone.now() + timedelta(days=5)
    event.save()

    for days in (6, 40):
        with pytest.raises(Refusal, match="too late"):
            schedule.open_registration_at(
                event_id=event.pk, opens_at=timezone.now() + timedelta(days=days), by=staff
            )


def test_only_those_who_change_events_do_it(event):
    with pytest.raises(Refusal, match="Only the Centre's staff"):
        schedule.open_registration_at(
            event_id=event.pk, opens_at=timezone.now(), by=PersonFactory().user
        )


def test_publishing_is_told_inside_the_transaction(staff):
    event = EventFactory(state=Event.State.DRAFT)
    heard = []

    def hear(sender, event, by, **kwargs):
        heard.append((event.pk, event.state, by))
        raise RuntimeError

    signals.published.connect(hear)
    try:
        with pytest.raises(RuntimeError):
            schedule.publish(event_id=event.pk, by=staff)
    finally:
        signals.published.disconnect(hear)

    event.refresh_from_db()
    assert (heard, event.state) == ([(event.pk, Event.State.OPEN, staff)], Event.State.DRAFT)
