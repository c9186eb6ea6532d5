"""Bookings in the back office. State is read-only: operations change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.events import kinds, locks, queries
from centar.events.applications import queries as application_queries
from centar.events.applications.forms import SubstitutionForm
from centar.events.forms import ReasonForm, ReorderForm, TransferForm
from centar.events.models import Booking, BookingGroup, Event, EventQuerySet
from centar.events.operations import applications, bookings, turns
from centar.people.models import User
from centar.script.folding import fold

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


class BookingForm(forms.ModelForm[Booking]):
    """A new booking made by the staff; a refusal is shown in the form."""

    by: User

    class Meta:
        model = Booking
        fields = ("event", "person", "note")

    def clean(self) -> dict[str, Any]:
        """Ask the operation first, under the lock that lasts until the booking is saved."""
        cleaned = super().clean() or self.cleaned_data
        # A booking that exists has only fields to read; there is nothing to ask.
        if self.instance.pk is None and not self.errors:
            event = locks.lock_event(cleaned["event"].pk)
            now = timezone.now()
            try:
                bookings.check_enrolment(event, cleaned["person"], by=self.by, now=now)
            except Refusal as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return cleaned


@admin.register(Booking)
class BookingAdmin(OperationsAdmin):
    """Who has a place, who waits, who was offered one."""

    list_display = ("person", "school", "event", "state", "queued_at", "offered_until")
    list_filter = ("state", ("event__starts_at", admin.DateFieldListFilter))
    list_select_related = ("person__school", "event")
    search_fields = ("person__folded", "event__folded", "person__user__email")
    autocomplete_fields = ("event", "person")
    date_hierarchy = "event__starts_at"
    ordering = ("event__starts_at", "state", "queued_at", "pk")
    form = BookingForm
    show_full_result_count = False
    operation_pages = (
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
            effects=lambda booking: (
                _("The place or the turn, and who pays, move to the colleague."),
            ),
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

    @admin.display(description=gettext_lazy("school"), ordering="person__school__sort_azbuka")
    def school(self, booking: Booking) -> str:
        """Where the person works."""
        return str(booking.person.school or booking.person.employer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """People and events are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything, once the booking is made."""
        if obj is None:
            return ()
        return (
            "event",
            "person",
            "group",
            "state",
            "created_at",
            "created_by",
            "queued_at",
            "offered_at",
            "offered_until",
            "placed_at",
            "ended_at",
            "payer",
            "note",
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What a new booking asks for, or all there is to read."""
        if obj is None:
            return ("event", "person", "note")
        return self.get_readonly_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Register the person through the operation; there is nothing else to save."""
        if change:
            return
        assert isinstance(request.user, User)
        made = bookings.enrol(
            event_id=obj.event_id, person=obj.person, by=request.user, note=obj.note
        )
        obj.pk = made.pk
        obj.refresh_from_db()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows who registers."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user  # type: ignore[attr-defined]  # a class made for this request
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Bookings are withdrawn, never deleted."""
        return False


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """All events, for choosing one; each is edited where its own app edits it."""

    list_display = ("title", "kind_label", "state", "starts_at")
    list_filter = ("state",)
    search_fields = ("folded",)
    ordering = ("-starts_at",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """For choosing, only events that can still take somebody."""
        rows, doubled = super().get_search_results(request, queryset, fold(search_term))
        if request.path.endswith("/autocomplete/"):
            assert isinstance(rows, EventQuerySet)
            rows = rows.coming(timezone.now()).published().exclude(state=Event.State.CANCELLED)
        return rows, doubled

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, event: Event) -> str:
        """The kind in words."""
        return str(kinds.get(event.kind).label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are made by the apps that give them their meaning."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """They are changed there too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """And never deleted here."""
        return False
