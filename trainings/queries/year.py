"""The Centre's year in numbers, counted in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.events.models import Booking, Event
from centar.script.sorting import Order
from trainings.models import Seminar
from trainings.queries import evaluation

HELD = (Event.State.OPEN, Event.State.CLOSED)


@dataclass(frozen=True)
class HeldSeminar:
    """A seminar of the year; `mean` is None while too few have evaluated it."""

    pk: int
    title: str
    area: str
    starts_at: datetime
    hours: int
    participants: int
    mean: Decimal | None


@dataclass(frozen=True)
class Part:
    """How many participants came from one municipality, or teach one subject."""

    name: str
    participants: int


@dataclass(frozen=True)
class Year:
    """A calendar year. Somebody who was at two seminars is two participants and one person.

    `mean` is that of the seminars whose own mean is shown.
    """

    year: int
    seminars: list[HeldSeminar]
    people: int
    municipalities: list[Part]
    subjects: list[Part]
    mean: Decimal | None

    @property
    def hours(self) -> int:
        """Of training, all seminars together."""
        return sum(seminar.hours for seminar in self.seminars)

    @property
    def participants(self) -> int:
        """Those who were there, all seminars together."""
        return sum(seminar.participants for seminar in self.seminars)


def years(now: datetime) -> list[int]:
    """The years in which a seminar ended, the latest first; the present one in any case."""
    ended = _held(Seminar.objects.all(), now).annotate(year=ExtractYear("event__ends_at"))
    found = set(ended.order_by().values_list("year", flat=True).distinct())
    return sorted(found | {timezone.localdate(now).year}, reverse=True)


def in_numbers(year: int, now: datetime, order: Order) -> Year:
    """What the Centre did in a calendar year, by the day on which seminars ended."""
    held = _held(Seminar.objects.filter(event__ends_at__year=year), now)
    grades = evaluation.grades(held)
    there = Booking.objects.filter(event__in=held.values("pk"), presences__isnull=False)
    counted = (
        Booking.objects.filter(event=OuterRef("pk"), presences__isnull=False)
        .order_by()
        .values("event")
        .annotate(n=Count("pk", distinct=True))
        .values("n")
    )
    rows = (
        held.annotate(participants=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        .select_related("event", "programme__area")
        .order_by("event__starts_at", "pk")
    )
    seminars = [_seminar(row, row.participants, grades.get(row.pk)) for row in rows]
    total = sum(grades.values(), evaluation.NO_GRADE)
    return Year(
        year=year,
        seminars=seminars,
        people=there.aggregate(n=Count("person", distinct=True))["n"],
        municipalities=_parts(there, "person__school__municipality", _("without a school"), order),
        subjects=_parts(there, "person__subject", _("without a subject"), order),
        mean=total.mean if total.answers else None,
    )


def _held(seminars: QuerySet[Seminar], now: datetime) -> QuerySet[Seminar]:
    return seminars.filter(event__state__in=HELD, event__ends_at__lte=now)


def _seminar(row: Seminar, participants: int, grade: evaluation.Grade | None) -> HeldSeminar:
    assert row.event.starts_at is not None  # a published event has a day
    return HeldSeminar(
        pk=row.pk,
        title=row.event.title,
        area=str(row.programme.area or ""),
        starts_at=row.event.starts_at,
        hours=row.programme.hours,
        participants=participants,
        mean=grade.mean if grade else None,
    )


def _parts(there: QuerySet[Booking], of: str, nothing: str, order: Order) -> list[Part]:
    """Participants by what their person belongs to, the largest part first."""
    rows = there.order_by().values_list(f"{of}__name").annotate(n=Count("pk", distinct=True))
    rows = rows.order_by("-n", f"{of}__sort_azbuka")
    return [Part(name or nothing, number) for name, number in rows]
