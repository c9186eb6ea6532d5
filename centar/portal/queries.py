"""Reads across the apps for the home page and "my page"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centar.people.models import Person
from centar.schools.models import Municipality, School
from trainings import lists
from trainings import queries as training_queries
from trainings.models import Area, Programme

SEMINARS_ON_HOME = 6
AREAS_ON_HOME = 12


@dataclass(frozen=True)
class HomePage:
    """What the first page shows."""

    seminars: list[lists.SeminarEntry]
    areas: Iterable[Area]
    programmes: int
    seminars_ahead: int
    schools: int
    municipalities: int


def home_page(now: datetime) -> HomePage:
    """Seminars open for registration, the ones closing first, and the size of the region."""
    published = Programme.objects.published()
    open_seminars = training_queries.open_seminars(now)[:SEMINARS_ON_HOME]
    return HomePage(
        seminars=lists.seminars(training_queries.keys_of(open_seminars)),
        areas=Area.objects.filter(programmes__in=published).distinct()[:AREAS_ON_HOME],
        seminars_ahead=training_queries.seminars_ahead(now),
        programmes=published.count(),
        schools=School.objects.count(),
        municipalities=Municipality.objects.count(),
    )


@dataclass(frozen=True)
class ToDo:
    """Something the person should do, with the page where it is done."""

    text: str | Promise
    address: str


def things_to_do(person: Person) -> list[ToDo]:
    """What the profile still lacks before a certificate can be right."""
    todo = []
    if person.school is None and not person.employer:
        todo.append(ToDo(_("Say where you work: certificates name it."), reverse("people:profile")))
    if not person.post:
        todo.append(ToDo(_("Choose your post in the profile."), reverse("people:profile")))
    return todo
