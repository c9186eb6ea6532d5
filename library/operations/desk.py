"""What happens at the desk: lending, taking back, and undoing the last of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import moments
from centar.people.models import User
from library import letters, locks
from library.models import Copy, LendingRule, Loan, Member, Record, Reservation
from library.operations import shelving
from library.permissions import lending as permissions
from library.queries import queues, rules

State = Reservation.State


@dataclass(frozen=True)
class Done:
    """What was done, with what it takes to undo it.

    `reservation_id` is of the turn that the loan ended, or for which a returned copy was put
    aside; `pickup_until` what was said to whoever has fetched it. For a copy that was found again
    the loan is the one that lost it, and the member whoever was asked for it until then.
    """

    what: str
    copy_id: int
    loan_id: int | None = None
    member_id: int | None = None
    reservation_id: int | None = None
    reserved_by: int | None = None
    pickup_until: str = ""


@transaction.atomic
def lend(*, member_id: int, copy_id: int, by: User) -> Done:
    """Lend a copy to a member, for as long as the rules say.

    Ends the member's own reservation of it. Refuses a copy that is lent, put aside or left for
    somebody else, only for the reading room, lost or in repair, and a member who is blocked,
    without consent, or has as many things as the rules allow.
    """
    demand(permissions.may_work_at_the_desk(by))
    member = locks.lock_member(member_id)
    record, copy = locks.lock_copy(copy_id)
    now = timezone.now()
    today = timezone.localdate(now)
    _refuse_standing(copy, member)
    demand(permissions.may_borrow(member, today))
    rule = _refuse_above_limit(member, record)
    own = _own_reservation(member, copy, record)
    # Whoever has another copy of the same put aside gives that one to the others instead.
    if own is None or own.copy is None or own.copy.issue_id != copy.issue_id:
        _refuse_what_is_left_for_others(member, copy, record, today)
    done = Done("lent", copy.pk, member_id=member.pk)
    if own is not None:
        until = own.pickup_until.isoformat() if own.pickup_until and own.copy == copy else ""
        done = Done("lent", copy.pk, None, member.pk, own.pk, member.pk, until)
        put_back = shelving.end(own, State.FETCHED, now)
        if put_back is not None and put_back != copy:
            shelving.pass_on(put_back, record, now)
    loan = Loan.objects.create(
        copy=copy,
        member=member,
        member_kind=member.kind,
        lent_at=now,
        due_on=today + timedelta(days=rule.days),
    )
    trail.record("library.lend", loan, by=by, copy=copy.pk)
    return Done(**{**vars(done), "loan_id": loan.pk})


@transaction.atomic
def take_back(*, copy_id: int, by: User) -> Done:
    """Take a copy back, and put it aside for the first who waits for it.

    A copy that was not lent but is waited for, or was thought lost, is put aside or on the shelf
    as well: `what` says which. Refuses one that was not lent and that nobody waits for.
    """
    demand(permissions.may_work_at_the_desk(by))
    record, copy = locks.lock_copy(copy_id)
    now = timezone.now()
    loan = _open_loan(copy)
    if loan is None:
        return _shelve(copy, record, now, by)
    member_id = loan.member_id
    shelving.close(loan, Loan.Ending.RETURNED, now)
    reservation = shelving.pass_on(copy, record, now)
    trail.record("library.take_back", loan, by=by, copy=copy.pk, put_aside=reservation is not None)
    return Done("returned", copy.pk, loan.pk, member_id, reservation.pk if reservation else None)


def _shelve(copy: Copy, record: Record, now: datetime, by: User) -> Done:
    aside = queues.put_aside_for(copy)
    if aside is not None:
        raise Refusal(
            _("This copy was not lent. It is put aside for %(member)s until %(when)s.")
            % {"member": aside.member, "when": moments.day(aside.pickup_until or now)}
        )
    was_lost = copy.state == Copy.State.LOST
    loss = shelving.forget_loss(copy) if was_lost else None
    if was_lost:
        copy.state = Copy.State.HELD
        copy.save(update_fields=["state"])
    reservation = shelving.pass_on(copy, record, now)
    if reservation is None and not was_lost:
        raise Refusal(_("This copy was not lent, and nobody waits for it. Put it on its shelf."))
    trail.record("library.shelve", copy, by=by, found=was_lost, aside=reservation is not None)
    return Done(
        "found" if was_lost else "put_aside",
        copy.pk,
        loss.pk if loss else None,
        loss.member_id if loss else None,
        reservation.pk if reservation else None,
    )


@transaction.atomic
def undo(*, done: Done, by: User) -> None:
    """Make it as it was before the last act of the desk.

    Refuses when something else has happened to the copy since.
    """
    demand(permissions.may_work_at_the_desk(by))
    if done.member_id is not None:
        locks.lock_member(done.member_id)
    record, copy = locks.lock_copy(done.copy_id)
    undone = {
        "lent": _undo_lending,
        "returned": _undo_return,
        "put_aside": _undo_putting_aside,
        "found": _undo_finding,
    }[done.what]
    undone(done, copy, record)
    trail.record("library.undo", copy, by=by, what=done.what)


def _undo_lending(done: Done, copy: Copy, record: Record) -> None:
    loan = _open_loan(copy)
    if loan is None or loan.pk != done.loan_id:
        raise _moved_on()
    loan.delete()
    if done.reservation_id is None:
        return
    reservation = Reservation.objects.filter(pk=done.reservation_id, state=State.FETCHED).first()
    if reservation is None:
        return
    again = Reservation.objects.live().filter(record=record, member=done.reserved_by)
    if again.filter(issue=reservation.issue_id).exists():
        return
    reservation.member_id = done.reserved_by
    reservation.ended_at = None
    reservation.state = State.READY if done.pickup_until else State.WAITING
    if done.pickup_until:
        reservation.copy = copy
        reservation.pickup_until = date.fromisoformat(done.pickup_until)
    else:
        reservation.ready_at = None
    reservation.save()


def _undo_return(done: Done, copy: Copy, record: Record) -> None:
    loan = copy.loans.exclude(returned_at=None).order_by("-pk").first()
    if (
        loan is None
        or loan.pk != done.loan_id
        or _open_loan(copy) is not None
        or copy.state != Copy.State.HELD
    ):
        raise _moved_on()
    _undo_putting_aside(done, copy, record)
    loan.member_id = done.member_id
    loan.returned_at = None
    loan.ending = ""
    loan.save(update_fields=["member", "returned_at", "ending"])


def _undo_putting_aside(done: Done, copy: Copy, record: Record) -> None:
    aside = queues.put_aside_for(copy)
    if (aside.pk if aside else None) != done.reservation_id:
        raise _moved_on()
    if aside is not None:
        shelving.wait_again(aside)
        letters.queue_set_back(aside)


def _undo_finding(done: Done, copy: Copy, record: Record) -> None:
    if copy.state != Copy.State.HELD or _open_loan(copy) is not None:
        raise _moved_on()
    _undo_putting_aside(done, copy, record)
    copy.state = Copy.State.LOST
    copy.save(update_fields=["state"])
    if done.loan_id is not None:
        copy.loans.filter(pk=done.loan_id).update(member=done.member_id)


def _moved_on() -> Refusal:
    return Refusal(_("Something else has happened to this copy since; it cannot be undone."))


def _open_loan(copy: Copy) -> Loan | None:
    return Loan.objects.open().select_related("member__person").filter(copy=copy).first()


def _own_reservation(member: Member, copy: Copy, record: Record) -> Reservation | None:
    live = Reservation.objects.live().filter(record=record, member=member)
    fitting = [one for one in live.select_related("member", "copy") if queues.fits(one, copy)]
    # The one whose copy this is, then the nearest to the copy.
    fitting.sort(key=lambda one: (one.copy_id != copy.pk, one.issue_id is None, one.pk))
    return fitting[0] if fitting else None


def _refuse_standing(copy: Copy, member: Member) -> None:
    """Refuse a copy that is not there to be lent at all."""
    loan = _open_loan(copy)
    if loan is not None and loan.member_id == member.pk:
        raise Refusal(
            _("%(member)s has this copy already, until %(when)s.")
            % {"member": member, "when": moments.day(loan.due_on)}
        )
    if loan is not None:
        raise Refusal(
            _("This copy is lent to %(member)s until %(when)s. Take it back first, without a card.")
            % {"member": loan.member, "when": moments.day(loan.due_on)}
        )
    if copy.state != Copy.State.HELD:
        raise Refusal(
            _("In the register this copy is “%(state)s”; it cannot be lent.")
            % {"state": copy.get_state_display()}
        )
    if copy.only_here:
        raise Refusal(_("This copy is read in the library and not lent."))
    aside = queues.put_aside_for(copy)
    if aside is not None and aside.member_id != member.pk:
        raise Refusal(
            _("This copy is put aside for %(member)s until %(when)s.")
            % {"member": aside.member, "when": moments.day(aside.pickup_until or aside.queued_at)}
        )


def _refuse_above_limit(member: Member, record: Record) -> LendingRule:
    """Refuse more than the rules allow; gives the rule that says for how long."""
    rule, limits = rules.applying(member.kind, record.kind)
    loans = Loan.objects.open().filter(member=member)
    for limit in limits:
        counted = loans.filter(copy__record__kind=record.kind) if limit.record_kind else loans
        has = counted.count()
        if has >= limit.items:
            raise Refusal(
                ngettext(
                    "%(member)s has %(count)d thing; the rules allow no more than %(limit)d.",
                    "%(member)s has %(count)d things; the rules allow no more than %(limit)d.",
                    has,
                )
                % {"member": member, "count": has, "limit": limit.items}
            )
    return rule


def _refuse_what_is_left_for_others(
    member: Member, copy: Copy, record: Record, today: date
) -> None:
    first = queues.is_left_for(member.pk, copy, record, today)
    if first is not None:
        raise Refusal(
            _("This copy is reserved by %(member)s, who waits first. Scan it without a card.")
            % {"member": first.member}
        )
