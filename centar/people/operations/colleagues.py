"""Colleagues without a login, kept by the coordinators of their school."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from centar.access import demand
from centar.audit import trail
from centar.people import permissions
from centar.people.models import Person, User
from centar.schools.models import School, Subject


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """What a coordinator writes about a colleague; empty text and None mean "not known"."""

    first_name: str
    last_name: str
    contact_email: str = ""
    post: str = ""
    subject: Subject | None = None
    birth_date: date | None = None
    birth_place: str = ""


_BIRTH = ("birth_date", "birth_place")


@transaction.atomic
def enter_colleague(*, school: School, about: Colleague, by: User) -> Person:
    """Add somebody without a login to the people of a school that `by` coordinates."""
    demand(permissions.may_keep_people(school, by))
    person = Person.objects.create(school=school, **vars(about))
    trail.record("people.enter_colleague", person, by=by, school=school.pk)
    return person


@transaction.atomic
def correct_colleague(*, person_id: int, about: Colleague, by: User) -> Person:
    """Correct what is known about somebody without a login.

    The date and place of birth are shown to nobody, so left empty they stay as they were.
    """
    person = _locked(person_id)
    demand(permissions.may_correct(person, by))
    said = {
        field.name: getattr(about, field.name)
        for field in fields(about)
        if field.name not in _BIRTH or getattr(about, field.name)
    }
    _write(person, said, by, "people.correct_colleague")
    return person


@transaction.atomic
def complete_colleague(*, person_id: int, about: Colleague, by: User) -> Person:
    """Fill in what was not known about somebody without a login; nothing known is changed."""
    person = _locked(person_id)
    demand(permissions.may_correct(person, by))
    said = {
        field.name: getattr(about, field.name)
        for field in fields(about)
        if getattr(about, field.name) and not getattr(person, field.name)
    }
    _write(person, said, by, "people.complete_colleague")
    return person


@transaction.atomic
def release_colleague(*, person_id: int, by: User) -> Person:
    """The person no longer works at the school; what they attended stays theirs."""
    person = _locked(person_id)
    demand(permissions.may_release(person, by))
    school_id = person.school_id
    person.school = None
    person.save(update_fields=["school"])
    trail.record("people.release_colleague", person, by=by, school=school_id)
    return person


def _locked(person_id: int) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _write(person: Person, said: dict[str, object], by: User, action: str) -> None:
    changed = [name for name, value in said.items() if getattr(person, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(person, name, said[name])
    person.save(update_fields=changed)
    trail.record(action, person, by=by, fields=" ".join(changed))
