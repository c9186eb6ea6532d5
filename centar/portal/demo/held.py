"""The seminars of the last year.

Their rows are written directly: publishing and registering refuse what is over, rightly, and
nobody gets letters about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from centar.events.models import Booking, Event
from centar.people.models import Person
from centar.portal.demo.seminars import FRIDAY, SATURDAY, SUNDAY, Cast, Plan, draft

HELD = (
    (Plan(programme="strip", week=-2), 14),
    (Plan(programme="nebo", week=-10, town="Топола"), 16),
    (Plan(programme="glina", week=-21, town="Аранђеловац", weekdays=(FRIDAY,)), 15),
    (Plan(programme="statistika", week=-28, town="Јагодина"), 19),
    (Plan(programme="jaslice", week=-36), 22),
    (Plan(programme="uprava", week=-45, weekdays=(FRIDAY,)), 33),
)
WITH_THE_TEACHER = (
    (Plan(programme="ocenjivanje", week=-1, weekdays=(SATURDAY, SUNDAY)), 24),
    (Plan(programme="pravopis", week=-6, town="Параћин"), 18),
    (Plan(programme="bezbednost", week=-15, town="Ћуприја"), 26),
)
WITHDRAWN = 2


def make(cast: Cast) -> dict[str, Event]:
    """Make them all, each with those who had a place and a few who withdrew; gives them by the
    key of their programme.

    The first of the crowd, who also answer for their schools, come to what schools ask for most.
    """
    held = {
        plan.programme: _hold(plan, [cast.teacher, *cast.take(people)], cast)
        for plan, people in WITH_THE_TEACHER
    }
    for plan, people in HELD:
        held[plan.programme] = _hold(plan, cast.take(people), cast)
    return held


def _hold(plan: Plan, people: Iterable[Person], cast: Cast) -> Event:
    event = draft(plan, cast)
    starts_at = event.starts_at
    assert starts_at is not None  # every plan has a day
    event.state = Event.State.CLOSED
    event.confirmed_at = starts_at - timedelta(days=5)
    event.confirmed_by = cast.staff
    event.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    registered_at = starts_at - timedelta(days=30)
    placed = [
        _booking(event, person, registered_at + timedelta(hours=9 * number))
        for number, person in enumerate(people)
    ]
    withdrawn = [
        _withdrawn(_booking(event, person, registered_at)) for person in cast.take(WITHDRAWN)
    ]
    Booking.objects.bulk_create([*placed, *withdrawn])
    return event


def _booking(event: Event, person: Person, moment: datetime) -> Booking:
    return Booking(
        event=event,
        person=person,
        state=Booking.State.PLACED,
        created_at=moment,
        created_by=person.user,
        queued_at=moment,
        placed_at=moment,
    )


def _withdrawn(booking: Booking) -> Booking:
    booking.state = Booking.State.WITHDRAWN
    booking.ended_at = booking.created_at + timedelta(days=6)
    booking.ended_by = booking.created_by
    return booking
