"""What the desk of the library sees: a member with everything they have, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from centar.script.folding import fold
from library.models import Copy, Loan, Member, Record, Reservation
from library.queries import queues
from library.queries.readers import Turn, turns

SHOWN = 20


@dataclass(frozen=True)
class OpenLoan:
    """A loan with how many days late it is."""

    loan: Loan
    days_late: int


@dataclass(frozen=True)
class HeldTurn:
    """A live reservation with its place, when it waits."""

    reservation: Reservation
    turn: Turn | None


@dataclass(frozen=True)
class Sheet:
    """Everything that a member has at this moment."""

    member: Member
    is_blocked: bool
    loans: list[OpenLoan]
    reservations: list[HeldTurn]
    losses: list[Loan]


def sheet(member: Member) -> Sheet:
    """The loans, reservations and unsettled losses of the member, by four queries."""
    today = timezone.localdate()
    loans = Loan.objects.filter(member=member).select_related("copy__record", "copy__issue")
    held = list(
        Reservation.objects.live()
        .filter(member=member)
        .select_related("record", "issue", "copy")
        .order_by("queued_at", "pk")
    )
    places = turns([one for one in held if one.state == Reservation.State.WAITING])
    return Sheet(
        member,
        member.is_blocked(today),
        [OpenLoan(one, one.days_late(today)) for one in loans.open().order_by("due_on", "pk")],
        [HeldTurn(one, places.get(one.pk)) for one in held],
        list(loans.filter(ending=Loan.Ending.LOST).order_by("pk")),
    )


def history(member: Member) -> list[Loan]:
    """What the member had and asked to be kept, the latest first."""
    over = Loan.objects.filter(member=member, ending=Loan.Ending.RETURNED)
    return list(over.select_related("copy__record").order_by("-returned_at", "-pk")[:200])


def members() -> QuerySet[Member]:
    """All members with what their pages show of them."""
    return Member.objects.select_related("person__user", "person__school", "teacher__user")


def named(text: str) -> list[Member]:
    """Members in whose name all these words stand, in either script; the first SHOWN."""
    found = members()
    words = fold(text).split()
    for word in words:
        found = found.filter(person__folded__contains=word)
    return list(found.order_by("person__sort_azbuka", "pk")[:SHOWN]) if words else []


def to_fetch() -> list[Reservation]:
    """Turns whose copy stands on the shelf, to be brought to the desk and scanned there."""
    today = timezone.localdate()
    rows = (
        Reservation.objects.filter(queues.reservations_to_fetch())
        .select_related("record", "issue", "member__person")
        .order_by("queued_at", "pk")
    )
    served: dict[int, int] = {}
    found = []
    for one in rows:
        # As many of a record as copies are on its shelf; the others wait for a return.
        taken = served.get(one.record_id, 0)
        if taken < one.record.free_copies and queues.is_served(one, today):
            served[one.record_id] = taken + 1
            found.append(one)
    return found[:SHOWN]


def queue_of(record: Record) -> Sequence[Reservation]:
    """All live reservations of a record: the ready ones, then the queue."""
    rows = record.reservations.live().select_related("member__person", "issue", "copy")
    ready = Reservation.State.READY
    return sorted(rows, key=lambda one: (one.state != ready, one.queued_at, one.pk))


def on_shelf() -> QuerySet[Copy]:
    """The copies that should stand on their shelves: in the library, not out, not put aside."""
    aside = Reservation.objects.filter(copy=OuterRef("pk"), state=Reservation.State.READY)
    return Copy.objects.filter(state=Copy.State.HELD).exclude(
        Exists(Loan.objects.open().filter(copy=OuterRef("pk"))) | Exists(aside)
    )


def overdue(today: date) -> QuerySet[Loan]:
    """What should have come back before this day, the longest first."""
    rows = Loan.objects.open().filter(due_on__lt=today)
    return rows.select_related("copy__record", "member__person").order_by("due_on", "pk")
