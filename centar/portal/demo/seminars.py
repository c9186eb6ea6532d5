"""How a demonstration seminar is planned: what, where and when, seen from today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from centar.events.models import Event, Meeting
from centar.events.operations import bookings, schedule
from centar.people.models import Person, User
from centar.portal.demo import centre
from centar.schools.models import School
from trainings.models import Programme
from trainings.operations import seminars as operations

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
# Kinds of schools that have room for a seminar, the first choice in front.
HOSTS = (School.Kind.GRAMMAR, School.Kind.SECONDARY, School.Kind.PRIMARY)
DAYS_TO_CLOSE = timedelta(days=3)
# Days of a month on which nobody comes: the New Year with Christmas, and the state's holidays.
HOLIDAYS = {
    1: range(1, 9),
    2: range(15, 17),
    5: range(1, 3),
    11: range(11, 12),
    12: range(30, 32),
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A seminar to be made.

    `programme` is a key of the file of programmes; `week` counts from the present one, which
    is 0; `town` is empty for one held online; `changes` are fields of the event that differ
    from what the programme gives.
    """

    programme: str
    week: int
    town: str = centre.TOWN
    weekdays: tuple[int, ...] = (SATURDAY,)
    begins: time = time(9)
    ends: time = time(16, 30)
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cast:
    """Who and what the seminars are made from. `crowd` gives participants in turn, for ever."""

    today: date
    staff: User
    teacher: Person
    coordinator: Person
    trainer: Person
    colleagues: list[Person]
    crowd: Iterator[Person]
    programmes: dict[str, Programme]

    def take(self, number: int) -> list[Person]:
        """The next participants."""
        return list(islice(self.crowd, number))

    def day(self, week: int, weekday: int) -> date:
        """The day in the week that is so many weeks from the present one."""
        monday = self.today - timedelta(days=self.today.weekday())
        return monday + timedelta(weeks=week, days=weekday)

    def days(self, plan: Plan) -> list[date]:
        """The days of a seminar, moved on by weeks, into the past or the future, off holidays."""
        week = plan.week
        while any(_is_holiday(self.day(week, weekday)) for weekday in plan.weekdays):
            week += 1 if week > 0 else -1
        return [self.day(week, weekday) for weekday in plan.weekdays]


def draft(plan: Plan, cast: Cast) -> Event:
    """A draft of the seminar with its days, places and deadlines."""
    seminar = operations.plan_seminar(programme=cast.programmes[plan.programme], by=cast.staff)
    event = seminar.event
    before = schedule.plan_of(event)
    days = cast.days(plan)
    event.place = plan.town
    event.address = _venue(plan.town)
    event.registration_closes_at = moment(days[0] - DAYS_TO_CLOSE, time(23, 59, 59))
    for name, value in plan.changes.items():
        setattr(event, name, value)
    event.save()
    Meeting.objects.bulk_create(
        Meeting(
            event=event,
            starts_at=moment(day, plan.begins),
            ends_at=moment(day, plan.ends),
        )
        for day in days
    )
    return schedule.revised(event_id=event.pk, before=before, by=cast.staff)


def publish(plan: Plan, cast: Cast) -> Event:
    """The seminar, open for registration."""
    return schedule.publish(event_id=draft(plan, cast).pk, by=cast.staff)


def enrol(event: Event, people: Iterable[Person]) -> None:
    """Register the people one after another, each by their own account."""
    for person in people:
        assert person.user is not None  # colleagues without an account come in groups
        bookings.enrol(event_id=event.pk, person=person, by=person.user)


def moment(day: date, hour: time) -> datetime:
    """The moment by the clock on the wall."""
    return timezone.make_aware(datetime.combine(day, hour))


def _is_holiday(day: date) -> bool:
    return day.day in HOLIDAYS.get(day.month, ())


def _venue(town: str) -> str:
    if town == centre.TOWN:
        return centre.NAME
    schools = School.objects.filter(place=town, kind__in=HOSTS).order_by("pk")
    hosts = sorted(schools, key=lambda school: HOSTS.index(School.Kind(school.kind)))
    return hosts[0].name if hosts else ""
