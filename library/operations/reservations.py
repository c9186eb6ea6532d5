"""Turns for what is lent: reserve, give back, suspend, move, and pass on what nobody fetched."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events.operations import turns
from centar.people.models import User
from library import letters, locks
from library.models import Loan, Member, Record, Reservation
from library.operations import shelving
from library.permissions import lending as permissions
from library.queries import rules

State = Reservation.State
LONGEST_SUSPENSION = timedelta(days=183)


@transaction.atomic
def reserve(
    *, record_id: int, member_id: int, by: User, issue_id: int | None = None
) -> Reservation:
    """Take the next turn for a record, or for one issue of a journal.

    It is ready only once the desk has a copy in hand, also when one stands on the shelf.
    Refuses what the library does not lend, a member who may not borrow, a second turn, one for
    what the member has already, and more turns than things that the rules allow.
    """
    member = locks.lock_member(member_id)
    record = locks.lock_record(record_id)
    now = timezone.now()
    demand(permissions.may_act_for(member, by))
    demand(permissions.may_borrow(member, timezone.localdate(now)))
    _refuse_what_is_not_lent(record, issue_id)
    _refuse_doubles(member, record, issue_id)
    _refuse_above_limit(member, record)
    last = record.reservations.queue().values_list("queued_at", flat=True).last()
    reservation = Reservation.objects.create(
        record=record,
        issue_id=issue_id,
        member=member,
        created_at=now,
        # The clock may step back between two readers; the order of arrival may not.
        queued_at=now if last is None or last < now else last + timedelta(microseconds=1),
    )
    _record("library.reserve", reservation, by, own=member.person.user_id == by.pk)
    return reservation


@transaction.atomic
def cancel(*, reservation_id: int, by: User, reason: str = "") -> Reservation:
    """Give the turn back; a copy that was put aside goes to the next one at once.

    When the desk does it for somebody, it says why, and a letter tells them.
    """
    record, reservation, now = _locked(reservation_id)
    own = _demand_to_act(reservation, by)
    if not own and not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    if not own:
        letters.queue_ended(reservation)
    _end(reservation, State.CANCELLED, record, now)
    _record("library.cancel_reservation", reservation, by, own=own, reason=reason)
    return reservation


@transaction.atomic
def suspend(*, reservation_id: int, until: date, by: User) -> Reservation:
    """Let others go first until that day, the day included; the place in the queue stays.

    Refuses a day that has passed or is too far, and a reservation that is ready already.
    """
    _record_row, reservation, now = _locked(reservation_id)
    own = _demand_to_act(reservation, by)
    today = timezone.localdate(now)
    if reservation.state != State.WAITING:
        raise Refusal(_("A copy is put aside already; fetch it or give the reservation back."))
    if not today <= until <= today + LONGEST_SUSPENSION:
        raise Refusal(_("Choose a day from today on, within half a year."), field="until")
    reservation.suspended_until = until
    reservation.save(update_fields=["suspended_until"])
    _record("library.suspend", reservation, by, own=own)
    return reservation


@transaction.atomic
def resume(*, reservation_id: int, by: User) -> Reservation:
    """End the suspension at once. What is not suspended stays as it is."""
    _record_row, reservation, _now = _locked(reservation_id)
    own = _demand_to_act(reservation, by)
    if reservation.suspended_until is not None:
        reservation.suspended_until = None
        reservation.save(update_fields=["suspended_until"])
        _record("library.resume", reservation, by, own=own)
    return reservation


@transaction.atomic
def move(*, reservation_id: int, position: int, by: User, reason: str) -> Reservation:
    """Move a waiting reservation to the position (1 is the front) of its record's queue.

    Refuses without a reason, which stays in the audit, and for a position outside the queue.
    """
    record, reservation, _now = _locked(reservation_id)
    demand(permissions.may_work_at_the_desk(by))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    queue = list(record.reservations.queue())
    if reservation not in queue:
        raise Refusal(_("Only a reservation that waits has a turn to change."))
    if not 1 <= position <= len(queue):
        raise Refusal(
            _("The queue has positions from 1 to %(last)d.") % {"last": len(queue)},
            field="position",
        )
    before = queue.index(reservation) + 1
    queue.remove(reservation)
    queue.insert(position - 1, reservation)
    for one, turn in zip(queue, turns.rising(one.queued_at for one in queue), strict=True):
        one.queued_at = turn
    Reservation.objects.bulk_update(queue, ["queued_at"])
    trail.record("library.move", reservation, by=by, reason=reason, was=before, now=position)
    reservation.refresh_from_db()
    return reservation


def pass_on_unfetched(record_id: int) -> int:
    """End the turns at one record whose time for fetching has passed; for the worker.

    Each copy goes to the next one, and its time starts now. Gives how many turns ended.
    """
    with transaction.atomic():
        record = locks.lock_record(record_id)
        now = timezone.now()
        late = list(
            record.reservations.filter(state=State.READY, pickup_until__lt=timezone.localdate(now))
            .select_related("member__person__user", "member__teacher__user", "copy")
            .order_by("queued_at", "pk")
        )
        for reservation in late:
            letters.queue_ended(reservation)
            _end(reservation, State.EXPIRED, record, now)
            trail.record("library.expire", reservation, by=None)
    return len(late)


def _end(reservation: Reservation, state: str, record: Record, now: datetime) -> None:
    copy = shelving.end(reservation, state, now)
    if copy is not None:
        shelving.pass_on(copy, record, now)


def _locked(reservation_id: int) -> tuple[Record, Reservation, datetime]:
    """The locked record, the live reservation read after the lock, and the clock after it."""
    record_id = Reservation.objects.values_list("record_id", flat=True).get(pk=reservation_id)
    record = locks.lock_record(record_id)
    rows = Reservation.objects.select_related(
        "member__person__user", "member__teacher__user", "copy"
    )
    reservation = rows.get(pk=reservation_id)
    if not reservation.is_live:
        raise Refusal(_("This reservation has ended already."))
    return record, reservation, timezone.now()


def _demand_to_act(reservation: Reservation, by: User) -> bool:
    """Refuse strangers; gives whether the reader acts."""
    demand(permissions.may_act_for(reservation.member, by))
    return reservation.member is not None and reservation.member.person.user_id == by.pk


def _record(
    action: str, reservation: Reservation, by: User, *, own: bool, reason: str = ""
) -> None:
    # Who reads what is nobody's business afterwards: the reader's own deed is nameless.
    trail.record(action, reservation, by=None if own else by, reason=reason, own=own)


def _refuse_what_is_not_lent(record: Record, issue_id: int | None) -> None:
    if record.withdrawn_at is not None:
        raise Refusal(_("The library no longer has this."))
    if issue_id is not None and not record.issues.filter(pk=issue_id).exists():
        raise Refusal(_("The journal has no such issue."), field="issue")
    wanted = record.copies.all() if issue_id is None else record.copies.filter(issue=issue_id)
    if not any(copy.is_lendable for copy in wanted):
        raise Refusal(_("The library has no copy of this that can be lent."))


def _refuse_doubles(member: Member, record: Record, issue_id: int | None) -> None:
    live = Reservation.objects.live().filter(record=record, member=member)
    lent = Loan.objects.open().filter(member=member, copy__record=record)
    if issue_id is not None:
        lent = lent.filter(copy__issue=issue_id)
    if live.filter(issue=issue_id).exists():
        raise Refusal(_("You have reserved this already."))
    if lent.exists():
        raise Refusal(_("You have this already."))


def _refuse_above_limit(member: Member, record: Record) -> None:
    _rule, limits = rules.applying(member.kind, record.kind)
    live = Reservation.objects.live().filter(member=member)
    for limit in limits:
        counted = live.filter(record__kind=record.kind) if limit.record_kind else live
        if counted.count() >= limit.items:
            raise Refusal(
                ngettext(
                    "No more than %(limit)d reservation at once.",
                    "No more than %(limit)d reservations at once.",
                    limit.items,
                )
                % {"limit": limit.items}
            )
