"""The accounts for trying the portal out, each with the same password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from centar.people import operations
from centar.people.models import Person, User
from centar.people.operations import Profile
from centar.portal import roles
from centar.portal.demo import centre
from centar.portal.demo.people import open_account
from centar.schools.models import School, Subject

PASSWORD = "demonstracija-2026"  # noqa: S105 - meant to be known; refused in production
TEACHER = "nastavnica@example.org"
COORDINATOR = "koordinator@example.org"
TRAINER = "realizatorka@example.org"
STAFF = "osoblje@example.org"
LIBRARIAN = "bibliotekarka@example.org"
ADMINISTRATOR = "administrator@example.org"
ADDRESSES = (TEACHER, COORDINATOR, TRAINER, STAFF, LIBRARIAN, ADMINISTRATOR)


@dataclass(frozen=True)
class Accounts:
    """The people behind the accounts."""

    teacher: Person
    coordinator: Person
    trainer: Person
    staff: User
    school: School
    """The coordinator's school, and the teacher's."""


def open_all() -> Accounts:
    """Open the six accounts, ready to sign in with."""
    # Hashing is slow on purpose; one hash serves all.
    password = make_password(PASSWORD)
    subjects = {subject.name: subject for subject in Subject.objects.all()}
    schools = School.objects.filter(place=centre.TOWN, kind=School.Kind.PRIMARY).order_by("pk")
    # The trainer's school has no coordinator.
    own, other = schools[:2]
    teacher = Profile(
        first_name="Милица",
        last_name="Радовановић",
        phone="034 000 101",
        school=own,
        post=Person.Post.SUBJECT_TEACHER,
        subject=subjects.get("Српски језик и књижевност"),
        birth_date=date(1981, 3, 14),
        birth_place=centre.TOWN,
    )
    coordinator = Profile(
        first_name="Зоран",
        last_name="Стевановић",
        phone="034 000 102",
        school=own,
        post=Person.Post.ASSOCIATE,
        subject=subjects.get("Педагог"),
        birth_date=date(1972, 9, 2),
        birth_place="Рача",
    )
    trainer = Profile(
        first_name="Јелена",
        last_name="Маринковић",
        phone="034 000 103",
        school=other,
        post=Person.Post.SUBJECT_TEACHER,
        subject=subjects.get("Српски језик и књижевност"),
        birth_date=date(1975, 6, 21),
        birth_place=centre.TOWN,
    )
    staff = Profile(first_name="Ивана", last_name="Марковић", employer=centre.NAME)
    librarian = Profile(first_name="Весна", last_name="Тодоровић", employer=centre.NAME)
    administrator = Profile(first_name="Петар", last_name="Илић", employer=centre.NAME)
    opened = Accounts(
        teacher=open_account(TEACHER, password, teacher),
        coordinator=open_account(COORDINATOR, password, coordinator),
        trainer=open_account(TRAINER, password, trainer),
        staff=_staff(open_account(STAFF, password, staff), roles.seminar_staff()),
        school=own,
    )
    _staff(open_account(LIBRARIAN, password, librarian), roles.librarians())
    master = _administrator(open_account(ADMINISTRATOR, password, administrator))
    operations.confirm_coordination(person=opened.coordinator, school=own, by=master)
    return opened


def _staff(person: Person, group: Group) -> User:
    user = person.user
    assert user is not None  # just opened
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(group)
    return user


def _administrator(person: Person) -> User:
    user = person.user
    assert user is not None  # just opened
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    return user
