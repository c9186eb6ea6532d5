"""Reads for those who lead seminars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from centar.events.models import Event, EventQuerySet
from centar.people.models import User
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
