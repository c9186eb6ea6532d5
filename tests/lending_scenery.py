"""What a teacher has of the library on the prepared portal: lent, late, reserved, ready."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from centar.people.models import Person
from library.models import Reservation
from tests.factories.library import CopyFactory, LoanFactory, MemberFactory, ReservationFactory


def furnish(teacher: Person) -> None:
    """A loan in time, one that is late, one of the past, a copy put aside, and two turns."""
    member, today = MemberFactory(person=teacher, keeps_history=True), timezone.localdate()
    LoanFactory(member=member)
    LoanFactory(member=member, due_on=today - timedelta(days=3))
    LoanFactory(member=member, returned_at=timezone.now(), ending="returned")
    copy = CopyFactory()
    ReservationFactory(
        member=member,
        record=copy.record,
        copy=copy,
        state=Reservation.State.READY,
        ready_at=timezone.now(),
        pickup_until=today + timedelta(days=5),
    )
    ReservationFactory(member=member)
    ReservationFactory(member=member, suspended_until=today + timedelta(days=9))


def own_pages() -> dict[str, list[str]]:
    """The page of the reader."""
    return {"library:mine": [reverse("library:mine")]}
