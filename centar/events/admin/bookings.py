"""Bookings in the back office. State is read-only: operations change it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.operation_pages import OperationsAdmin
from centar.events import locks
from centar.events.admin import booking_operations
from centar.events.models import Booking
from centar.events.operations import bookings
from centar.people.models import User
from centar.script.folding import fold


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
    operation_pages = booking_operations.PAGES

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
