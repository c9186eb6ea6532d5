"""Copies as the accession register has them; what becomes of them later is `condition`.

A copy never leaves the register: a written-off one keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Max
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from library import locks
from library.models import Copy, Reservation
from library.permissions import catalogue as permissions
from library.queries import codes

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


@transaction.atomic
def add(*, record_id: int, by: User, **fields: Any) -> Copy:
    """Enter a copy in the register; without a number it gets the next one.

    Refuses a number or bar code that another copy has, an issue of another journal, and a
    withdrawn record.
    """
    demand(permissions.may_keep_copies(by))
    record = locks.lock_record(record_id)
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
    """Correct what the register says of a copy; refuses what `add` refuses.

    What a reader has at home or on the shelf of reservations stays what was lent or promised.
    """
    demand(permissions.may_keep_copies(by))
    _record, copy = locks.lock_copy(copy_id)
    _refuse_under_a_reader(copy, fields)
    _write(copy, fields)
    trail.record("library.change_copy", copy, by=by)
    return copy


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


def _refuse_under_a_reader(copy: Copy, fields: Mapping[str, Any]) -> None:
    if fields.get("only_here") and not copy.only_here:
        field = "only_here"
    elif fields.get("issue", copy.issue) != copy.issue:
        field = "issue"
    else:
        return
    if copy.loans.open().exists():
        raise Refusal(_("This copy is lent. Take it back first."), field=field)
    if copy.reservations.filter(state=Reservation.State.READY).exists():
        raise Refusal(
            _("This copy is put aside for a reader. Wait until it is fetched or the turn ends."),
            field=field,
        )


def _write(copy: Copy, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"A copy has no {unknown}.")
    if "accession_number" in fields:
        fields["accession_number"] = " ".join(fields["accession_number"].split())
        if not fields["accession_number"]:
            raise Refusal(_("A copy needs a number."), field="accession_number")
    if "barcode" in fields:
        fields["barcode"] = codes.read(fields["barcode"] or "") or None
    check(copy, fields)
    for name, value in fields.items():
        setattr(copy, name, value)
    try:
        with transaction.atomic():
            copy.save()
    except IntegrityError as taken:
        raise Refusal(_("Somebody else has just used this number. Try again.")) from taken
