from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from centar.events.models import Booking, BookingGroup, Event
from centar.events.operations import bookings
from centar.people.models import Person, User
from centar.schools.models import School
from tests.factories.events import MANAGES
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory
from tests.factories.trainings import SeminarFactory


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared as the code says them."""
    with translation.override("en"):
        yield


@pytest.fixture
def school(coordinator: User) -> School:
    """The school of the coordinator."""
    return School.objects.get(coordinations__person__user=coordinator)


@pytest.fixture
def coordinator(db: None) -> User:
    """Somebody who applies for the people of one school."""
    coordination = CoordinationFactory()
    person = coordination.person
    person.school = coordination.school
    person.save()
    return person.user


@pytest.fixture
def colleagues(school: School) -> list[Person]:
    """Five people of the school without an account."""
    return [
        PersonFactory(
            user=None,
            school=school,
            first_name="Јован",
            last_name=f"Лазић {number}",
            contact_email=f"jovan{number}@example.org",
        )
        for number in range(5)
    ]


@pytest.fixture
def staff(db: None) -> User:
    """Somebody who works on events and bookings in the back office."""
    return StaffFactory(permissions=MANAGES)


@pytest.fixture
def event(db: None) -> Event:
    """The event of a seminar with three places."""
    found: Event = SeminarFactory(event__capacity=3).event
    return found


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    """The coordinator's browser."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def group(
    event: Event, school: School, coordinator: User, colleagues: list[Person]
) -> BookingGroup:
    """An application for four of the five: three have a place, one waits."""
    return bookings.enrol_group(
        event_id=event.pk,
        people=colleagues[:4],
        policy=BookingGroup.Policy.SPLIT,
        by=coordinator,
        school=school,
        payer=Booking.Payer.SCHOOL,
    )
