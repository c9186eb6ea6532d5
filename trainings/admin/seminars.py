"""Seminars in the back office: one page for the programme, the days, the places and the fee."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.admin import RevisedAdmin, RevisionForm
from centar.audit.operation_pages import OperationsAdmin
from centar.events import locks, permissions
from centar.events.models import Event, Meeting
from centar.events.operations import schedule
from centar.people.models import User
from centar.script.folding import fold
from trainings.admin import reports, seminar_operations
from trainings.admin.seminar_days import SeminarDays
from trainings.admin.seminar_work import WorkFilter
from trainings.models import Programme, Seminar, SeminarEvent
from trainings.operations import seminars as operations

State = Event.State
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
NO_DAY = gettext_lazy("Write the day, month and year, for example 24.3.1985.")


class MeetingFormSet(forms.BaseInlineFormSet[Meeting, SeminarEvent, forms.ModelForm[Meeting]]):
    """The days as typed; a seminar that people see keeps at least one."""

    def clean(self) -> None:
        """Refuse to take away the last day of a published seminar."""
        super().clean()
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk is not None]
        kept = [form for form in kept if form not in self.deleted_forms]
        if not kept and self.instance.state != State.DRAFT:
            raise forms.ValidationError(_("A published event needs at least one meeting."))


class BelievableMoments(admin.options.BaseModelAdmin[Any]):
    """Refuses years that nobody means; the database cannot even give year 1 back."""

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The field; that of a moment with its bounds."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(db_field, models.DateTimeField):
            field.validators += [
                MinValueValidator(EARLIEST, NO_DAY),
                MaxValueValidator(LATEST, NO_DAY),
            ]
        return field


class MeetingInline(BelievableMoments, admin.TabularInline[Meeting, SeminarEvent]):
    """The days of the seminar."""

    model = Meeting
    formset = MeetingFormSet
    extra = 1
    fields = ("starts_at", "ends_at", "place")


class SeminarInline(admin.StackedInline[Seminar, SeminarEvent]):
    """Programme, trainers and fee."""

    model = Seminar
    form = reports.SeminarForm
    can_delete = False
    min_num = 1
    max_num = 1
    fields = ("programme", "trainers", "fee", "note", "questionnaire")
    autocomplete_fields = ("programme", "trainers", "questionnaire")


class SeminarForm(RevisionForm):
    """The event's own fields; places cannot go below those taken."""

    def clean(self) -> dict[str, Any] | None:
        """Check the places under the lock that lasts until everything is saved."""
        if self.instance.pk:
            locks.lock_event(self.instance.pk)
        cleaned = super().clean()
        if self.instance.pk and "capacity" in self.cleaned_data:
            try:
                schedule.check_capacity(self.instance, self.cleaned_data["capacity"])
            except Refusal as refusal:
                self.add_error(refusal.field, str(refusal))
        return cleaned


class PlanForm(forms.Form):
    """Which programme the new seminar is a realisation of."""

    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programme"),
        queryset=Programme.objects.published(),
        widget=AutocompleteSelect(Seminar._meta.get_field("programme"), admin.site),
        help_text=gettext_lazy("Title, places, fee and trainers are taken from it."),
    )


@admin.register(SeminarEvent)
class SeminarEventAdmin(BelievableMoments, RevisedAdmin, OperationsAdmin, SeminarDays):
    """Seminars, from draft to held."""

    form = SeminarForm
    inlines = (SeminarInline, MeetingInline)
    list_display = ("title", "starts_at", "state", "seats", "queue", "runs")
    list_filter = (WorkFilter, "state", ("starts_at", admin.DateFieldListFilter))
    search_fields = ("folded", "seminar__programme__number")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at",)
    show_full_result_count = False
    readonly_fields = (
        "state",
        "bookings",
        "certificates",
        "attendance",
        "materials",
        "papers",
        "starts_at",
        "ends_at",
        "confirmed_at",
        "cancel_reason",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "state",
                    "bookings",
                    "attendance",
                    "certificates",
                    "materials",
                    "papers",
                    "confirmed_at",
                    "cancel_reason",
                )
            },
        ),
        (
            gettext_lazy("Where"),
            {"fields": ("place", "address", "online_link")},
        ),
        (
            gettext_lazy("Places and deadlines"),
            {
                "fields": (
                    ("capacity", "minimum"),
                    ("registration_opens_at", "registration_closes_at"),
                    "withdraw_until",
                    ("offer_hours", "max_overtakes", "reminder_days"),
                    "asks_birth",
                )
            },
        ),
    )
    operation_pages = (*seminar_operations.PAGES, *reports.PAGES)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Seminars with their seats, counted in SQL."""
        return super().get_queryset(request).with_seats()  # type: ignore[attr-defined,no-any-return]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Seminars are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=gettext_lazy("bookings"))
    def bookings(self, event: Event) -> SafeString:
        """Who has a place and who waits, behind one link."""
        words = _("%(held)d with a place, %(waiting)d waiting") % {
            "held": event.held,
            "waiting": event.waiting,
        }
        address = reverse("admin:events_booking_changelist") + f"?event__id__exact={event.pk}"
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=gettext_lazy("certificates"))
    def certificates(self, event: Event) -> SafeString:
        """The batches in which the worker issues them."""
        address = reverse("admin:trainings_certificatebatch_changelist")
        return format_html(
            '<a href="{}?seminar__pk__exact={}">{}</a>', address, event.pk, _("See the batches")
        )

    @admin.display(description=gettext_lazy("lists and reports"))
    def papers(self, event: SeminarEvent) -> SafeString:
        """What can be read or printed about the seminar."""
        return reports.links_of(event)

    @admin.display(description=gettext_lazy("places"), ordering="held_count")
    def seats(self, event: Event) -> str:
        """Taken of all."""
        return f"{event.held} / {'–' if event.capacity is None else event.capacity}"

    @admin.display(description=gettext_lazy("waiting"), ordering="waiting_count")
    def queue(self, event: Event) -> int:
        """How many wait."""
        return event.waiting

    @admin.display(description=gettext_lazy("runs"), boolean=True, ordering="confirmed_at")
    def runs(self, event: Event) -> bool:
        """Whether it is confirmed."""
        return event.confirmed_at is not None

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A seminar begins with its programme; the rest is filled from it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PlanForm(request.POST or None, initial=request.GET.dict())
        if request.method == "POST" and form.is_valid():
            programme = form.cleaned_data["programme"]
            seminar = operations.plan_seminar(programme=programme, by=request.user)  # type: ignore[arg-type]
            self.log_addition(request, seminar.event, [{"added": {}}])
            messages.success(request, _("This is a draft. Add its days and publish it."))
            address = reverse("admin:trainings_seminarevent_change", args=[seminar.pk])
            return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": _("New seminar"),
        }
        return TemplateResponse(request, "admin/plan_seminar.html", context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save days and programme, and let the operation draw the conclusions."""
        before = form.plan_before
        super().save_related(request, form, formsets, change)
        schedule.revised(event_id=form.instance.pk, before=before, by=request.user)  # type: ignore[arg-type]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Remember the plan as the database has it, before anything is saved."""
        form.plan_before = schedule.plan_of(SeminarEvent.objects.get(pk=form.instance.pk))
        return super().save_form(request, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As the operation will ask again."""
        return super().has_add_permission(request) and _may_change_events(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the operation behind every save will ask again."""
        return super().has_change_permission(request, obj) and _may_change_events(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A seminar is cancelled, never deleted; a draft is seen only by the staff."""
        return False


def _may_change_events(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and bool(permissions.may_change_event(request.user))
