"""Who has a place at a seminar and how long they were there, for lists and reports."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from centar.events.models import Booking
from centar.people.models import Person
from centar.script.sorting import Order
from trainings.models import Certificate, Seminar, SeminarRules


@dataclass(frozen=True)
class Participant:
    """Somebody with a place; `hours` are those of training, not of the clock."""

    name: str
    employer: str
    post: str
    email: str
    phone: str
    hours: Decimal
    certificate: str


def participants(seminar: Seminar, order: Order) -> list[Participant]:
    """Everybody with a place, in the order of the alphabet, in a constant number of statements."""
    hour_minutes = SeminarRules.current().hour_minutes
    most = seminar.programme.hours
    certificates = certificate_numbers(seminar)
    rows = (
        Booking.objects.filter(event=seminar.pk, state=Booking.State.PLACED)
        .annotate(minutes=Coalesce(Sum("presences__minutes"), 0))
        .select_related("person__school", "person__user")
        .order_by(f"person__sort_{order}", "pk")
    )
    return [
        Participant(
            name=str(row.person),
            employer=employer_of(row.person),
            post=str(row.person.get_post_display()),
            email=row.person.email,
            phone=row.person.phone,
            hours=_hours(row.minutes, hour_minutes, most),  # type: ignore[attr-defined]
            certificate=certificates.get(row.person_id, ""),
        )
        for row in rows
    ]


def _hours(minutes: int, hour_minutes: int, most: int) -> Decimal:
    """The breaks of a day are in its minutes, but nobody was at more training than there was; a
    programme without hours sets no bound.
    """
    hours = (Decimal(minutes) / hour_minutes).quantize(Decimal("0.1"))
    return min(hours, Decimal(most)) if most else hours


def employer_of(person: Person) -> str:
    """The school with its place, or another employer, or a note that there is none."""
    return str(person.school) if person.school else person.employer or _("without an employer")


def certificate_numbers(seminar: Seminar) -> dict[int, str]:
    """The register number of each valid certificate of this seminar, by the person's key."""
    valid = Certificate.objects.filter(booking__event=seminar.pk, ended_at=None)
    rows = valid.select_related("document", "booking")
    return {one.booking.person_id: one.document.register_number for one in rows}
