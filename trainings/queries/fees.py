"""What a booking costs, before it is frozen by a pro-forma invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from centar.events.models import Booking, Event
from centar.people.models import Person
from trainings.models import FeeRule, Seminar

PARA = Decimal("0.01")


@dataclass(frozen=True)
class Fee:
    """What is owed of the full fee, in dinars, and the exception that made it less."""

    amount: Decimal
    full: Decimal
    reason: str = ""


def has_fee(event: Event) -> bool:
    """Whether the seminar of this event has a fee, whatever the exceptions from it."""
    return Seminar.objects.filter(event=event, fee__gt=0).exists()


def fees_of(bookings: Sequence[Booking]) -> list[tuple[Booking, Fee]]:
    """The fee of each booking of a seminar, however many seminars they are of.

    Needs `event.seminar` and `person.school` loaded.
    """
    rules = list(FeeRule.objects.order_by("pk")) if bookings else []
    return [(booking, _fee_of(booking, rules)) for booking in bookings]


def _fee_of(booking: Booking, rules: Iterable[FeeRule]) -> Fee:
    """The lowest that the exceptions in force give.

    The day on which the person got the place counts; without one yet, today.
    """
    seminar = booking.event.seminar
    day = timezone.localdate(booking.placed_at)
    fees = [Fee(seminar.fee, seminar.fee)]
    for rule in rules:
        if _holds(rule, booking.person, seminar, day):
            fees.append(Fee(_reduced(seminar.fee, rule), seminar.fee, rule.name))
    return min(fees, key=lambda fee: fee.amount)


def _holds(rule: FeeRule, person: Person, seminar: Seminar, day: date) -> bool:
    school = person.school
    return (
        rule.starts_on <= day
        and (rule.ends_on is None or day <= rule.ends_on)
        and rule.seminar_id in (None, seminar.pk)
        and rule.post in ("", person.post)
        and (
            rule.municipality_id is None
            or (school is not None and school.municipality_id == rule.municipality_id)
        )
    )


def _reduced(full: Decimal, rule: FeeRule) -> Decimal:
    if rule.kind == FeeRule.Kind.FREE:
        return Decimal(0)
    if rule.kind == FeeRule.Kind.PERCENT:
        return (full * rule.value / 100).quantize(PARA, ROUND_HALF_UP)
    return min(full, rule.value)
