"""Copies: entered in the accession register, marked, repaired, lost, found and written off.

A copy never leaves the register: a written-off one keeps its number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Max
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from library import letters
from library.models import Copy, Loan, Reservation
from library.operations import records, shelving
from library.operations.desk import lock_copy
from library.permissions import catalogue as permissions
from library.permissions import lending as permissions

FIELDS = (
    "issue", "accession_number", "shelf_mark", "barcode", "only_here", "acquired_on", "price",
    "note",
)  # fmt: skip
"""What the librarian says of a copy; its state has operations of its own."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def next_accession_number() -> str:
    """One more than the largest number of the register, of those that are plain numbers."""
    plain = Copy.objects.filter(accession_number__regex=rf"^{_NUMBER.pattern}$")
    largest = plain.aggregate(largest=Max(Cast("accession_number", BigIntegerField())))["largest"]
    return str((largest or 0) + 1)


def read_barcode(scanned: str) -> str | None:
    """A bar code as it is kept: capitals without spaces and without the stars of Code 39."""
    plain = unicodedata.normalize("NFKC", scanned)
    code = "".join(sign for sign in plain if sign.isprintable() and not sign.isspace())
    return code.strip("*").upper() or None


@transaction.atomic
def add(*, record_id: int, by: User, **fields: Any) -> Copy:
    """Enter a copy in the register; without a number it gets the next one.

    Refuses a number or bar code that another copy has, an issue of another journal, and a
    withdrawn record.
    """
    demand(permissions.may_keep_copies(by))
    record = records.locked(record_id)
    if record.withdrawn_at is not None:
        raise Refusal(_("This record is withdrawn. Bring it back first."))
    copy = Copy(record=record)
    if not fields.get("accession_number"):
        fields["accession_number"] = next_accession_number()
    _write(copy, fields)
    trail.record("library.add_copy", copy, by=by)
    return copy


@transaction.atomic
def change(*, copy_id: int, by: User, **fields: Any) -> Copy:
    """Correct what the register says of a copy; refuses what `add` refuses."""
    demand(permissions.may_keep_copies(by))
    copy = locked(copy_id)
    _write(copy, fields)
    trail.record("library.change_copy", copy, by=by)
    return copy


@transaction.atomic
def set_state(*, copy_id: int, state: str, reason: str, by: User) -> Copy:
    """Say that a copy is in the library, in repair or lost; refuses for a written-off one."""
    demand(permissions.may_keep_copies(by))
    copy = locked(copy_id)
    if copy.state == Copy.State.WRITTEN_OFF:
        raise Refusal(_("This copy is written off."))
    if state not in (Copy.State.HELD, Copy.State.REPAIR, Copy.State.LOST):
        raise Refusal(_("A copy is written off by an operation of its own."), field="state")
    before, copy.state = copy.state, state
    copy.save(update_fields=["state"])
    trail.record("library.set_copy_state", copy, by=by, reason=reason, before=before, after=state)
    return copy


@transaction.atomic
def write_off(*, copy_id: int, reason: str, by: User) -> Copy:
    """Take a copy out of the holdings for good; it stays in the register, with the reason."""
    demand(permissions.may_keep_copies(by))
    copy = locked(copy_id)
    if copy.state == Copy.State.WRITTEN_OFF:
        raise Refusal(_("This copy is written off."))
    copy.state = Copy.State.WRITTEN_OFF
    copy.save(update_fields=["state"])
    trail.record("library.write_off_copy", copy, by=by, reason=reason)
    return copy


def locked(copy_id: int) -> Copy:
    """The copy, which nobody else changes until the transaction ends."""
    rows = Copy.objects.select_related("record").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=copy_id)


def check(copy: Copy, fields: Mapping[str, Any]) -> None:
    """Refuse, beside its field, what the register cannot hold."""
    others = Copy.objects.exclude(pk=copy.pk)
    issue = fields.get("issue")
    if issue is not None and issue.record_id != copy.record_id:
        raise Refusal(_("Choose an issue of this journal."), field="issue")
    number = fields.get("accession_number")
    if number and others.filter(accession_number=number).exists():
        raise Refusal(
            _("Another copy has this number. The next free one is %(number)s.")
            % {"number": next_accession_number()},
            field="accession_number",
        )
    code = fields.get("barcode")
    other = others.filter(barcode=code).select_related("record").first() if code else None
    if other is not None:
        raise Refusal(
            _("This bar code is on the copy %(number)s (%(title)s).")
            % {"number": other, "title": other.record},
            field="barcode",
        )


def _write(copy: Copy, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"A copy has no {unknown}.")
    if "accession_number" in fields:
        fields["accession_number"] = " ".join(fields["accession_number"].split())
        if not fields["accession_number"]:
            raise Refusal(_("A copy needs a number."), field="accession_number")
    if "barcode" in fields:
        fields["barcode"] = read_barcode(fields["barcode"] or "")
    check(copy, fields)
    for name, value in fields.items():
        setattr(copy, name, value)
    try:
        with transaction.atomic():
            copy.save()
    except IntegrityError as taken:
        raise Refusal(_("Somebody else has just used this number. Try again.")) from taken


@transaction.atomic
def mark(*, copy_id: int, state: Copy.State, reason: str, by: User) -> Reservation | None:
    """Say that a copy is lost, in repair, written off, or in the library again.

    One that was put aside gives its reader the old turn back, and a letter says so: nobody
    loses a turn by it, and the next copy goes to them. One that was out when it got lost ends
    its loan, which keeps the member until the loss is made good (`settle_loss`). One that is
    back is put aside for the first who waits, who is given back. Refuses without a reason.
    """
    demand(permissions.may_work_at_the_desk(by))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    record, copy = lock_copy(copy_id)
    now = timezone.now()
    if copy.state == state:
        raise Refusal(_("It is so in the register already."))
    loan = copy.loans.open().select_related("member").first()
    if loan is not None and state != Copy.State.LOST:
        raise Refusal(_("This copy is lent. Take it back first."))
    if loan is not None:
        shelving.close(loan, Loan.Ending.LOST, now)
    was, copy.state = copy.state, state
    copy.save(update_fields=["state"])
    for aside in Reservation.objects.filter(
        copy=copy, state=Reservation.State.READY
    ).select_related("member__person__user", "member__teacher__user"):
        shelving.wait_again(aside)
        letters.queue_set_back(aside, now)
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
    loan = (
        Loan.objects.select_for_update(of=("self",))
        .select_related("member", "copy")
        .get(pk=loan_id)
    )
    if loan.ending != Loan.Ending.LOST or loan.member is None:
        raise Refusal(_("There is nothing to make good here."))
    if not loan.member.keeps_history:
        loan.member = None
        loan.save(update_fields=["member"])
    copy = loan.copy
    copy.note = "\n".join(part for part in (copy.note, note.strip()) if part)
    copy.save(update_fields=["note"])
    trail.record("library.settle_loss", loan, by=by, reason=note)
    return loan
