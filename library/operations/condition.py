"""What becomes of a piece: lost, damaged, back again, written off."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from library import letters, locks
from library.models import Copy, Loan, Reservation
from library.operations import shelving
from library.permissions import lending as permissions
from library.permissions.catalogue import may_keep_copies


@transaction.atomic
def mark(*, copy_id: int, state: Copy.State, reason: str, by: User) -> Reservation | None:
    """Say that a copy is lost, in repair, written off, or in the library again.

    One that was put aside gives its reader the old turn back, and a letter says so: nobody
    loses a turn by it, and the next copy goes to them. One that was out when it got lost ends
    its loan, which keeps the member until the loss is made good (`settle_loss`). One that is
    back is put aside for the first who waits, who is given back, and nobody is asked for it any
    more. Refuses without a reason; only whoever keeps the register writes off.
    """
    demand(permissions.may_mark(by))
    if state == Copy.State.WRITTEN_OFF:
        demand(may_keep_copies(by))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    record, copy = locks.lock_copy(copy_id)
    now = timezone.now()
    if copy.state == Copy.State.WRITTEN_OFF:
        raise Refusal(_("This copy is written off."))
    if copy.state == state:
        raise Refusal(_("It is so in the register already."))
    loan = copy.loans.open().select_related("member").first()
    if loan is not None and state != Copy.State.LOST:
        raise Refusal(_("This copy is lent. Take it back first."))
    if loan is not None:
        shelving.close(loan, Loan.Ending.LOST, now)
    was, copy.state = copy.state, state
    copy.save(update_fields=["state"])
    if was == Copy.State.LOST and state != Copy.State.WRITTEN_OFF:
        shelving.forget_loss(copy)
    for aside in Reservation.objects.filter(
        copy=copy, state=Reservation.State.READY
    ).select_related("member__person__user", "member__teacher__user"):
        shelving.wait_again(aside)
        letters.queue_set_back(aside)
    put_aside = shelving.pass_on(copy, record, now)
    trail.record("library.mark", copy, by=by, reason=reason, was=was, now=str(state))
    return put_aside


@transaction.atomic
def settle_loss(*, loan_id: int, note: str, by: User) -> Loan:
    """Note that a lost thing was replaced or paid for; then its reader is forgotten.

    The note, such as the accession number of the new copy, stays with the old copy.
    """
    demand(permissions.may_work_at_the_desk(by))
    if not note.strip():
        raise Refusal(_("Write how it was made good."), field="note")
    _record, copy = locks.lock_copy(Loan.objects.values_list("copy_id", flat=True).get(pk=loan_id))
    loan = copy.loans.get(pk=loan_id)
    if loan.ending != Loan.Ending.LOST or loan.member_id is None:
        raise Refusal(_("There is nothing to make good here."))
    loan.member = None
    loan.save(update_fields=["member"])
    copy.note = "\n".join(part for part in (copy.note, note.strip()) if part)
    copy.save(update_fields=["note"])
    trail.record("library.settle_loss", loan, by=by, reason=note)
    return loan
