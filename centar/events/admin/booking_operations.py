"""What the staff do with a booking: each operation with its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage
from centar.events import kinds, queries
from centar.events.applications import queries as application_queries
from centar.events.applications.forms import SubstitutionForm
from centar.events.forms import ReorderForm, TransferForm
from centar.events.models import Booking, BookingGroup, Event
from centar.events.operations import applications, bookings, turns

State = Booking.State


def _free_or_queue(booking: Booking) -> str:
    event = Event.objects.with_seats().get(pk=booking.event_id)
    if event.capacity is None:
        return _("There is no limit of places.")
    return _("Places taken: %(held)d of %(capacity)d; waiting: %(waiting)d.") % {
        "held": event.held,
        "capacity": event.capacity,
        "waiting": event.waiting,
    }


def _withdraw(booking: Booking, by: Any, fields: dict[str, Any]) -> Booking:
    return bookings.withdraw(booking_id=booking.pk, by=by, reason=fields["reason"])


def _give_place(booking: Booking, by: Any, fields: dict[str, Any]) -> Booking:
    return bookings.give_place(booking_id=booking.pk, by=by, reason=fields["reason"])


def _transfer(booking: Booking, by: Any, fields: dict[str, Any]) -> Booking:
    return bookings.transfer(
        booking_id=booking.pk, to_event_id=fields["event"].pk, by=by, reason=fields["reason"]
    )


def _reorder(booking: Booking, by: Any, fields: dict[str, Any]) -> Booking:
    return turns.reorder(
        booking_id=booking.pk, position=fields["position"], by=by, reason=fields["reason"]
    )


def _substitute(booking: Booking, by: Any, fields: dict[str, Any]) -> Booking:
    return applications.substitute(
        booking_id=booking.pk, person_id=fields["person"].pk, by=by, reason=fields["reason"]
    )


def _change_payer(booking: Booking, by: Any, fields: dict[str, Any]) -> Booking:
    change = kinds.get(booking.event.kind).change_payer
    assert change is not None  # the page is offered only where there is one
    return change(booking_id=booking.pk, by=by, reason=fields["reason"])


def _has_payer(booking: Booking) -> bool:
    kind = kinds.get(booking.event.kind)
    return booking.is_live and kind.change_payer is not None and kind.has_fee(booking.event)


def _payer_effects(booking: Booking) -> Sequence[str | Promise]:
    if booking.payer == Booking.Payer.SCHOOL:
        return (_("From now on the participant pays, not the school."),)
    return (_("From now on the school pays, not the participant."),)


def _transfer_targets(booking: Booking) -> dict[str, QuerySet[Event]]:
    coming = Event.objects.coming(timezone.now()).filter(
        kind=booking.event.kind, state__in=(Event.State.OPEN, Event.State.CLOSED)
    )
    return {"targets": coming.exclude(pk=booking.event_id)}


def _withdraw_effects(booking: Booking) -> Sequence[str | Promise]:
    if booking.state == State.WAITING:
        return (_("The turn in the queue ends; the person gets a letter."),)
    return (
        _("The place becomes free; the first in the queue gets an offer, the person a letter."),
        _free_or_queue(booking),
    )


def _turn_effects(booking: Booking) -> Sequence[str | Promise]:
    turn = queries.turn(booking)
    together = booking.group is not None and (booking.group.policy == BookingGroup.Policy.TOGETHER)
    return (
        *(
            (_("This person waits with a group, whose turn is that of its first member."),)
            if together
            else ()
        ),
        _("The present position is %(position)d of %(waiting)d.")
        % {"position": turn.position, "waiting": turn.waiting},
        _("The others keep their order among themselves."),
    )


PAGES = (
    OperationPage(
        "mesto",
        gettext_lazy("Give a place"),
        run=_give_place,
        done=gettext_lazy("The person has a place and was sent a letter."),
        offered=lambda booking: booking.state in (State.WAITING, State.OFFERED),
        effects=lambda booking: (_free_or_queue(booking),),
        form=ReasonForm,
    ),
    OperationPage(
        "red",
        gettext_lazy("Change the position in the queue"),
        run=_reorder,
        done=gettext_lazy("The position is changed; the reason is in the record."),
        offered=lambda booking: booking.state == State.WAITING,
        effects=_turn_effects,
        form=ReorderForm,
    ),
    OperationPage(
        "premestaj",
        gettext_lazy("Move to another event"),
        run=_transfer,
        done=gettext_lazy("The person is registered there and was told."),
        offered=lambda booking: booking.is_live,
        effects=_withdraw_effects,
        form=TransferForm,
        form_arguments=_transfer_targets,
    ),
    OperationPage(
        "zamena",
        gettext_lazy("Name a substitute"),
        run=_substitute,
        done=gettext_lazy("The colleague comes instead; both were told."),
        offered=lambda booking: (
            booking.is_live and booking.group is not None and bool(booking.group.school_id)
        ),
        effects=lambda booking: (_("The place or the turn, and who pays, move to the colleague."),),
        form=SubstitutionForm,
        form_arguments=lambda booking: {"people": application_queries.substitutes_for(booking)},
    ),
    OperationPage(
        "placa",
        gettext_lazy("Change who pays"),
        run=_change_payer,
        done=gettext_lazy("It is changed; the invoice of the application follows."),
        offered=_has_payer,
        effects=_payer_effects,
        form=ReasonForm,
    ),
    OperationPage(
        "odustajanje",
        gettext_lazy("Withdraw"),
        run=_withdraw,
        done=gettext_lazy("The booking is withdrawn; the place went to the queue."),
        offered=lambda booking: booking.is_live,
        effects=_withdraw_effects,
        form=ReasonForm,
        dangerous=True,
    ),
)
