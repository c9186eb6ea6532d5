"""Saying by hand what a payment was for, and taking that back.

All of it happens under the one lock of money (`payment_settings.locked`), taken before anything
is read: no other lock is needed, and none is taken after it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from trainings.models import Payment, Proforma, StatementRow
from trainings.operations import payment_settings
from trainings.payments import amounts
from trainings.permissions import payments as permissions
from trainings.queries import statements as queries

PARA = Decimal("0.01")


@transaction.atomic
def match(*, row_id: int, shares: Mapping[int, Decimal | None], by: User) -> StatementRow:
    """Let a row of a statement pay for one or several pro-forma invoices.

    `shares` has the dinars for each invoice by its key. None stands for what is open on it, the
    invoice due first first; a single invoice gets all that is left of the payment, so that too
    much is seen as overpaid. What nothing gets stays unknown. Refuses more than is left, and a
    second part for the same invoice; doing the same twice is once.
    """
    demand(permissions.may_match(by))
    payment_settings.locked()
    row = StatementRow.objects.get(pk=row_id)
    there = {one.proforma_id: one.amount for one in row.payments.filter(undone_at=None)}
    if _is_done(shares, there):
        return row
    _demand_open(row, shares, there)
    invoices = list(
        Proforma.objects.filter(pk__in=shares).select_related("document").order_by("due_on", "pk")
    )
    parts = _parts(row.rest, invoices, shares)
    spend(row, [(invoice, parts[invoice.pk]) for invoice in invoices], by=by, by_hand=True)
    trail.record("trainings.match_payment", row, by=by, proformas=_said(parts))
    return row


@transaction.atomic
def unmatch(
    *, row_id: int, by: User, reason: str, payment_ids: Collection[int] | None = None
) -> StatementRow:
    """Take back what a row was said to pay for, all of it or these parts; they wait again.

    Refuses without a reason, and for a row that pays for nothing, or not for these.
    """
    demand(permissions.may_match(by))
    payment_settings.locked()
    row = StatementRow.objects.get(pk=row_id)
    payments = row.payments.filter(undone_at=None).select_related("proforma").order_by("pk")
    if payment_ids is not None:
        payments = payments.filter(pk__in=payment_ids)
    undone = list(payments)
    if not undone:
        raise Refusal(_("This payment is not matched with anything."))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    for payment in undone:
        payment.undone_at = timezone.now()
        payment.undone_by = by
        payment.undo_reason = reason.strip()
        payment.save(update_fields=["undone_at", "undone_by", "undo_reason"])
        payment.proforma.paid -= payment.amount
        payment.proforma.save(update_fields=["paid"])
    parts = {one.proforma_id: one.amount for one in undone}
    _keep(row, -sum(parts.values(), Decimal(0)))
    trail.record("trainings.unmatch_payment", row, by=by, reason=reason, proformas=_said(parts))
    return row


def spend(
    row: StatementRow, parts: Sequence[tuple[Proforma, Decimal]], *, by: User, by_hand: bool
) -> None:
    """Let a row pay for these invoices, and keep what it came to. Whoever calls holds the lock."""
    for invoice, amount in parts:
        Payment.objects.create(
            row=row, proforma=invoice, amount=amount, matched_by=by, by_hand=by_hand
        )
        invoice.paid += amount
        invoice.save(update_fields=["paid"])
    _keep(row, sum((amount for _invoice, amount in parts), Decimal(0)))


def _is_done(shares: Mapping[int, Decimal | None], there: Mapping[int, Decimal]) -> bool:
    """Whether exactly this was said before, as by a second click."""
    return bool(shares) and all(
        pk in there and amount in (None, there[pk]) for pk, amount in shares.items()
    )


def _demand_open(
    row: StatementRow, shares: Mapping[int, Decimal | None], there: Mapping[int, Decimal]
) -> None:
    if row.outcome in StatementRow.NOT_COUNTED:
        raise Refusal(_("Say first whether this payment was counted before."))
    if not row.rest:
        raise Refusal(_("This payment is matched already. Undo that first."))
    if not shares:
        raise Refusal(_("Choose at least one pro-forma invoice."))
    if there.keys() & shares.keys():
        raise Refusal(_("A part of this payment is for that invoice already. Undo that first."))
    for amount in shares.values():
        if amount is not None and (amount <= 0 or amount != amount.quantize(PARA)):
            raise Refusal(_("A part of a payment is more than zero, in dinars and paras."))


def _parts(
    rest: Decimal, invoices: Sequence[Proforma], shares: Mapping[int, Decimal | None]
) -> dict[int, Decimal]:
    """What each invoice gets of the rest of a payment."""
    said = {pk: amount for pk, amount in shares.items() if amount is not None}
    left = rest - sum(said.values(), Decimal(0))
    if left < 0:
        raise Refusal(
            _("Together that is more than the %(rest)s RSD that are left of the payment.")
            % {"rest": amounts.written(rest)}
        )
    parts = {}
    for invoice in invoices:
        part = said.get(invoice.pk)
        if part is None:
            part = left if len(invoices) == 1 else min(invoice.open, left)
            left -= part
        if not part:
            raise Refusal(
                _("There is nothing left for %(invoice)s. Write the amounts, or leave it out.")
                % {"invoice": invoice}
            )
        parts[invoice.pk] = part
    return parts


def _said(parts: Mapping[int, Decimal]) -> str:
    """The parts as the record keeps them: „12: 2500.00, 14: 700.00“."""
    return ", ".join(f"{pk}: {amount}" for pk, amount in parts.items())


def _keep(row: StatementRow, more: Decimal) -> None:
    """So much more of a row, or less, pays for something. The database adds it up itself: without
    the lock its constraint would still refuse to spend a payment twice.
    """
    row.assigned += more
    live = row.payments.filter(undone_at=None).select_related("proforma")
    row.outcome = queries.outcome_of(row, [one.proforma for one in live])
    StatementRow.objects.filter(pk=row.pk).update(
        outcome=row.outcome, assigned=F("assigned") + more
    )
