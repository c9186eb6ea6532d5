"""What a reader has: loans, turns, and their own state at one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from centar.people.models import User
from library.models import JournalIssue, Loan, Member, Record, Reservation


@dataclass(frozen=True)
class Turn:
    """A place in the queue: „2 of 5“."""

    position: int
    length: int


@dataclass(frozen=True)
class HeldTurn:
    """A live reservation with its place, when it waits."""

    reservation: Reservation
    turn: Turn | None


@dataclass(frozen=True)
class OwnState:
    """What the visitor has of one record, and what of it they can still reserve.

    That is one of the `issues`, or any copy. The member is None for those who are none.
    """

    member: Member | None = None
    loans: Sequence[Loan] = ()
    held: Sequence[HeldTurn] = ()
    issues: Sequence[JournalIssue] = ()
    may_reserve_any: bool = False


def member_of(user: object) -> Member | None:
    """The membership of this login, or None."""
    if not isinstance(user, User):
        return None
    found = Member.objects.select_related("person__user", "teacher__user")
    return found.filter(person__user=user).first()


def own_state(user: object, record: Record) -> OwnState:
    """What this visitor has and can reserve of a record whose copies were read with it, in at most
    four queries.

    A journal is reserved by the issue, as far as the library knows the issues of its copies.
    """
    member = member_of(user)
    if member is None:
        return OwnState()
    loans = list(
        Loan.objects.open()
        .filter(member=member, copy__record=record)
        .select_related("copy__issue")
        .order_by("due_on", "pk")
    )
    own = held(Reservation.objects.live().filter(member=member, record=record))
    reserved = {one.reservation.issue_id for one in own}
    taken = reserved | {loan.copy.issue_id for loan in loans}
    lendable = [copy for copy in record.copies.all() if copy.is_lendable]
    issues = {
        copy.issue.pk: copy.issue
        for copy in lendable
        if copy.issue is not None and copy.issue.pk not in taken
    }
    return OwnState(
        member,
        loans,
        own,
        sorted(issues.values(), key=lambda one: (one.year, one.pk), reverse=True),
        not loans and None not in reserved and any(copy.issue_id is None for copy in lendable),
    )


def held(live: QuerySet[Reservation]) -> list[HeldTurn]:
    """These reservations, which must be live, in their order, with their places."""
    rows = list(live.select_related("record", "issue", "copy").order_by("queued_at", "pk"))
    places = turns([one for one in rows if one.state == Reservation.State.WAITING])
    return [HeldTurn(one, places.get(one.pk)) for one in rows]


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
