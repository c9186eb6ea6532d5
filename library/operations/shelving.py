"""Putting a copy aside for the first who waits, and ending turns. The record must be locked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from library import letters
from library.models import Copy, LendingTerms, Loan, Record, Reservation
from library.queries import queues

State = Reservation.State


def pass_on(copy: Copy, record: Record, now: datetime) -> Reservation | None:
    """Put a copy that is in hand aside for the first in the queue whom it fits.

    The time for fetching it starts now, and now the letter goes: the copy is on the shelf of
    reservations. Gives the reservation, or None when the copy goes back to its own shelf.
    """
    if copy.state != Copy.State.HELD or copy.only_here:
        return None
    today = timezone.localdate(now)
    queue = queues.waiting(record, today)
    first = next((one for one in queue if queues.fits(one, copy)), None)
    if first is None:
        return None
    days = LendingTerms.current().pickup_days
    first.state = State.READY
    first.copy = copy
    first.ready_at = now
    first.pickup_until = today + timedelta(days=days)
    first.save(update_fields=["state", "copy", "ready_at", "pickup_until"])
    letters.queue_ready(first)
    return first


def end(reservation: Reservation, state: str, now: datetime) -> Copy | None:
    """Write that a turn has ended; gives the copy that was put aside, which is in hand again.

    The person is cut off, unless they keep a history.
    """
    copy = reservation.copy
    reservation.state = state
    reservation.copy = None
    reservation.pickup_until = None
    reservation.ended_at = now
    if reservation.member is not None and not reservation.member.keeps_history:
        reservation.member = None
    reservation.save(update_fields=["state", "copy", "pickup_until", "ended_at", "member"])
    return copy


def wait_again(reservation: Reservation) -> None:
    """Give somebody whose copy is not there after all their old turn back."""
    reservation.state = State.WAITING
    reservation.copy = None
    reservation.ready_at = None
    reservation.pickup_until = None
    reservation.save(update_fields=["state", "copy", "ready_at", "pickup_until"])


def forget_loss(copy: Copy) -> Loan | None:
    """A lost copy is here again: whoever lost it is no longer asked, nor named.

    Gives the loan as it was, with its member; None when nobody was asked.
    """
    asked = copy.loans.filter(ending=Loan.Ending.LOST, member__isnull=False)
    loan = asked.order_by("-pk").first()
    asked.update(member=None)
    return loan


def close(loan: Loan, ending: Loan.Ending, now: datetime) -> None:
    """Write that a loan has ended. Whoever had a thing is forgotten once it is back; for one
    that is lost they are still asked.
    """
    loan.returned_at = now
    loan.ending = ending
    member = loan.member
    if ending == Loan.Ending.RETURNED and member is not None and not member.keeps_history:
        loan.member = None
    loan.save(update_fields=["returned_at", "ending", "member"])
