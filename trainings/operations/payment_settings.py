"""The single lock of money."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal
from trainings.models import PaymentSettings


def locked() -> PaymentSettings:
    """The settings of payment, locked until the transaction ends.

    Whatever writes pro-forma invoices or payments goes through here, so that what is paid is
    counted by one at a time; who needs an event's lock too takes that first. Refuses while the
    Centre has not written whom to pay.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("The lock of money needs a transaction.")
    settings = PaymentSettings.objects.select_for_update(no_key=True).first()
    if settings is None:
        raise Refusal(_("The Centre has not written its account in the settings of payment yet."))
    return settings
