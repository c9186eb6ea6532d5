"""What the desk of the library sees: a member with everything they have, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from centar.script.folding import fold
from library.models import Copy, Loan, Member, Record, Reservation
from library.queries import codes, queues
from library.queries.readers import HeldTurn, held

SHOWN = 20


@dataclass(frozen=True)
class OpenLoan:
    """A loan with how many days late it is."""

    loan: Loan
    days_late: int


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
    return Sheet(
        member,
        member.is_blocked(today),
        [OpenLoan(one, one.days_late(today)) for one in loans.open().order_by("due_on", "pk")],
        held(Reservation.objects.live().filter(member=member)),
        list(loans.filter(ending=Loan.Ending.LOST).order_by("pk")),
    )


def history(member: Member) -> list[Loan]:
    """What the member had and asked to be kept, the latest first."""
    over = Loan.objects.filter(member=member, ending=Loan.Ending.RETURNED)
    rows = over.select_related("copy__record", "copy__issue")
    return list(rows.order_by("-returned_at", "-pk")[:200])


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


def meant(text: str) -> list[Member]:
    """The member with this card, or else those in whose name these words stand."""
    card = members().filter(card__iexact=codes.read(text)).first()
    return [card] if card is not None else named(text)


def to_fetch() -> list[Reservation]:
    """Turns whose copy stands on the shelf, to be brought to the desk and scanned there.

    As many of a record as there are free copies that fit them; the others wait for a return.
    """
    today = timezone.localdate()
    rows = [
        one
        for one in Reservation.objects.queue()
        .filter(record__free_copies__gt=0)
        .select_related("record", "issue", "member__person")
        if queues.is_served(one, today)
    ]
    shelves: dict[int, list[Copy]] = {one.record_id: [] for one in rows}
    for copy in queues.free().filter(record__in=shelves):
        shelves[copy.record_id].append(copy)
    turns_of: dict[int, list[Reservation]] = {key: [] for key in shelves}
    for one in rows:
        turns_of[one.record_id].append(one)
    served = {
        one.pk
        for key, shelf in shelves.items()
        for one in queues.claims(turns_of[key], shelf).values()
    }
    return [one for one in rows if one.pk in served]


def put_aside() -> list[Reservation]:
    """All turns with a copy on the shelf of reservations, the first that will leave it first."""
    ready = Reservation.objects.filter(state=Reservation.State.READY)
    rows = ready.select_related("copy__record", "copy__issue", "member__person__user")
    return list(rows.order_by("pickup_until", "pk"))


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
    rows = Loan.objects.open().filter(due_on__lt=today).order_by("due_on", "pk")
    return rows.select_related(
        "copy__record", "copy__issue", "member__person__user", "member__teacher__user"
    )


def losses() -> QuerySet[Loan]:
    """What readers lost and have not made good yet, the longest first."""
    rows = Loan.objects.filter(ending=Loan.Ending.LOST, member__isnull=False)
    return rows.select_related("copy__record", "copy__issue", "member__person").order_by(
        "returned_at", "pk"
    )
