"""What a reader has: loans, turns, and their own state at one record."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from centar.people.models import User
from library.models import Loan, Member, Record, Reservation


@dataclass(frozen=True)
class Turn:
    """A place in the queue: „2 of 5“."""

    position: int
    length: int


@dataclass(frozen=True)
class OwnState:
    """What the visitor has to do with one record; the member is None for those who are none."""

    member: Member | None = None
    loan: Loan | None = None
    reservation: Reservation | None = None
    turn: Turn | None = None


def member_of(user: object) -> Member | None:
    """The membership of this login, or None."""
    if not isinstance(user, User):
        return None
    found = Member.objects.select_related("person__user", "teacher__user")
    return found.filter(person__user=user).first()


def own_state(user: object, record: Record) -> OwnState:
    """The loan and the reservation that this visitor has of the record, in at most four queries."""
    member = member_of(user)
    if member is None:
        return OwnState()
    loan = Loan.objects.open().filter(member=member, copy__record=record).order_by("due_on").first()
    reservation = Reservation.objects.live().filter(member=member, record=record).first()
    turn = None
    if reservation is not None and reservation.state == Reservation.State.WAITING:
        turn = turns([reservation])[reservation.pk]
    return OwnState(member, loan, reservation, turn)


def turns(reservations: list[Reservation]) -> dict[int, Turn]:
    """The places of waiting reservations in the queues of their records, by one query."""
    if not reservations:
        return {}
    wanted = Q()
    for one in reservations:
        wanted |= Q(record=one.record_id, issue=one.issue_id)
    queues: dict[tuple[int, int | None], list[int]] = {}
    for pk, record, issue in (
        Reservation.objects.queue().filter(wanted).values_list("pk", "record", "issue")
    ):
        queues.setdefault((record, issue), []).append(pk)
    places: dict[int, Turn] = {}
    for one in reservations:
        queue = queues.get((one.record_id, one.issue_id), [])
        if one.pk in queue:
            places[one.pk] = Turn(queue.index(one.pk) + 1, len(queue))
    return places
