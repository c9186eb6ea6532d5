"""Who pays for a place, changed by the staff after the registration."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events.models import Booking
from centar.events.operations import bookings
from centar.people.models import User
from trainings.models import Proforma
from trainings.operations import proformas
from trainings.permissions import payments as permissions


@transaction.atomic
def change_payer(*, booking_id: int, by: User, reason: str) -> Booking:
    """Let the other side pay: the school instead of the person, or the person instead.

    The invoice of a school's application is brought into line at once. Refuses without a reason,
    for a booking that has ended, when the person has no school or employer that could pay, and
    while an invoice for this place alone asks the present payer.
    """
    _event, booking, _now = bookings.locked(booking_id)
    demand(permissions.may_change_proforma(by))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    if not booking.is_live:
        raise Refusal(_("This booking has ended."))
    if Proforma.objects.live().filter(booking=booking).exists():
        raise Refusal(_("Take back the pro-forma invoice of this place first."))
    if booking.payer == Booking.Payer.SCHOOL:
        booking.payer = Booking.Payer.PERSON
    elif booking.person.school_id or booking.person.employer:
        booking.payer = Booking.Payer.SCHOOL
    else:
        raise Refusal(_("The person has no school or employer that could pay."))
    booking.save(update_fields=["payer"])
    if booking.group is not None:
        of_group = Proforma.objects.live().filter(group=booking.group)
        for pk in of_group.values_list("pk", flat=True):
            proformas.bring_into_line(proforma_id=pk)
    trail.record("trainings.change_payer", booking, by=by, reason=reason, payer=booking.payer)
    return booking
