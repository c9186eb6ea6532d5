"""What a school's coordinators see of it: who goes where, hours and points, money, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from centar.events.applications import queries as applications
from centar.people.models import Person, User
from centar.schools.models import School
from centar.script.faces import Face
from trainings.models import SchoolYear
from trainings.queries import ledger, payments, schools
from trainings.queries.ledger import YearTotal


@dataclass(frozen=True)
class Employee:
    """One of the school's people, with hours and points of the present school year."""

    person: Person
    total: YearTotal


@dataclass(frozen=True)
class SchoolPage:
    """The page of a school; `to_confirm` is how many entries wait for the reader."""

    goings: applications.SchoolPage
    unpaid: list[payments.Due]
    to_confirm: int
    year: int
    people: list[Employee]


def school_page(school: School, reader: User, face: Face, now: datetime) -> SchoolPage:
    """Everything that the page shows; a constant number of queries."""
    year = SchoolYear.current().of(timezone.localdate(now))
    people = applications.people_of(school, face)
    totals = schools.year_totals(people, year)
    dues = payments.school_dues(School.objects.filter(pk=school.pk))
    return SchoolPage(
        goings=applications.school_page(school, face, now),
        unpaid=[due for due in dues if due.open],
        to_confirm=ledger.to_confirm(reader).count(),
        year=year,
        people=[Employee(person, totals[person.pk]) for person in people],
    )
