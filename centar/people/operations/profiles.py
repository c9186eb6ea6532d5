"""Accounts and profiles: what people say about themselves."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from centar.people.models import Person, User
from centar.schools.models import School, Subject


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a person says about themselves; empty text and None mean "not said"."""

    first_name: str
    last_name: str
    phone: str = ""
    school: School | None = None
    employer: str = ""
    post: str = ""
    subject: Subject | None = None
    birth_date: date | None = None
    birth_place: str = ""


@transaction.atomic
def open_account(*, user: User, first_name: str, last_name: str, face: str, by: User) -> Person:
    """Give a new login its person, and remember the face in which its letters are written."""
    choose_face(user=user, face=face, by=by)
    person = Person.objects.create(user=user, first_name=first_name, last_name=last_name)
    trail.record("people.open_account", person, by=by)
    return person


@transaction.atomic
def revise_profile(*, user: User, profile: Profile, face: str, by: User) -> Person:
    """Write what the person behind a login says; a login without a person gets one.

    `face` is the one in which the letters are written. The audit keeps which fields changed,
    never their contents.
    """
    # The login's row is locked too: two first saves at once must not make two people.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    choose_face(user=user, face=face, by=by)
    person = Person.objects.select_for_update(no_key=True).filter(user=user).first()
    if person is None:
        person = Person(user=user)
    names = [field.name for field in fields(profile)]
    changed = [name for name in names if getattr(person, name) != getattr(profile, name)]
    for name in changed:
        setattr(person, name, getattr(profile, name))
    if changed or person.pk is None:
        person.save()
        trail.record("people.revise_profile", person, by=by, fields=" ".join(changed))
    return person


@transaction.atomic
def complete_birth(*, person: Person, birth_date: date, birth_place: str, by: User) -> Person:
    """Write the date and place of birth, which a certificate needs; gives the fresh person."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.birth_date = birth_date
    person.birth_place = birth_place
    person.save(update_fields=["birth_date", "birth_place"])
    trail.record("people.complete_birth", person, by=by)
    return person


@transaction.atomic
def choose_face(*, user: User, face: str, by: User) -> None:
    """Choose the language and script of a login's letters; choosing the same again is nothing."""
    if face not in User.Face.values:
        raise Refusal(_("Choose one of the three scripts."), field="face")
    if user.face == face:
        return
    user.face = face
    user.save(update_fields=["face"])
    trail.record("people.choose_face", user, by=by, face=face)
