"""Reads for pages: turns in a queue, a person's bookings, work for the staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import DurationField, Exists, F, OuterRef, Sum, Value
from django.utils import timezone

from centar import sql
from centar.events.models import Booking, Event, EventQuerySet, Meeting, Presence
from centar.people.models import Person
from centar.script import sorting
from centar.script.folding import fold

State = Booking.State
A_DAY = Value(timedelta(days=1), DurationField())
# How far ahead the staff look at small groups: in three weeks one can still be filled.
SMALL_GROUPS_WITHIN = timedelta(days=21)
# How long a meeting without any attendance stays in the work queue.
UNNOTED_SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Turn:
    """A place in a queue: the position, counted from 1, and how many wait in all."""

    position: int
    waiting: int


TURN = """
SELECT count(*) FILTER (WHERE (queued_at, id) < (%(queued_at)s, %(key)s)), count(*)
FROM events_booking
WHERE event_id = %(event)s AND state = 'waiting'
"""


def turn(booking: Booking) -> Turn:
    """Where this waiting booking stands."""
    values = {"event": booking.event_id, "queued_at": booking.queued_at, "key": booking.pk}
    ((ahead, waiting),) = sql.rows(TURN, **values)
    return Turn(ahead + 1, waiting)


def turns(bookings: Sequence[Booking]) -> dict[int, Turn]:
    """The turn of each waiting booking among these, by its key; one query for all."""
    events = {booking.event_id for booking in bookings if booking.state == State.WAITING}
    if not events:
        return {}
    queues: dict[int, list[int]] = {}
    rows = Booking.objects.filter(event__in=events).queue().values_list("event_id", "pk")
    for event_id, pk in rows:
        queues.setdefault(event_id, []).append(pk)
    standing = {
        pk: Turn(position, len(queue))
        for queue in queues.values()
        for position, pk in enumerate(queue, start=1)
    }
    # Whoever was let in since the bookings were read has no turn any more.
    return {booking.pk: standing[booking.pk] for booking in bookings if booking.pk in standing}


@dataclass(frozen=True)
class MyBooking:
    """One of the person's bookings with its turn, when it waits."""

    booking: Booking
    turn: Turn | None


@dataclass(frozen=True)
class MyBookings:
    """A person's bookings as "my page" shows them."""

    offers: list[MyBooking]
    coming: list[MyBooking]
    waiting: list[MyBooking]
    past: list[MyBooking]


def bookings_of(person: Person, now: datetime) -> MyBookings:
    """What the person must answer, where they have a place, where they wait, where they were."""
    rows = list(
        person.bookings.select_related("event")
        .exclude(event__state=Event.State.DRAFT)
        .order_by("event__starts_at", "pk")
    )
    places = turns(rows)
    shown = [MyBooking(row, places.get(row.pk)) for row in rows]

    def ahead(one: MyBooking) -> bool:
        ends_at = one.booking.event.ends_at
        return ends_at is None or ends_at > now

    def at(state: str) -> list[MyBooking]:
        return [one for one in shown if one.booking.state == state and ahead(one)]

    current = (*at(State.OFFERED), *at(State.PLACED), *at(State.WAITING))
    past = [one for one in reversed(shown) if one not in current]
    return MyBookings(at(State.OFFERED), at(State.PLACED), at(State.WAITING), past)


def live_booking(event: Event, person: Person | None) -> Booking | None:
    """The person's live booking at this event, if any: its key and its state."""
    if person is None:
        return None
    return event.bookings.live().filter(person=person).only("state").first()


def events_with_overdue_offers(now: datetime) -> list[int]:
    """Events in which an offer has passed its end."""
    overdue = Booking.objects.filter(state=State.OFFERED, offered_until__lte=now)
    return list(overdue.order_by("event_id").values_list("event_id", flat=True).distinct())


def bookings_to_remind(now: datetime) -> list[Booking]:
    """Placed bookings of events that start within their own days of reminding."""
    return list(
        Booking.objects.filter(
            state=State.PLACED,
            event__state__in=(Event.State.OPEN, Event.State.CLOSED),
            event__starts_at__gt=now,
            event__starts_at__lte=now + F("event__reminder_days") * A_DAY,
        )
        .select_related("event", "person__user")
        .order_by("pk")
    )


def offers_about_to_expire(now: datetime, within: timedelta) -> list[Booking]:
    """Offers that end soon and are not answered, the soonest first."""
    return list(
        Booking.objects.filter(state=State.OFFERED, offered_until__lte=now + within)
        .select_related("event", "person")
        .order_by("offered_until")
    )


def below_minimum(rows: EventQuerySet, now: datetime) -> EventQuerySet:
    """Of these events, which have `with_seats()`: published, unconfirmed, starting soon, and with
    fewer people than their minimum.
    """
    return rows.filter(  # type: ignore[misc]  # the counts are annotations
        state__in=(Event.State.OPEN, Event.State.CLOSED),
        confirmed_at=None,
        starts_at__gt=now,
        starts_at__lte=now + SMALL_GROUPS_WITHIN,
        held_count__lt=F("minimum"),
    )


@dataclass(frozen=True)
class Arrival:
    """A person with a place, and whether they are at the meeting."""

    booking: Booking
    presence: Presence | None


@dataclass(frozen=True)
class CheckIn:
    """A meeting's list of people: those shown, how many are there, how many have a place."""

    arrivals: list[Arrival]
    present: int
    expected: int


def meeting_of_the_day(meetings: Sequence[Meeting], now: datetime) -> Meeting | None:
    """The meeting on today's date: the one that goes on or comes next, else the last; or None."""
    today = timezone.localdate(now)
    of_today = [one for one in meetings if timezone.localdate(one.starts_at) == today]
    return next((one for one in of_today if one.ends_at > now), of_today[-1] if of_today else None)


def nearest_meeting(meetings: Sequence[Meeting], now: datetime) -> Meeting | None:
    """Today's meeting, else the next one, else the last; None for an event without any."""
    coming = (one for one in meetings if one.ends_at > now)
    last = meetings[-1] if meetings else None
    return meeting_of_the_day(meetings, now) or next(coming, last)


def check_in(
    meeting: Meeting, order: sorting.Order, *, search: str = "", only_missing: bool = False
) -> CheckIn:
    """Who has a place at the meeting's event, by surname in the given order; two queries.

    `search` is a part of a name in either script; `only_missing` leaves those who are not there.
    """
    placed = participants(meeting.event_id, order)
    noted = {
        presence.booking_id: presence
        for presence in meeting.presences.select_related("noted_by__person", "meeting")
    }
    everybody = [Arrival(booking, noted.get(booking.pk)) for booking in placed]
    words = fold(search).split()
    return CheckIn(
        arrivals=[
            one
            for one in everybody
            if all(word in one.booking.person.folded for word in words)
            and not (only_missing and one.presence)
        ],
        present=sum(1 for one in everybody if one.presence),
        expected=len(everybody),
    )


def participants(event_id: int, order: sorting.Order) -> list[Booking]:
    """The bookings with a place, by the people's surnames in the given order."""
    rows = Booking.objects.filter(event=event_id, state=State.PLACED)
    rows = rows.select_related("person__school", "person__subject")
    return list(rows.order_by(f"person__sort_{order}", "pk"))


def attended_minutes(event: Event) -> dict[int, int]:
    """Minutes at the event's meetings together, by the key of each booking with a place."""
    rows = Booking.objects.filter(event=event.pk, state=State.PLACED)
    minutes = rows.annotate(attended=Sum("presences__minutes", default=0))
    return dict(minutes.values_list("pk", "attended"))


def minutes_attended_by(person: Person) -> dict[int, int]:
    """Minutes at each event at which the person was, by the key of the event."""
    rows = Presence.objects.filter(booking__person=person, booking__state=State.PLACED)
    summed = rows.values("meeting__event").annotate(attended=Sum("minutes"))
    return dict(summed.values_list("meeting__event", "attended"))


def meetings_without_attendance(now: datetime) -> list[Meeting]:
    """Meetings of past days at which nobody is noted though people had a place, oldest first.

    Only those since `UNNOTED_SINCE`: whoever never takes attendance is not reminded for ever.
    """
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    placed = Booking.objects.filter(event=OuterRef("event"), state=State.PLACED)
    return list(
        Meeting.objects.filter(
            Exists(placed),
            event__state__in=(Event.State.OPEN, Event.State.CLOSED),
            ends_at__lt=midnight,
            ends_at__gte=midnight - UNNOTED_SINCE,
            presences=None,
        )
        .select_related("event")
        .order_by("starts_at", "pk")
    )
