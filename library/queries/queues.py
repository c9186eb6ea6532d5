"""Who is next for a copy. The record must be locked for an answer to hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from library.models import Copy, Loan, Record, Reservation


def fits(reservation: Reservation, copy: Copy) -> bool:
    """Whether the copy is what was reserved: any of the record, or one of the same issue."""
    return reservation.issue_id is None or reservation.issue_id == copy.issue_id


def is_served(reservation: Reservation, today: date) -> bool:
    """Whether its turn counts today: not suspended, and its member may borrow."""
    if reservation.suspended_until is not None and reservation.suspended_until >= today:
        return False
    member = reservation.member
    return member is not None and not member.lacks_consent and not member.is_blocked(today)


def waiting(record: Record, today: date) -> list[Reservation]:
    """Those who wait for the record and whose turn counts today, in their order."""
    queue = record.reservations.queue().select_related("member__person__user", "issue")
    return [one for one in queue if is_served(one, today)]


def free() -> QuerySet[Copy]:
    """The copies that can be taken from the shelf at this moment."""
    aside = Reservation.objects.filter(copy=OuterRef("pk"), state=Reservation.State.READY)
    return (
        Copy.objects.filter(state=Copy.State.HELD, only_here=False)
        .exclude(Exists(Loan.objects.open().filter(copy=OuterRef("pk"))))
        .exclude(Exists(aside))
        .order_by("pk")
    )


def free_copies(record: Record) -> list[Copy]:
    """The free copies of a record."""
    return list(free().filter(record=record))


def put_aside_for(copy: Copy) -> Reservation | None:
    """The turn for which the copy stands on the shelf of reservations."""
    rows = Reservation.objects.select_related("member__person__user")
    return rows.filter(copy=copy, state=Reservation.State.READY).first()


def claims(queue: Iterable[Reservation], free: Iterable[Copy]) -> dict[int, Reservation]:
    """Which free copy is for whom, by the key of the copy: first come, first served.

    Whoever wants one issue takes a copy of it; whoever takes any leaves those to them, as far
    as others are there.
    """
    queue = list(queue)
    left = list(free)
    wanted = [one.issue_id for one in queue if one.issue_id is not None]
    taken: dict[int, Reservation] = {}
    for one in queue:
        fitting = [copy for copy in left if fits(one, copy)]
        if not fitting:
            continue
        best = min(fitting, key=lambda copy: one.issue_id is None and copy.issue_id in wanted)
        left.remove(best)
        taken[best.pk] = one
    return taken


def is_left_for(member_id: int, copy: Copy, record: Record, today: date) -> Reservation | None:
    """Whose copy this would be if the member took it; None where nobody loses anything.

    Those before the member in the queue, or all when the member is not in it, still find a copy
    among the others.
    """
    queue = waiting(record, today)
    before: list[Reservation] = []
    for one in queue:
        if one.member_id == member_id and fits(one, copy):
            break
        if one.member_id != member_id:
            before.append(one)
    free = free_copies(record)
    served = {one.pk for one in claims(before, free).values()}
    still = {one.pk for one in claims(before, [one for one in free if one != copy]).values()}
    return next((one for one in before if one.pk in served - still), None)


def someone_waits(copy: Copy, record: Record, today: date) -> bool:
    """Whether keeping this copy longer makes somebody wait who would get it next."""
    queue = waiting(record, today)
    served = {one.pk for one in claims(queue, free_copies(record)).values()}
    return any(fits(one, copy) for one in queue if one.pk not in served)
