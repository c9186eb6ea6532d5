"""For each kind of letter: how the news comes about, and the booking it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import time_machine
from django.utils import timezone

from centar.events import jobs
from centar.events.models import Booking, Event
from centar.events.operations import bookings, schedule
from centar.people.models import User
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory

LINK = "https://sastanak.example.org/tajna"
"""The link for taking part online, which only people with a place may know."""


@dataclass
class Newsroom:
    """Who makes the news, at what time, and in which face the letters are read."""

    staff: User
    clock: time_machine.Traveller
    face: str = "en"

    def event(self, **facts: object) -> Event:
        """An event of one place."""
        return EventFactory(**{"capacity": 1, "online_link": LINK, "title": "Читање", **facts})

    def reader(self, event: Event) -> Booking:
        """Somebody who reads in the face of the newsroom registers."""
        return scenes.enrolled(event, PersonFactory(user__face=self.face, first_name="Јелена"))


News = Callable[[Newsroom], Booking]


def placed(room: Newsroom) -> Booking:
    """A place at once."""
    return room.reader(room.event())


def waiting(room: Newsroom) -> Booking:
    """The second turn of two."""
    event = room.event()
    scenes.crowd(event, 2)
    return room.reader(event)


def offered(room: Newsroom) -> Booking:
    """A place is free, with somebody else behind."""
    event = room.event()
    first = scenes.enrolled(event)
    reader = room.reader(event)
    scenes.enrolled(event)
    bookings.withdraw(booking_id=first.pk, by=room.staff)
    return reader


def expired(room: Newsroom) -> Booking:
    """The offer was not answered."""
    reader = offered(room)
    room.clock.shift(timedelta(hours=48))
    jobs.settle_overdue_offers()
    return reader


def withdrawn(room: Newsroom) -> Booking:
    """The place was given back."""
    reader = placed(room)
    bookings.withdraw(booking_id=reader.pk, by=reader.created_by)
    return reader


def cancelled(room: Newsroom) -> Booking:
    """The event with a place is cancelled."""
    return _cancelled(room, placed(room))


def cancelled_waiting(room: Newsroom) -> Booking:
    """The event with a turn is cancelled."""
    return _cancelled(room, waiting(room))


def _cancelled(room: Newsroom, reader: Booking) -> Booking:
    schedule.cancel(event_id=reader.event_id, by=room.staff, reason="Предавач је болестан.")
    return reader


def changed(room: Newsroom) -> Booking:
    """The event with a place is moved by a week."""
    return _changed(room, placed(room))


def changed_waiting(room: Newsroom) -> Booking:
    """The event with a turn is moved by a week."""
    return _changed(room, waiting(room))


def _changed(room: Newsroom, reader: Booking) -> Booking:
    event = Event.objects.get(pk=reader.event_id)
    scenes.moved(event, event.starts_at + timedelta(days=7), room.staff)
    return reader


def runs(room: Newsroom) -> Booking:
    """The event with a place will be held."""
    reader = placed(room)
    schedule.confirm_runs(event_id=reader.event_id, by=room.staff)
    return reader


def reminder(room: Newsroom) -> Booking:
    """The event with a place is two days ahead."""
    reader = room.reader(room.event(starts_at=timezone.now() + timedelta(days=2)))
    jobs.queue_reminders()
    return reader


WITH_PLACE: dict[str, News] = {
    "events.placed": placed,
    "events.changed": changed,
    "events.runs": runs,
    "events.reminder": reminder,
}
WITHOUT_PLACE: list[tuple[str, News]] = [
    ("events.waiting", waiting),
    ("events.offered", offered),
    ("events.expired", expired),
    ("events.withdrawn", withdrawn),
    ("events.cancelled", cancelled),
    ("events.cancelled", cancelled_waiting),
    ("events.changed", changed_waiting),
]
ALL: list[tuple[str, News]] = [*WITH_PLACE.items(), *WITHOUT_PLACE]
