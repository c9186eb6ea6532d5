"""The private address of a person's own calendar feed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from centar.audit import trail
from centar.events.models import CalendarToken
from centar.people.models import Person, User


@transaction.atomic
def open_address(*, person: Person, by: User) -> CalendarToken:
    """A new private address; the old one, if any, stops working at once."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    _close(person)
    token = CalendarToken.objects.create(person=person)
    trail.record("events.open_calendar", token, by=by)
    return token


@transaction.atomic
def close_address(*, person: Person, by: User) -> None:
    """Stop the private address; calendars that follow it get nothing more."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if _close(person):
        trail.record("events.close_calendar", person, by=by)


def _close(person: Person) -> int:
    live = CalendarToken.objects.filter(person=person, revoked_at=None)
    return live.update(revoked_at=timezone.now())
