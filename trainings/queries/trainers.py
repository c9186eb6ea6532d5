"""Reads for those who lead seminars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from centar.events import queries as event_queries
from centar.events.models import Booking, Event, EventQuerySet, Presence
from centar.people.models import User
from centar.script import sorting
from trainings.models import SeminarEvent, Trainer


def leads(event: Event, user: User) -> bool:
    """Whether the login is of one of the seminar's trainers."""
    return Trainer.objects.filter(person__user=user, seminars=event.pk).exists()


def names(event: Event) -> Sequence[str]:
    """The trainers of the seminar, in the Serbian order."""
    return list(Trainer.objects.filter(seminars=event.pk).values_list("name", flat=True))


def is_trainer(user: User) -> bool:
    """Whether the staff have linked a trainer to this login."""
    return Trainer.objects.filter(person__user=user).exists()


def seminars_led_by(user: User) -> EventQuerySet:
    """The published seminars in which the login's own person is a trainer, with their seats."""
    own = Trainer.objects.filter(person__user=user)
    rows = SeminarEvent.objects.get_queryset().published().with_seats()
    # A subquery: the seminar stays one, however it is joined.
    return rows.filter(seminar__pk__in=own.values("seminars")).select_related("seminar")


@dataclass(frozen=True)
class LedSeminars:
    """A trainer's own seminars, each list by its days."""

    coming: list[Event]
    past: list[Event]


def led_seminars(user: User, now: datetime) -> LedSeminars:
    """What the trainer will lead, the next one first, and has led, the last one first."""
    rows = seminars_led_by(user)
    return LedSeminars(
        coming=list(rows.filter(ends_at__gt=now).order_by("starts_at", "pk")),
        past=list(rows.filter(ends_at__lte=now).order_by("-starts_at", "pk")),
    )


@dataclass(frozen=True)
class Participant:
    """A person with a place, and the minutes at each meeting in turn; None where not noted."""

    booking: Booking
    minutes: list[int | None]

    @property
    def attended(self) -> int:
        """Minutes at all meetings together."""
        return sum(minutes or 0 for minutes in self.minutes)


@dataclass(frozen=True)
class Attendance:
    """Who takes part in a seminar, and how many people were at each of its meetings in turn."""

    participants: list[Participant]
    present: list[int]


def attendance(event: Event, order: sorting.Order) -> Attendance:
    """The whole attendance of a seminar, people by surname in the given order; two queries more
    than its days take.
    """
    rows = Presence.objects.filter(meeting__event=event.pk)
    noted = {(row.booking_id, row.meeting_id): row.minutes for row in rows}
    participants = [
        Participant(booking, [noted.get((booking.pk, day.pk)) for day in event.days])
        for booking in event_queries.participants(event.pk, order)
    ]
    columns = zip(*(one.minutes for one in participants), strict=True)
    present = [sum(1 for minutes in column if minutes) for column in columns]
    return Attendance(participants, present or [0] * len(event.days))
