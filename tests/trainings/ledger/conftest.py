"""A school with its people on a day of the school year 2026/2027."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from centar.people.models import Person
from centar.schools.models import School
from tests import office
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.factories.schools import SchoolFactory

TODAY = "2026-11-20T10:00:00+01:00"


@dataclass
class Staffroom:
    """A teacher and the coordinator of one school, and the coordinator of another."""

    school: School
    teacher: Person
    coordinator: Person
    stranger: Person

    def desk(self, person: Person) -> Client:
        return office.desk_of(person.user)


@pytest.fixture
def staffroom(db):
    school = SchoolFactory()
    coordinator = CoordinationFactory(school=school, person__school=school).person
    teacher = PersonFactory(school=school, first_name="Милица", last_name="Јовановић")
    return Staffroom(school, teacher, coordinator, CoordinationFactory().person)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield
