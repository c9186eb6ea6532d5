from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from centar.events.models import Event
from centar.people.models import Person, User
from centar.schools.models import School
from tests.factories.events import MANAGES, EventFactory
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory


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
    """A seminar with three places."""
    return EventFactory(capacity=3)
