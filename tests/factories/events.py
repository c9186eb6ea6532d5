"""Events, their days and their people, all invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from centar.events.models import Booking, Event, Meeting, Presence
from tests.factories.people import PersonFactory

MANAGES = ("events.view_event", "events.change_event", "events.change_booking")


class EventFactory(DjangoModelFactory[Event]):
    """A published seminar of one day, 30 days ahead, with no limit of places.

    `days=0` leaves it without a meeting; with more, one follows the other.
    """

    kind = "seminar"
    title = factory.Sequence(lambda n: f"Семинар {n}")
    state = Event.State.OPEN
    place = "Центар за образовање"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    ends_at = factory.LazyAttribute(
        lambda event: event.starts_at and event.starts_at + timedelta(hours=6)
    )

    class Meta:
        model = Event
        skip_postgeneration_save = True

    @factory.post_generation
    def days(self: Any, create: bool, extracted: int | None, **kwargs: Any) -> None:
        if not create or self.starts_at is None:
            return
        for day in range(1 if extracted is None else extracted):
            moved = timedelta(days=day)
            MeetingFactory(
                event=self, starts_at=self.starts_at + moved, ends_at=self.ends_at + moved
            )


class MeetingFactory(DjangoModelFactory[Meeting]):
    """A meeting of six hours, 30 days ahead."""

    event = factory.SubFactory(EventFactory, days=0)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=6))

    class Meta:
        model = Meeting


class BookingFactory(DjangoModelFactory[Booking]):
    """A row as it stands, past the rules of the queue: for what the database itself must keep."""

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(PersonFactory)
    state = Booking.State.PLACED
    queued_at = factory.LazyFunction(timezone.now)
    placed_at = factory.LazyAttribute(
        lambda booking: timezone.now() if booking.state == Booking.State.PLACED else None
    )
    offered_until = factory.LazyAttribute(
        lambda booking: (
            timezone.now() + timedelta(hours=48) if booking.state == Booking.State.OFFERED else None
        )
    )
    offered_at = factory.LazyAttribute(
        lambda booking: timezone.now() if booking.state == Booking.State.OFFERED else None
    )
    ended_at = factory.LazyAttribute(
        lambda booking: timezone.now() if booking.state in Booking.ENDED else None
    )

    class Meta:
        model = Booking


class PresenceFactory(DjangoModelFactory[Presence]):
    """Somebody was at the whole first meeting of the booking's event."""

    booking = factory.SubFactory(BookingFactory)
    meeting = factory.LazyAttribute(lambda presence: presence.booking.event.meetings.first())
    minutes = factory.LazyAttribute(lambda presence: presence.meeting.minutes)

    class Meta:
        model = Presence
