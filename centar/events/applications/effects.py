"""What sending would do, said before it is sent: the engine's own answer, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.events.models import Booking, BookingGroup, Event
from centar.events.operations.settling import foresee, seats_held
from centar.people.models import Person

Policy = BookingGroup.Policy


@dataclass(frozen=True)
class Effect:
    """How many would get a place and how many would wait; `fits` is whether it may be sent."""

    placed: int
    waiting: int
    fits: bool = True


def effect(event: Event, size: int, policy: BookingGroup.Policy, now: datetime) -> Effect:
    """What the engine would do with a group of this size now; nothing is written.

    The policy decides also about a group that does not fit into the whole event.
    """
    together = policy == Policy.TOGETHER
    if together and event.capacity is not None and size > event.capacity:
        return Effect(0, 0, fits=False)
    group = BookingGroup(event=event, policy=policy)
    arriving = [
        Booking(event=event, person=Person(), group=group, state=Booking.State.WAITING)
        for _number in range(size)
    ]
    placed = len(foresee(event, arriving, now))
    return Effect(placed, size - placed)


def sentence(event: Event, size: int, policy: BookingGroup.Policy, now: datetime) -> str:
    """The effect as the coordinator reads it beside the choice."""
    outcome = effect(event, size, policy, now)
    if not outcome.fits:
        return _("The group is larger than the whole event.")
    places = _placed(outcome.placed) if outcome.placed else ""
    waits = _waiting(outcome.waiting) if outcome.waiting else ""
    return " ".join(part for part in (places, waits) if part)


def free_places(event: Event) -> str:
    """How many places are free for newcomers; nobody passes those who wait."""
    if event.capacity is None:
        return _("There is no limit of places.")
    free = max(event.capacity - seats_held(event), 0)
    waiting = event.bookings.queue().count()
    words = ngettext("%(free)d place is free.", "%(free)d places are free.", free)
    if not waiting:
        return words % {"free": free}
    queue = ngettext(
        "%(waiting)d person is waiting already.",
        "%(waiting)d people are waiting already.",
        waiting,
    )
    return f"{words % {'free': free}} {queue % {'waiting': waiting}}"


def _placed(number: int) -> str:
    words = ngettext("%(number)d gets a place.", "%(number)d get a place.", number)
    return words % {"number": number}


def _waiting(number: int) -> str:
    words = ngettext("%(number)d waits.", "%(number)d wait.", number)
    return words % {"number": number}
