"""The catalogue in the back office: programmes and what they are described with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar.audit.admin import RevisedAdmin, RevisionForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.script.expressions import Fold
from centar.script.folding import fold
from trainings import origins
from trainings.admin.catalogue_files import CatalogueFilesAdmin
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Trainer
from trainings.operations import seminars as operations
from trainings.queries import catalogue as queries


class FoldedSearchAdmin(RevisedAdmin):
    """Searched as typed, and folded in the `folded` column where there is one."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Words are found in either script, with and without diacritics."""
        folded, doubled = super().get_search_results(request, queryset, fold(search_term))
        as_typed, _doubled = super().get_search_results(request, queryset, search_term)
        return folded | as_typed, doubled


class FoldedNameAdmin(FoldedSearchAdmin):
    """For models with a name and few rows, which keep no `folded` column."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The name is folded as it is read."""
        rows: QuerySet[Any] = super().get_queryset(request).annotate(folded=Fold("name"))
        return rows


class OfCycleField(forms.ModelMultipleChoiceField[Any]):
    """Competences or priority areas: every cycle has its own, with the same codes."""

    def label_from_instance(self, obj: Any) -> str:
        """The cycle stands in front."""
        return f"{obj.cycle}: {obj}"


class ProgrammeForm(RevisionForm):
    """A programme; what belongs to a cycle must be of the programme's cycle."""

    competences = OfCycleField(
        label=gettext_lazy("Competences"),
        queryset=Competence.objects.select_related("cycle"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    priority_areas = OfCycleField(
        label=gettext_lazy("Priority areas"),
        queryset=PriorityArea.objects.select_related("cycle"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any] | None:
        """Point at what is of another cycle."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("competences", "priority_areas"):
            if any(row.cycle != cleaned.get("cycle") for row in cleaned.get(name) or ()):
                self.add_error(name, ValidationError(_("Choose only those of the same cycle.")))
        return cleaned


def _withdraw(programme: Programme, by: Any, fields: dict[str, Any]) -> Programme:
    return operations.withdraw_programme(programme=programme, by=by)


def _what_stays(programme: Programme) -> Sequence[str | Promise]:
    coming = queries.coming_seminars_of(programme, timezone.now()).count()
    return (
        gettext_lazy("The catalogue no longer shows the programme; its history stays."),
        ngettext(
            "%(count)d coming seminar stays as it is.",
            "%(count)d coming seminars stay as they are.",
            coming,
        )
        % {"count": coming},
    )


@admin.register(Programme)
class ProgrammeAdmin(CatalogueFilesAdmin, FoldedSearchAdmin, OperationsAdmin):
    """The catalogue."""

    form = ProgrammeForm
    change_form_template = "admin/trainings/programme/change_form.html"
    list_display = ("number", "title", "form_name", "area", "cycle", "hours", "points", "fee")
    list_display_links = ("number", "title")
    list_filter = (
        ("withdrawn_on", admin.EmptyFieldListFilter),
        "cycle",
        "form",
        ("area", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("area", "cycle")
    search_fields = ("folded", "number", "ministry_number", "trainers__folded")
    show_full_result_count = False
    autocomplete_fields = ("cycle", "area", "trainers")
    readonly_fields = ("withdrawn_on",)
    fieldsets = (
        (None, {"fields": ("title", "form", "cycle", ("number", "ministry_number"), "area")}),
        (
            gettext_lazy("In the catalogue"),
            {"fields": ("competences", "priority_areas", "trainers", "organiser", "source")},
        ),
        (gettext_lazy("Content"), {"fields": ("audience", "aims", "topics")}),
        (
            gettext_lazy("Extent and fee"),
            {
                "fields": (
                    ("hours", "hours_a_day", "points"),
                    ("group_minimum", "group_maximum"),
                    "fee",
                    "withdrawn_on",
                )
            },
        ),
        (
            gettext_lazy("Certificate"),
            {"fields": (("least_attendance", "needs_evaluation"),)},
        ),
    )
    operation_pages = (
        OperationPage(
            "povlacenje",
            gettext_lazy("Withdraw from the catalogue"),
            run=_withdraw,
            done=gettext_lazy("The programme is no longer in the catalogue."),
            offered=lambda programme: programme.withdrawn_on is None,
            effects=_what_stays,
            dangerous=True,
        ),
    )

    @admin.display(description=gettext_lazy("form"), ordering="form")
    def form_name(self, programme: Programme) -> str:
        """The label of the form."""
        return programme.get_form_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        """Without what only searching and sorting need."""
        return super().get_queryset(request).defer("search", "sort_azbuka", "sort_abeceda")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """For choosing, only what the catalogue still has."""
        rows, doubled = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            rows = rows.published()  # type: ignore[attr-defined]
        return rows, doubled

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With a way to a new seminar for those who may plan one."""
        may_plan = request.user.has_perm("trainings.add_seminarevent")
        context = {**(extra_context or {}), "may_plan_seminar": may_plan}
        return super().change_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the way to what the programme was made of."""
        programme = context["original"]
        context["origins"] = origins.of(programme, request.user) if programme else []
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Cycle)
class CycleAdmin(FoldedNameAdmin):
    """The cycles of the national institute."""

    list_display = ("name", "starts_on", "ends_on")
    search_fields = ("folded",)


class OfCycleAdmin(FoldedNameAdmin):
    """What a cycle defines anew."""

    list_display = ("code", "name", "cycle")
    list_display_links = ("code", "name")
    list_filter = ("cycle",)
    list_select_related = ("cycle",)
    search_fields = ("code", "folded")
    autocomplete_fields = ("cycle",)


@admin.register(Competence)
class CompetenceAdmin(OfCycleAdmin):
    """Competences of the cycles."""


@admin.register(PriorityArea)
class PriorityAreaAdmin(OfCycleAdmin):
    """Priority areas of the cycles."""


@admin.register(Area)
class AreaAdmin(FoldedNameAdmin):
    """Fields of the programmes."""

    list_display = ("name",)
    search_fields = ("folded",)


@admin.register(Trainer)
class TrainerAdmin(FoldedSearchAdmin):
    """Those who lead programmes."""

    list_display = ("name", "person")
    list_select_related = ("person",)
    search_fields = ("folded",)
    autocomplete_fields = ("person",)
