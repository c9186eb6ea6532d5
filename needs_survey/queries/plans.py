"""Reads for plans of seminars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from centar.events.models import Event
from centar.people.models import Coordination, Person, User
from needs_survey.models import Plan, PlannedSeminar, Wish
from needs_survey.planning.demand import Asked, Wanted
from needs_survey.planning.scores import PARTS
from needs_survey.queries import demand
from trainings import days
from trainings.models import Programme


def rows_of(plan: Plan) -> QuerySet[PlannedSeminar]:
    """The plan's rows, the highest score first, with all that pages show; two statements."""
    members = Wish.objects.select_related("school__municipality").order_by("-teachers", "pk")
    rows = plan.seminars.select_related("programme", "municipality", "seminar__event", "plan")
    return rows.prefetch_related(Prefetch("wishes", members))


def to_make(plan: Plan) -> QuerySet[PlannedSeminar]:
    """The rows that are to be held and of which there is no seminar yet."""
    return rows_of(plan).filter(is_chosen=True, seminar=None)


def host_of(planned: PlannedSeminar) -> str:
    """The school that offers its room in the row's municipality, of several the largest asker."""
    rooms = [
        wish
        for wish in planned.wishes.all()
        if wish.room == Wish.Room.OFFERED and wish.school.municipality_id == planned.municipality_id
    ]
    return str(max(rooms, key=lambda wish: wish.teachers).school) if rooms else ""


def weights_of(plan: Plan) -> dict[str, int]:
    """What each part of a score weighs, by its name."""
    return {name: getattr(plan, f"weight_{name}") for name in PARTS}


def wanted(plan: Plan) -> list[Wanted]:
    """What the plan's round asks for, ready to be proposed from; six statements."""
    ways = demand.ways(plan.round)
    return [
        _wanted(
            one,
            tuple(
                Asked(
                    asking.school,
                    asking.municipality_id,
                    asking.teachers,
                    ways.get(asking.school, frozenset()),
                )
                for asking in one.asked
            ),
        )
        for one in demand.of_programmes(plan.round)
    ]


def _wanted(one: demand.ProgrammeDemand, asked: tuple[Asked, ...]) -> Wanted:
    programme = one.programme
    if programme is None:
        return Wanted(None, one.title, 1, 1, asked, is_offered=False)
    return Wanted(
        key=programme.pk,
        title=str(programme),
        smallest=programme.group_minimum,
        largest=programme.group_maximum,
        asked=asked,
        days=days.number_of(programme),
        in_priority=bool(programme.priority_areas.all()),
        is_webinar=programme.form == Programme.Form.WEBINAR,
        is_offered=one.is_offered,
    )


@dataclass(frozen=True)
class LeftOut:
    """Teachers of a school who are in no group that is to be held, and why."""

    title: str
    school: str
    municipality: str
    teachers: int
    reason: str


def left_out(plan: Plan) -> list[LeftOut]:
    """Everybody who asked and is in no group that is to be held; one statement."""
    held = plan.wishes.filter(planned__is_chosen=True).values("pk")
    rows = plan.wishes.exclude(pk__in=held).select_related("school__municipality", "planned")
    return [
        LeftOut(
            title=row.title,
            school=str(row.school),
            municipality=row.school.municipality.name,
            teachers=row.teachers,
            reason=str(row.get_left_out_display()) or _("the group is not to be held"),
        )
        for row in rows.order_by("title", "-teachers", "pk")
    ]


@dataclass(frozen=True)
class Totals:
    """A plan in short."""

    groups: int
    chosen: int
    people: int
    drafts: int


def totals(rows: Iterable[PlannedSeminar]) -> Totals:
    """How many groups there are, how many are to be held and for how many people."""
    every = list(rows)
    chosen = [row for row in every if row.is_chosen]
    return Totals(
        groups=len(every),
        chosen=len(chosen),
        people=sum(row.people for row in chosen),
        drafts=sum(1 for row in every if row.seminar_id is not None),
    )


def first_in_line(planned: PlannedSeminar) -> QuerySet[Wish]:
    """The wishes of those who are invited to this seminar first.

    They are its own group, and those of its programme who are in no group, or in one that is not
    to be held.
    """
    of_programme = Wish.objects.filter(plan=planned.plan_id, programme=planned.programme_id)
    elsewhere = of_programme.filter(planned__is_chosen=True).exclude(planned=planned)
    return of_programme.exclude(pk__in=elsewhere.values("pk"))


def planned_as(event: Event) -> PlannedSeminar | None:
    """The row of a plan from which this event was made."""
    return PlannedSeminar.objects.filter(seminar=event.pk).select_related("plan__round").first()


def coordinators_invited(planned: PlannedSeminar) -> list[Person]:
    """Everybody who coordinates a school that is invited first, each once; one statement."""
    schools = first_in_line(planned).values("school")
    live = Coordination.objects.filter(ended_at=None, school__in=schools)
    return list(Person.objects.filter(pk__in=live.values("person")).select_related("user"))


def may_come_first(event: Event, user: User) -> bool:
    """Whether the login coordinates a school that is invited to this event first."""
    planned = planned_as(event)
    if planned is None:
        return False
    schools = first_in_line(planned).values("school")
    own = Coordination.objects.filter(person__user=user, ended_at=None, school__in=schools)
    return own.exists()
