"""Panels with their criteria and seats."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.assessment import permissions
from centar.assessment.forms import CopyCriteriaForm, LeaveForm, PanelForm, SeatForm
from centar.assessment.models import Criterion, Panel, Rules, Seat
from centar.assessment.operations import ending, panels
from centar.assessment.queries import conflicts
from centar.assessment.queries import panels as queries
from centar.audit.admin import OneRowAdmin, RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User
from centar.script.fields import MendedCharField, MendedTextField


def _copy(panel: Panel, by: Any, fields: dict[str, Any]) -> Panel:
    return panels.copy_criteria(panel_id=panel.pk, from_id=fields["source"].pk, by=by)


def _leave(panel: Panel, by: Any, fields: dict[str, Any]) -> Panel:
    panels.leave(seat_id=fields["seat"].pk, by=by)
    return panel


def _end(panel: Panel, by: Any, fields: dict[str, Any]) -> Panel:
    return ending.end_panel(panel_id=panel.pk, by=by)


LEAVING = "odlazak"
PAGES = (
    OperationPage(
        "merila",
        gettext_lazy("Copy criteria"),
        run=_copy,
        done=gettext_lazy("The criteria are copied; change them as you like."),
        offered=lambda panel: panel.ended_at is None and not queries.something_is_scored(panel),
        effects=lambda panel: (
            _("The criteria of the other panel are added after those that are here."),
        ),
        form=CopyCriteriaForm,
        form_arguments=lambda panel: {"panel": panel},
    ),
    OperationPage(
        LEAVING,
        gettext_lazy("Somebody leaves"),
        run=_leave,
        done=gettext_lazy("The seat has ended."),
        offered=lambda panel: panel.seats.filter(left_at=None).exists(),
        effects=lambda panel: (
            _("What they have not sent is taken away from them, and they are told."),
            _("What they have sent stays."),
        ),
        form=LeaveForm,
        form_arguments=lambda panel: {"panel": panel},
        dangerous=True,
    ),
    OperationPage(
        "kraj",
        gettext_lazy("End the work of the panel"),
        run=_end,
        done=gettext_lazy("The work of the panel is over."),
        offered=lambda panel: panel.ended_at is None,
        effects=lambda panel: (
            _("Nobody sends or changes an assessment any more; what was sent stays."),
            _("Assessors who have not sent are told that they need not."),
        ),
        dangerous=True,
    ),
)


class CriterionRows(BaseInlineFormSet[Criterion, Panel, Any]):
    """The criteria; once there are points only their wording and order can change."""

    def clean(self) -> None:
        """Say beside each row what must stay; the panel is locked by its own form."""
        super().clean()
        if self.instance.pk is None or not queries.something_is_scored(self.instance):
            return
        for form in self.forms:
            if getattr(form, "cleaned_data", {}).get("DELETE"):
                raise ValidationError(str(panels.CRITERIA_STAY))
            is_new = form.instance.pk is None
            if form.has_changed() and (is_new or set(form.changed_data) - panels.WORDING):
                form.add_error(None, str(panels.CRITERIA_STAY))


class CriterionInline(admin.TabularInline[Criterion, Panel]):
    """By what things are assessed."""

    model = Criterion
    formset = CriterionRows
    extra = 1
    fields = ("order", "title", "guidance", "most", "weight", "needs_comment")
    # A row of six fields has to fit a screen of 1280.
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        MendedCharField: {"widget": forms.TextInput(attrs={"size": 20})},
        MendedTextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 24})},
        models.DecimalField: {"widget": forms.NumberInput(attrs={"class": "vIntegerField"})},
    }


class SeatInline(admin.TabularInline[Seat, Panel]):
    """Who sits in the panel; whoever leaves does so by an operation."""

    model = Seat
    form = SeatForm
    extra = 1
    can_delete = False
    fields = ("person", "role", "topics", "left_at")
    readonly_fields = ("left_at",)
    autocomplete_fields = ("person",)


@admin.register(Panel)
class PanelAdmin(RevisedAdmin, OperationsAdmin):
    """Panels, the latest first."""

    form = PanelForm
    inlines = (CriterionInline, SeatInline)
    list_display = ("title", "blindness", "due_on", "assessors_each", "ended_at")
    list_filter = ("blindness",)
    search_fields = ("title",)
    show_full_result_count = False
    fields = (
        "title",
        "guidance",
        "blindness",
        "due_on",
        ("assessors_each", "most_each"),
        "asks_recommendation",
        "ended_at",
        "items_link",
    )
    readonly_fields = ("ended_at", "items_link")
    operation_pages = PAGES

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Without the seats for whoever has a conflict in it."""
        if self._is_apart(request, obj):
            return [CriterionInline]
        return super().get_inlines(request, obj)

    def pages_for(self, request: HttpRequest, obj: Any) -> tuple[OperationPage, ...]:
        """Nor does whoever has a conflict in it choose among those who sit there."""
        pages = super().pages_for(request, obj)
        if self._is_apart(request, obj):
            return tuple(page for page in pages if page.name != LEAVING)
        return pages

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """What was changed by whom; it names those who sit in the panel."""
        if self._is_apart(request, self.get_object(request, object_id)):
            raise PermissionDenied(str(permissions.IN_CONFLICT))
        return super().history_view(request, object_id, extra_context)

    def _is_apart(self, request: HttpRequest, panel: Panel | None) -> bool:
        """Whether the user is not impartial about something that the panel assesses."""
        if panel is None or panel.pk is None:
            return False
        assert isinstance(request.user, User)
        return panel.items.filter(conflicts.of_user(request.user)).exists()

    @admin.display(description=gettext_lazy("assessed things"))
    def items_link(self, panel: Panel) -> SafeString | str:
        """The way to the things that the panel assesses."""
        if panel.pk is None:
            return "–"
        address = reverse("admin:assessment_item_changelist")
        return format_html(
            '<a href="{}?panel__id__exact={}">{}</a>', address, panel.pk, panel.items.count()
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the operation."""
        assert isinstance(request.user, User)
        panels.keep(panel=obj, changed=form.changed_data, by=request.user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Through the operations."""
        assert isinstance(request.user, User)
        formset.save(commit=False)
        new = [(row, ["new"]) for row in formset.new_objects]
        kept = [*new, *formset.changed_objects]
        if formset.model is Seat:
            for seat, _changed in kept:
                panels.seat(
                    panel_id=form.instance.pk,
                    person_id=seat.person_id,
                    role=seat.role,
                    topics=seat.topics,
                    by=request.user,
                )
        elif kept or formset.deleted_objects:
            panels.keep_criteria(
                panel_id=form.instance.pk,
                kept=kept,
                removed=formset.deleted_objects,
                by=request.user,
            )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the operations will ask again, until the panel's work is over."""
        return bool(permissions.may_write_panels(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until there is something in it to assess."""
        free = obj is None or not obj.items.exists()
        return super().has_delete_permission(request, obj) and free


@admin.register(Rules)
class RulesAdmin(OneRowAdmin):
    """The one row of rules."""

    fields = ("days_before", "days_after", "most_reminders", "days_again", "digest_weekday")
