"""A seminar that goes on right now, as the tests of its entrance need it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from centar.events.models import Booking, Event, Meeting
from centar.people.models import User
from tests.factories.events import BookingFactory, EventFactory
from tests.factories.people import PersonFactory
from tests.factories.trainings import SeminarFactory, TrainerFactory


def going_on(**facts: Any) -> Event:
    """A published seminar that began an hour ago."""
    return EventFactory(starts_at=timezone.now() - timedelta(hours=1), **facts)


def first_meeting(event: Event) -> Meeting:
    """The first day of the event."""
    return event.meetings.earliest("starts_at")


def placed(event: Event, **person: Any) -> Booking:
    """Somebody with a place."""
    return BookingFactory(event=event, person=PersonFactory(**person))


def trainer_of(event: Event) -> User:
    """The login of somebody who leads this event, which becomes a seminar."""
    trainer = TrainerFactory(person=PersonFactory())
    SeminarFactory(event=event, trainers=[trainer])
    user: User = trainer.person.user
    return user


def another_trainer() -> User:
    """The login of somebody who leads only another seminar."""
    return trainer_of(going_on())


def browser(user: User | None = None) -> Client:
    """A browser; with a user, somebody signed in."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client
