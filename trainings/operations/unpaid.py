"""Those who do not pay: a reminder, then, if the staff want so, the place goes to the queue."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from centar.audit import trail
from centar.events import locks
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from trainings.letters import payments as letters
from trainings.models import PaymentSettings, Proforma
from trainings.operations import payment_settings, proformas

NOT_PAID = "Котизација није уплаћена ни после опомене."


@transaction.atomic
def remind(*, proforma_id: int) -> bool:
    """Remind the payer once that the last day has passed; says whether it was done.

    Does nothing when it was paid or reminded of in the meantime.
    """
    payment_settings.locked()
    now = timezone.now()
    proforma = (
        Proforma.objects.overdue(timezone.localdate(now))
        .filter(pk=proforma_id, reminded_at=None)
        .first()
    )
    if proforma is None:
        return False
    proforma.reminded_at = now
    proforma.save(update_fields=["reminded_at"])
    letters.queue_unpaid(proforma)
    trail.record("trainings.remind_unpaid", proforma, by=None)
    return True


@transaction.atomic
def offer_places_on(*, proforma_id: int) -> int:
    """End the places of an invoice for which nothing came after the reminder; gives how many.

    Does nothing unless the staff have set so, before the days after the reminder are over, once
    anything was paid (the staff then decide), and once the seminar has begun.
    """
    known = Proforma.objects.select_related("booking", "group").get(pk=proforma_id)
    about = known.booking or known.group
    assert about is not None  # kept by a constraint of the database
    event = locks.lock_event(about.event_id)
    settings = payment_settings.locked()
    proforma = Proforma.objects.get(pk=proforma_id)
    if not _may_go_on(proforma, event, settings):
        return 0
    places = proforma.charges.filter(booking__state=Booking.State.PLACED)
    ended = [
        bookings.lapse(booking_id=pk, letter=letters.LAPSED, reason=NOT_PAID)
        for pk in places.order_by("pk").values_list("booking", flat=True)
    ]
    proformas.bring_into_line(proforma_id=proforma.pk)
    trail.record("trainings.offer_places_on", proforma, by=None, places=len(ended))
    return len(ended)


def _may_go_on(proforma: Proforma, event: Event, settings: PaymentSettings) -> bool:
    now = timezone.now()
    patience = timedelta(days=settings.days_after_reminder)
    return (
        settings.offers_unpaid_on
        and proforma.ended_at is None
        and proforma.paid == 0
        and proforma.reminded_at is not None
        and proforma.reminded_at + patience <= now
        and event.starts_at is not None
        and event.starts_at > now
    )
