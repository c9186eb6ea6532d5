"""What people and schools pay for, and what waits for the staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from centar.events.models import Booking, BookingGroup
from centar.people.models import User
from centar.schools.models import School
from trainings.models import Charge, Proforma, ProformaQuerySet, Seminar, StatementRow
from trainings.queries import fees

PLACED = Booking.State.PLACED
TO_SETTLE = (StatementRow.Outcome.UNKNOWN, StatementRow.Outcome.HELD)


@dataclass(frozen=True)
class Due:
    """A booking or a school's application with something to pay; `proforma` once it is issued."""

    seminar: Seminar
    amount: Decimal
    people: list[str]
    proforma: Proforma | None
    booking: Booking | None = None
    group: BookingGroup | None = None


def own_dues(user: User) -> list[Due]:
    """What the user's own places cost, those a school pays for in a group left out."""
    bookings = (
        _placed()
        .filter(person__user=user)
        .exclude(payer=Booking.Payer.SCHOOL, group__school__isnull=False)
        .order_by("event__starts_at", "pk")
    )
    live = {one.booking_id: one for one in _live().filter(booking__person__user=user)}
    dues = []
    for booking, fee in fees.fees_of(list(bookings)):
        proforma = live.get(booking.pk)
        amount = proforma.amount if proforma else fee.amount
        if amount:
            names = [str(booking.person)]
            dues.append(Due(booking.event.seminar, amount, names, proforma, booking=booking))
    return dues


def school_dues(user: User) -> list[Due]:
    """What the schools that the user coordinates pay for, one entry an application."""
    schools = School.objects.filter(coordinations__person__user=user, coordinations__ended_at=None)
    live = {one.group_id: one for one in _live().filter(school__in=schools)}
    places = _placed().filter(group__school__in=schools, payer=Booking.Payer.SCHOOL)
    applications: dict[BookingGroup, list[tuple[Booking, fees.Fee]]] = {}
    for booking, fee in fees.fees_of(list(places.order_by("-group__created_at", "group", "pk"))):
        assert booking.group is not None  # it was chosen by its group
        applications.setdefault(booking.group, []).append((booking, fee))
    dues = []
    for group, members in applications.items():
        proforma = live.get(group.pk)
        counted = sum((fee.amount for _booking, fee in members), Decimal(0))
        amount = proforma.amount if proforma else counted
        if amount:
            names = [str(booking.person) for booking, fee in members if fee.amount]
            dues.append(Due(members[0][0].event.seminar, amount, names, proforma, group=group))
    return dues


def covered(
    *, booking: Booking | None = None, group: BookingGroup | None = None
) -> QuerySet[Booking]:
    """The places that one pro-forma invoice is for: one booking, or all of a group that the
    school pays for.
    """
    if booking is not None:
        return _placed().filter(pk=booking.pk)
    return _placed().filter(group=group, payer=Booking.Payer.SCHOOL).order_by("pk")


def changed_proformas() -> list[int]:
    """Live pro-forma invoices whose people are no longer those that they were issued for."""
    as_issued = Q(booking__state=PLACED, booking__person=F("person"))
    left = Charge.objects.filter(proforma__ended_at=None).exclude(as_issued)
    joined = Proforma.objects.live().filter(
        group__bookings__state=PLACED,
        group__bookings__payer=Booking.Payer.SCHOOL,
        group__bookings__charge=None,
        group__bookings__placed_at__gt=F("document__issued_at"),
    )
    return sorted({*left.values_list("proforma", flat=True), *joined.values_list("pk", flat=True)})


def bookings_without_proforma(now: datetime) -> QuerySet[Booking]:
    """Places at coming seminars with a fee that no pro-forma invoice was issued for."""
    return (
        _placed()
        .filter(event__starts_at__gt=now, event__seminar__fee__gt=0, charge=None)
        .order_by("pk")
    )


def rows_to_settle() -> QuerySet[StatementRow]:
    """Payments with money left that nobody knows the purpose of, and those that wait for
    somebody to say whether they were counted before; oldest first.
    """
    return StatementRow.objects.filter(outcome__in=TO_SETTLE).order_by("booked_on", "pk")


def _placed() -> QuerySet[Booking]:
    return Booking.objects.filter(state=PLACED, event__seminar__isnull=False).select_related(
        "event__seminar", "person__user", "person__school", "group__school"
    )


def _live() -> ProformaQuerySet:
    return Proforma.objects.live().select_related("document")
