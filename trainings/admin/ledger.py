"""The ledger in the back office: facts to read, answers as operations, targets to edit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from centar.audit.admin import RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.script.folding import fold
from trainings.models import LedgerEntry, SchoolYear, Target
from trainings.operations import confirmations
from trainings.queries import ledger as queries


class AsReadForm(forms.Form):
    """Carries the revision that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class SendBackForm(AsReadForm):
    """With the reason that the owner reads."""

    reason = forms.CharField(label=_("What is missing"), widget=forms.Textarea, max_length=1000)


def _as_read(entry: LedgerEntry) -> dict[str, Any]:
    return {"initial": {"revision": entry.revision}}


def _confirm(entry: LedgerEntry, by: Any, fields: dict[str, Any]) -> LedgerEntry:
    return confirmations.confirm(entry_id=entry.pk, revision=fields["revision"], by=by)


def _send_back(entry: LedgerEntry, by: Any, fields: dict[str, Any]) -> LedgerEntry:
    return confirmations.send_back(
        entry_id=entry.pk, revision=fields["revision"], by=by, reason=fields["reason"]
    )


class WhoConfirms(admin.SimpleListFilter):
    """What waits for the staff, since nobody else can confirm it."""

    title = _("who confirms")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The one choice."""
        return [("staff", _("only the Centre can"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[LedgerEntry]
    ) -> QuerySet[LedgerEntry]:
        """Those alone, when asked for."""
        if self.value() == "staff":
            return queryset.filter(pk__in=queries.without_coordinator().values("pk"))
        return queryset


@admin.register(LedgerEntry)
class LedgerEntryAdmin(OperationsAdmin):
    """What everybody has earned. Nothing is edited here: a waiting entry is answered."""

    list_display = ("person", "title", "kind", "earned_on", "hours", "points", "state")
    list_display_links = ("person", "title")
    list_filter = (WhoConfirms, "state", "kind", "school_year")
    list_select_related = ("person",)
    search_fields = ("person__folded", "title", "=number")
    date_hierarchy = "earned_on"
    show_full_result_count = False
    exclude = ("revision",)
    operation_pages = (
        OperationPage(
            "potvrda",
            _("Confirm"),
            run=_confirm,
            done=_("The entry counts from now on; its owner was told."),
            offered=lambda entry: entry.state == LedgerEntry.State.PENDING,
            effects=lambda entry: (_("A confirmed entry can never be changed."),),
            form=AsReadForm,
            form_arguments=_as_read,
        ),
        OperationPage(
            "vracanje",
            _("Return"),
            run=_send_back,
            done=_("The entry was returned; its owner was told why."),
            offered=lambda entry: entry.state == LedgerEntry.State.PENDING,
            form=SendBackForm,
            form_arguments=_as_read,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Everything."""
        return [field.name for field in LedgerEntry._meta.fields if field.editable]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """People are found in either script, titles as they are typed."""
        people, doubled = super().get_search_results(request, queryset, fold(search_term))
        as_typed, _doubled = super().get_search_results(request, queryset, search_term)
        return people | as_typed, doubled

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries come from certificates and from their owners."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing in the ledger is deleted."""
        return False


@admin.register(Target)
class TargetAdmin(RevisedAdmin):
    """What the rulebooks ask, from one day to another."""

    list_display = ("name", "starts_on", "ends_on", "years", "certainty")
    list_filter = ("certainty",)
    search_fields = ("name", "rulebook")


@admin.register(SchoolYear)
class SchoolYearAdmin(RevisedAdmin):
    """The day on which a school year begins."""

    list_display = ("first_day", "first_month")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one, made with its table."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It is changed, not deleted."""
        return False
