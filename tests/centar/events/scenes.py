"""Small sentences that the tests of events are told in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse

from centar.audit.models import Entry
from centar.events import locks
from centar.events.models import Booking, BookingGroup, Event
from centar.events.operations import bookings, schedule
from centar.outbox.models import Letter
from centar.people.models import Coordination, Person, User
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.reader import Page

TOGETHER = BookingGroup.Policy.TOGETHER
SPLIT = BookingGroup.Policy.SPLIT


def enrolled(event: Event, person: Person | None = None) -> Booking:
    """Somebody new registers alone."""
    person = person or PersonFactory()
    assert person.user is not None
    return bookings.enrol(event_id=event.pk, person=person, by=person.user)


def crowd(event: Event, number: int) -> list[Booking]:
    """Several people register, one after the other."""
    return [enrolled(event) for _ in range(number)]


def group(event: Event, size: int, policy: BookingGroup.Policy, by: User) -> list[Booking]:
    """A group is registered by staff or by a coordinator; gives its bookings in their order."""
    own = Coordination.objects.filter(person__user=by).first()
    school = own.school if own is not None else None
    people = [PersonFactory(school=school) for _ in range(size)]
    made = bookings.enrol_group(event_id=event.pk, people=people, policy=policy, by=by)
    return list(made.bookings.order_by("pk"))


def coordinator() -> User:
    """Somebody who applies for the people of one school; `group` makes its people."""
    user = CoordinationFactory().person.user
    assert user is not None
    return user


def moved(event: Event, starts_at: datetime, by: User) -> None:
    """The staff move a one-day event, keeping its length, as the back office does it."""
    with transaction.atomic():
        before = schedule.plan_of(event)
        locks.lock_event(event.pk)
        day = event.meetings.get()
        day.ends_at += starts_at - day.starts_at
        day.starts_at = starts_at
        day.save()
        schedule.revised(event_id=event.pk, before=before, by=by)


def resized(event: Event, capacity: int | None, by: User) -> None:
    """The staff change the number of places, as the back office does it."""
    with transaction.atomic():
        before = schedule.plan_of(event)
        locked = locks.lock_event(event.pk)
        schedule.check_capacity(locked, capacity)
        locked.capacity = capacity
        locked.save()
        schedule.revised(event_id=event.pk, before=before, by=by)


def state(booking: Booking) -> str:
    """The state that the database has now."""
    return Booking.objects.values_list("state", flat=True).get(pk=booking.pk)


def states(*several: Booking) -> list[str]:
    """The states of several bookings."""
    return [state(booking) for booking in several]


def queue(event: Event) -> list[int]:
    """Who waits, by the keys of the bookings, in order."""
    return list(event.bookings.queue().values_list("pk", flat=True))


def letters(**about: Any) -> list[str]:
    """The kinds of the letters queued so far, in their order; `about` narrows them."""
    return list(Letter.objects.filter(**about).order_by("pk").values_list("kind", flat=True))


def letters_to(booking: Booking) -> list[str]:
    """The kinds of the letters queued about this booking."""
    return letters(object_id=booking.pk)


def seen(response: HttpResponse) -> str:
    """The words that the reader of the page sees, in one line."""
    return Page(response.content.decode()).text


def trail() -> list[tuple[str, int | None, str]]:
    """The audit so far: action, who, why."""
    return list(Entry.objects.order_by("pk").values_list("action", "actor_id", "reason"))
