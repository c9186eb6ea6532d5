"""What people and schools pay for, and what waits for the staff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from centar.events.applications.queries import schools_of
from centar.events.models import Booking, BookingGroup, Event
from centar.people.models import User
from centar.schools.models import School
from trainings.models import Charge, Proforma, StatementRow
from trainings.queries import fees

PLACED = Booking.State.PLACED
TO_SETTLE = (StatementRow.Outcome.UNKNOWN, StatementRow.Outcome.HELD)


@dataclass(frozen=True)
class Due:
    """A booking or a school's application with something to pay; `proforma` once it is issued."""

    event: Event
    amount: Decimal
    people: list[str]
    proforma: Proforma | None
    booking: Booking | None = None
    group: BookingGroup | None = None

    @property
    def open(self) -> Decimal:
        """What is still to be paid, in dinars."""
        return self.amount if self.proforma is None else self.proforma.open

    @property
    def is_late(self) -> bool:
        """Whether the last day to pay has passed and something is open."""
        due_on = self.proforma.due_on if self.proforma is not None else None
        return bool(self.open) and due_on is not None and due_on < timezone.localdate()


def own_dues(user: User) -> list[Due]:
    """What the user's own places cost, those a school pays for in a group left out."""
    bookings = (
        _placed()
        .filter(person__user=user)
        .exclude(payer=Booking.Payer.SCHOOL, group__school__isnull=False)
        .order_by("event__starts_at", "pk")
    )
    live = Proforma.objects.live().filter(booking__person__user=user).select_related("document")
    asked = {one.booking_id: one for one in live.defer("document__content")}
    dues = []
    for booking, fee in fees.fees_of(list(bookings)):
        proforma = asked.get(booking.pk)
        amount = proforma.amount if proforma else fee.amount
        if amount:
            names = [str(booking.person)]
            dues.append(Due(booking.event, amount, names, proforma, booking=booking))
    return dues


def school_dues(schools: QuerySet[School]) -> list[Due]:
    """What these schools pay for: whole applications, and single places that a school pays.

    What is open comes first, that which is due first in front, then what has no invoice yet. A
    constant number of queries.
    """
    dues = [*_asked_of(schools), *_not_asked_yet_of(schools)]
    return sorted(dues, key=lambda one: not one.open)


def _asked_of(schools: QuerySet[School]) -> Iterator[Due]:
    proformas = (
        Proforma.objects.live()
        .filter(school__in=schools)
        .select_related("document", "school", "booking__event", "group__event", "group__school")
        .defer("document__content")
        .prefetch_related(Prefetch("charges", Charge.objects.select_related("person")))
    )
    for one in proformas.order_by("due_on", "pk"):
        about = one.booking or one.group
        assert about is not None  # kept by a constraint of the database
        names = [str(charge.person) for charge in one.charges.all()]
        yield Due(about.event, one.amount, names, one, booking=one.booking, group=one.group)


def _not_asked_yet_of(schools: QuerySet[School]) -> Iterator[Due]:
    asked = Proforma.objects.live().filter(group=OuterRef("group"))
    places = (
        _placed()
        .filter(_paid_by(schools) | Q(payer=Booking.Payer.SCHOOL, group__school__in=schools))
        .filter(~Exists(asked), charge=None)
        .order_by("event__starts_at", "group", "pk")
    )
    several: dict[BookingGroup | Booking, list[tuple[Booking, Decimal]]] = {}
    for booking, fee in fees.fees_of(list(places)):
        if fee.amount:
            about = booking.group if booking.group and booking.group.school_id else booking
            several.setdefault(about, []).append((booking, fee.amount))
    for about, members in several.items():
        amount = sum((owed for _booking, owed in members), Decimal(0))
        names = [str(booking.person) for booking, _owed in members]
        event = members[0][0].event
        if isinstance(about, BookingGroup):
            yield Due(event, amount, names, None, group=about)
        else:
            yield Due(event, amount, names, None, booking=about)


def bookings_payable_by(user: User) -> QuerySet[Booking]:
    """One's own bookings, and single ones that a school which one coordinates pays for."""
    return Booking.objects.filter(Q(person__user=user) | _paid_by(schools_of(user)))


def _paid_by(schools: QuerySet[School]) -> Q:
    """Places that a school pays for without having applied for them."""
    return Q(payer=Booking.Payer.SCHOOL, group__school=None, person__school__in=schools)


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
