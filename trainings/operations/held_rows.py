"""Payments that look the same as one of another file: somebody says whether they are.

Two files of the bank may tell one payment, once with its number and once without it; two people
may also pay the same on one day. The portal cannot know, so it holds the row and counts nothing.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from trainings.models import StatementRow
from trainings.operations import payment_settings, payments
from trainings.permissions import payments as permissions
from trainings.queries import statements as queries

Outcome = StatementRow.Outcome


@transaction.atomic
def count_as_another(*, row_id: int, by: User) -> StatementRow:
    """Say that it is a payment of its own: it is counted, for the invoice that it names if any.

    Also takes back that it was counted before. Counting twice is once.
    """
    demand(permissions.may_match(by))
    payment_settings.locked()
    row = StatementRow.objects.get(pk=row_id)
    if row.outcome not in StatementRow.NOT_COUNTED:
        return row
    invoice = queries.invoice_named_by(row)
    parts = [(invoice, row.amount)] if invoice is not None else []
    payments.spend(row, parts, by=by, by_hand=False)
    trail.record("trainings.count_as_another", row, by=by, alike=row.alike_id)
    return row


@transaction.atomic
def take_for_repeated(*, row_id: int, by: User) -> StatementRow:
    """Say that it is the payment that it looks like: it is not counted.

    Refuses a row that looks like no other, and one that pays for something.
    """
    demand(permissions.may_match(by))
    payment_settings.locked()
    row = StatementRow.objects.get(pk=row_id)
    if row.alike_id is None:
        raise Refusal(_("This payment looks like no other one."))
    if row.assigned:
        raise Refusal(_("This payment is matched already. Undo that first."))
    row.outcome = Outcome.REPEATED
    row.save(update_fields=["outcome"])
    trail.record("trainings.take_for_repeated", row, by=by, alike=row.alike_id)
    return row
