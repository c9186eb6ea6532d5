"""Reads for the pages of a school's coordinators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from centar.events.models import Booking, BookingGroup, Event, Presence
from centar.people.models import Coordination, CoordinationRequest, Person, User
from centar.schools.models import School
from centar.script.faces import Face
from centar.script.folding import fold

State = Booking.State


def schools_of(user: User) -> QuerySet[School]:
    """The schools that the user coordinates at this moment."""
    live = Coordination.objects.filter(person__user=user, ended_at=None)
    return School.objects.filter(pk__in=live.values("school"))


def applications_of(user: User) -> QuerySet[BookingGroup]:
    """The applications of all these schools."""
    return BookingGroup.objects.filter(school__in=schools_of(user))


def people_of(school: School, face: Face, text: str = "") -> list[Person]:
    """The school's people in the face's order; with a text, those whose names hold its words."""
    people = Person.objects.filter(school=school).select_related("user", "subject")
    for word in fold(text).split():
        people = people.filter(folded__contains=word)
    return list(people.order_by(f"sort_{face.order}", "pk"))


@dataclass(frozen=True)
class Attended:
    """A booking of one of the school's people; `minutes` is how long they were there."""

    booking: Booking
    minutes: int = 0

    @property
    def hours(self) -> str:
        """Hours and minutes as „6.30“; empty when nobody has noted the presence."""
        return f"{self.minutes // 60}.{self.minutes % 60:02d}" if self.minutes else ""


@dataclass(frozen=True)
class SchoolPage:
    """Who of a school goes where."""

    coming: list[Attended]
    waiting: list[Attended]
    past: list[Attended]
    applications: list[BookingGroup]
    requests: list[CoordinationRequest]
    coordinators: list[Coordination]


def school_page(school: School, face: Face, now: datetime) -> SchoolPage:
    """Everything that the school's page shows; a constant number of queries."""
    rows = list(
        Booking.objects.filter(person__school=school)
        .filter(Q(state__in=Booking.LIVE))
        .exclude(event__state=Event.State.DRAFT)
        .select_related("event", "person")
        .order_by("event__starts_at", f"person__sort_{face.order}", "pk")
    )
    past = [row for row in rows if row.event.ends_at is not None and row.event.ends_at <= now]
    minutes = _minutes(past)
    ahead = [row for row in rows if row not in past]
    return SchoolPage(
        coming=[Attended(row) for row in ahead if row.state == State.PLACED],
        waiting=[Attended(row) for row in ahead if row.state != State.PLACED],
        past=[
            Attended(row, minutes.get(row.pk, 0))
            for row in reversed(past)
            if row.state == State.PLACED
        ],
        applications=list(with_counts(BookingGroup.objects.filter(school=school))),
        requests=list(
            school.coordination_requests.filter(
                state=CoordinationRequest.State.WAITING
            ).select_related("person")
        ),
        coordinators=list(
            school.coordinations.filter(ended_at=None)
            .select_related("person")
            .order_by("person__sort_azbuka")
        ),
    )


def with_counts(groups: QuerySet[BookingGroup]) -> QuerySet[BookingGroup]:
    """The applications, the newest first, with how many have a place and how many wait."""

    def number(*states: str) -> Count:
        return Count("bookings", filter=Q(bookings__state__in=states))

    counted = groups.annotate(
        placed_count=number(State.PLACED),
        waiting_count=number(State.WAITING, State.OFFERED),
    )
    return counted.select_related("event", "school").order_by("-created_at", "-pk")


def members_of(group: BookingGroup, face: Face) -> list[Booking]:
    """The people of an application, those who are still in it first."""
    rows = group.bookings.select_related("person__user", "event", "group")
    members = rows.order_by(f"person__sort_{face.order}", "pk")
    return sorted(members, key=lambda booking: not booking.is_live)


def substitutes_for(booking: Booking) -> QuerySet[Person]:
    """The people of the same school who are not registered for the event."""
    group = booking.group
    assert group is not None  # only somebody of an application is substituted
    registered = booking.event.bookings.live().values("person")
    people = Person.objects.filter(school=group.school_id).exclude(pk__in=registered)
    return people.order_by("sort_azbuka", "pk")


def _minutes(bookings: Iterable[Booking]) -> dict[int, int]:
    rows = Presence.objects.filter(booking__in=list(bookings)).values_list("booking")
    return dict(rows.annotate(total=Sum("minutes")))
