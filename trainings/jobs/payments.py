"""What the worker does about money every minute."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone

from centar.access import Refusal
from centar.events.models import Booking
from trainings.models import PaymentSettings, Proforma
from trainings.operations import proformas, unpaid
from trainings.queries import payments

logger = logging.getLogger(__name__)


def bring_proformas_into_line() -> int:
    """Let invoices follow who comes: whichever way people leave, join or change, it is seen here.

    Gives how many were looked at.
    """
    return _each(payments.changed_proformas(), lambda pk: proformas.bring_into_line(proforma_id=pk))


def issue_proformas() -> int:
    """Issue what the staff want issued without being asked; gives how many places it was for."""
    settings = PaymentSettings.objects.first()
    if settings is None or not settings.issues_by_itself:
        return 0
    places = payments.bookings_without_proforma(timezone.now())
    return _each([_about(place) for place in places], lambda about: _issue(*about))


def pursue_unpaid() -> int:
    """Remind those who have not paid in time, then let their places go on if that is wanted.

    Gives how many invoices something was tried for.
    """
    overdue = Proforma.objects.overdue(timezone.localdate())
    late = list(overdue.filter(reminded_at=None).values_list("pk", flat=True))
    done = _each(late, lambda pk: unpaid.remind(proforma_id=pk))
    settings = PaymentSettings.objects.first()
    if settings is None or not settings.offers_unpaid_on:
        return done
    reminded = overdue.filter(paid=0, reminded_at__isnull=False)
    return done + _each(
        list(reminded.values_list("pk", flat=True)),
        lambda pk: unpaid.offer_places_on(proforma_id=pk),
    )


def _about(place: Booking) -> tuple[int | None, int]:
    """The application that pays for a place, if there is one, and the place."""
    group = place.group
    in_school = group is not None and group.school_id is not None
    paid_together = in_school and place.payer == Booking.Payer.SCHOOL
    return (place.group_id if paid_together else None), place.pk


def _issue(group_id: int | None, booking_id: int) -> None:
    try:
        if group_id is not None:
            proformas.issue_for_group(group_id=group_id, by=None)
        else:
            proformas.issue_for_booking(booking_id=booking_id, by=None)
    except Refusal:
        # Nothing to pay by an exception, or the person left in between: no paper, no trouble.
        return


def _each(things: Sequence[Any], deed: Callable[[Any], object]) -> int:
    for thing in things:
        try:
            deed(thing)
        except Exception:
            # One invoice in trouble must not keep the others waiting.
            logger.exception("Payment of %s could not be dealt with", thing)
    return len(things)
