"""Whom a coordinator means: each typed row against the people that are known.

A coordinator learns nothing about people of other schools that was not typed: a strange address
alone finds nobody. Only who writes both the name and the address, or the name and the birth date,
is told that the person belongs elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from centar.events.applications import words
from centar.events.applications.pasting import Row
from centar.events.models import Event
from centar.people.forms import ColleagueFields
from centar.people.models import Person
from centar.people.operations import Colleague
from centar.schools.models import School, Subject
from centar.script.folding import fold


class Standing(models.TextChoices):
    """What became of a row."""

    KNOWN = "known", _("one of the school's people")
    NEW = "new", _("new; will be added to the school's people")
    ELSEWHERE = "elsewhere", _("known to us, but not as one of your school's people")
    DOUBLED = "doubled", _("stands in the list already")
    REGISTERED = "registered", _("already registered")
    WRONG = "wrong", _("must be corrected")


GOING = (Standing.KNOWN, Standing.NEW)


@dataclass(frozen=True)
class Judged:
    """A row with its standing.

    `name` is as typed, or as the school's own people are known; `email` is as typed, or as the
    coordinators wrote it before. The address of an account is its owner's, and not shown.
    """

    standing: Standing
    name: str
    email: str
    person: Person | None = None
    about: Colleague | None = None
    wrong: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    lacks_birth: bool = False

    @property
    def is_reachable(self) -> bool:
        """Whether our letters have somewhere to go."""
        return bool(self.email or (self.person is not None and self.person.email))

    @property
    def is_going(self) -> bool:
        """Whether the person will be applied for."""
        return self.standing in GOING


def judged(
    event: Event, school: School, chosen: Iterable[int], rows: Sequence[Row]
) -> list[Judged]:
    """Each chosen person and each row with its standing; a constant number of queries."""
    ledger = _Known(event, school, rows)
    by_key = {person.pk: person for person in ledger.people}
    picked = [by_key[key] for key in dict.fromkeys(chosen) if key in by_key]
    found = [ledger.of_person(person, None) for person in picked]
    return [*found, *(ledger.of_row(row) for row in rows)]


class _Known:
    """The people of the school and those of other schools with a typed name."""

    def __init__(self, event: Event, school: School, rows: Sequence[Row]) -> None:
        people = Person.objects.filter(school=school).select_related("user")
        self.asks_birth = event.asks_birth
        self.people = list(people.order_by("sort_azbuka", "pk"))
        self.registered = set(event.bookings.live().values_list("person_id", flat=True))
        self.subjects = {fold(subject.name): subject for subject in Subject.objects.all()}
        names = {fold(f"{row.first_name} {row.last_name}") for row in rows}
        others = Person.objects.filter(folded__in=names).exclude(school=school)
        self.others = list(others.select_related("user"))
        self.seen: set[Any] = set()

    def of_row(self, row: Row) -> Judged:
        """The standing of a row that was typed or pasted."""
        name = f"{row.first_name} {row.last_name}".strip()
        form = ColleagueFields(_as_form(row))
        if not form.is_valid():
            return Judged(
                Standing.WRONG, name, row.email, wrong=tuple(_sentences(form)), about=None
            )
        post, subject = words.post_of(row.post), self.subjects.get(fold(row.subject))
        unread = [row.post] if row.post and post is None else []
        unread += [row.subject] if row.subject and subject is None else []
        about = Colleague(**form.cleaned_data, post=post or "", subject=subject)
        person = self._own(about)
        if person is not None:
            return self.of_person(person, about, tuple(unread))
        key = (fold(name), about.contact_email.lower(), about.birth_date)
        lacks_birth = self.asks_birth and not (about.birth_date and about.birth_place)
        facts: dict[str, Any] = {"about": about, "unread": tuple(unread)}
        if self._is_elsewhere(about):
            return Judged(Standing.ELSEWHERE, name, row.email, **facts)
        standing = Standing.DOUBLED if self._is_seen(key, about) else Standing.NEW
        return Judged(standing, name, row.email, lacks_birth=lacks_birth, **facts)

    def of_person(
        self, person: Person, about: Colleague | None, unread: tuple[str, ...] = ()
    ) -> Judged:
        """The standing of one of the school's own people."""
        if person.pk in self.registered:
            standing = Standing.REGISTERED
        elif person.pk in self.seen:
            standing = Standing.DOUBLED
        else:
            standing = Standing.KNOWN
        self.seen.add(person.pk)
        said = (about and about.birth_date, about and about.birth_place)
        # What a person with an account has not said, only that person can.
        typed_date, typed_place = (None, None) if person.user_id else said
        complete = (person.birth_date or typed_date) and (person.birth_place or typed_place)
        return Judged(
            standing,
            str(person),
            (about.contact_email if about else "") or person.contact_email,
            person=person,
            about=about,
            unread=unread,
            lacks_birth=self.asks_birth and not complete,
        )

    def _own(self, about: Colleague) -> Person | None:
        address = about.contact_email.lower()
        if address:
            same = [one for one in self.people if one.email.lower() == address]
            if same:
                return same[0]
        namesakes = _namesakes(self.people, about)
        if about.birth_date is not None:
            born = [one for one in namesakes if one.birth_date == about.birth_date]
            if born:
                return born[0]
        # A bare name means the colleague of that name, when there is only one.
        is_bare = not address and about.birth_date is None
        return namesakes[0] if is_bare and len(namesakes) == 1 else None

    def _is_elsewhere(self, about: Colleague) -> bool:
        address = about.contact_email.lower()
        return any(
            (about.birth_date is not None and one.birth_date == about.birth_date)
            or (address != "" and one.email.lower() == address)
            for one in _namesakes(self.others, about)
        )

    def _is_seen(self, key: Any, about: Colleague) -> bool:
        address = about.contact_email.lower()
        doubled = key in self.seen or (address != "" and address in self.seen)
        self.seen.add(key)
        if address:
            self.seen.add(address)
        return doubled


def _namesakes(people: Iterable[Person], about: Colleague) -> list[Person]:
    name = fold(f"{about.first_name} {about.last_name}")
    return [one for one in people if fold(str(one)) == name]


def _as_form(row: Row) -> Mapping[str, str]:
    return {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "contact_email": row.email,
        "birth_date": row.birth_date,
        "birth_place": row.birth_place,
    }


def _sentences(form: ColleagueFields) -> Iterable[str]:
    for name, errors in form.errors.items():
        for error in errors:
            yield f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
