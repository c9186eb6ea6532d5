"""Saying by hand what a payment was for, and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from trainings.models import Payment, Proforma, StatementRow
from trainings.operations import payment_settings
from trainings.permissions import payments as permissions
from trainings.queries import statements as queries


@transaction.atomic
def match(*, row_id: int, proforma_id: int, by: User) -> Payment:
    """Let a row of a statement pay for a pro-forma invoice with its whole amount.

    Refuses a row that pays for something already; matching it with the same twice is once.
    """
    demand(permissions.may_match(by))
    payment_settings.locked()
    row = StatementRow.objects.get(pk=row_id)
    proforma = Proforma.objects.get(pk=proforma_id)
    there = row.payments.filter(undone_at=None).first()
    if there is not None and there.proforma_id == proforma.pk:
        return there
    if there is not None:
        raise Refusal(_("This payment is matched already. Undo that first."))
    payment = Payment.objects.create(
        row=row, proforma=proforma, amount=row.amount, matched_by=by, by_hand=True
    )
    proforma.paid += row.amount
    proforma.save(update_fields=["paid"])
    row.outcome = queries.outcome_of(proforma.paid, proforma.amount)
    row.save(update_fields=["outcome"])
    trail.record("trainings.match_payment", row, by=by, proforma=proforma.pk)
    return payment


@transaction.atomic
def unmatch(*, row_id: int, by: User, reason: str) -> StatementRow:
    """Take back what a row was said to pay for; it waits again to be matched.

    Refuses without a reason, and for a row that pays for nothing.
    """
    demand(permissions.may_match(by))
    payment_settings.locked()
    row = StatementRow.objects.get(pk=row_id)
    payment = row.payments.filter(undone_at=None).select_related("proforma").first()
    if payment is None:
        raise Refusal(_("This payment is not matched with anything."))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    payment.undone_at = timezone.now()
    payment.undone_by = by
    payment.undo_reason = reason.strip()
    payment.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    payment.proforma.paid -= payment.amount
    payment.proforma.save(update_fields=["paid"])
    row.outcome = StatementRow.Outcome.UNKNOWN
    row.save(update_fields=["outcome"])
    trail.record(
        "trainings.unmatch_payment", row, by=by, reason=reason, proforma=payment.proforma_id
    )
    return row
