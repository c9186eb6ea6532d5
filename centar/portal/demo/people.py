"""Invented participants at example.org, in the region's real schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from centar import data_files
from centar.people import operations
from centar.people.models import Person, User
from centar.people.operations import Profile
from centar.schools.models import School, Subject
from centar.script.folding import fold

FILE = Path(__file__).parent / "data" / "people.csv"


def open_account(email: str, password: str, profile: Profile) -> Person:
    """A login with a confirmed address, and its person; `password` is a hash."""
    user = User.objects.create(email=email, password=password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return operations.revise_profile(user=user, profile=profile, face=user.face, by=user)


def open_accounts() -> list[Person]:
    """The participants with a login of their own, which nobody can sign in with."""
    subjects = {subject.name: subject for subject in Subject.objects.all()}
    kinds = {kind: _schools(kind) for kind in School.Kind.values}
    opened = []
    for row in _rows(login="yes"):
        school = next(kinds[row["school_kind"]]) if row["school_kind"] else None
        profile = _profile(row, school, subjects)
        opened.append(open_account(_address(row), make_password(None), profile))
    return opened


def enter_colleagues(school: School) -> list[Person]:
    """The participants without a login, whom the coordinator of this school applies for."""
    subjects = {subject.name: subject for subject in Subject.objects.all()}
    colleagues = []
    for row in _rows(login="no"):
        profile = _profile(row, school, subjects)
        colleagues.append(Person.objects.create(contact_email=_address(row), **vars(profile)))
    return colleagues


def named(name: str) -> Person:
    """The participant with a login who is called so: „Зоран Стевановић“."""
    first_name, last_name = name.split(" ", 1)
    return Person.objects.get(user__isnull=False, first_name=first_name, last_name=last_name)


def _rows(*, login: str) -> list[dict[str, str]]:
    return [row for row in data_files.read(FILE) if row["login"] == login]


def _schools(kind: str) -> Iterator[School]:
    # By name, which mixes the municipalities.
    return cycle(School.objects.filter(kind=kind).order_by("sort_azbuka"))


def _profile(row: dict[str, str], school: School | None, subjects: dict[str, Subject]) -> Profile:
    return Profile(
        first_name=row["first_name"],
        last_name=row["last_name"],
        school=school,
        employer=row["employer"],
        post=row["post"],
        subject=subjects.get(row["subject"]),
        birth_date=date.fromisoformat(row["birth_date"]),
        birth_place=row["birth_place"],
    )


def _address(row: dict[str, str]) -> str:
    return f"{fold(row['first_name'])}.{fold(row['last_name'])}@example.org"
