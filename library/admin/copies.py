"""Copies in the back office: the accession register."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.audit.admin import RevisedAdmin
from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.script.folding import fold
from library import cards
from library.forms.copies import CopyForm, StateForm
from library.models import Copy
from library.operations import condition
from library.operations import copies as operations
from library.queries import queues

MOST_LABELS = 210
"""Ten sheets of 3 × 7 labels."""


def _set_state(copy: Copy, by: Any, fields: dict[str, Any]) -> Copy:
    condition.mark(
        copy_id=copy.pk, state=Copy.State(fields["state"]), reason=fields["reason"], by=by
    )
    return copy


def _said(copy: Copy) -> str:
    said = _("The state is changed.")
    aside = queues.put_aside_for(copy)
    if aside is not None:
        said += " " + _("Put it aside for %(member)s.") % {"member": aside.member}
    return said


def _write_off(copy: Copy, by: Any, fields: dict[str, Any]) -> Copy:
    condition.mark(copy_id=copy.pk, state=Copy.State.WRITTEN_OFF, reason=fields["reason"], by=by)
    return copy


def _is_held(copy: Copy) -> bool:
    return copy.state != Copy.State.WRITTEN_OFF


@admin.register(Copy)
class CopyAdmin(RevisedAdmin, OperationsAdmin):
    """All copies. Their state is changed by operations, and none is ever deleted."""

    form = CopyForm
    list_display = ("accession_number", "record", "shelf_mark", "barcode", "state", "only_here")
    list_filter = ("state", "only_here")
    list_select_related = ("record",)
    search_fields = ("=accession_number", "=barcode", "shelf_mark", "record__folded")
    show_full_result_count = False
    actions = ("print_labels",)
    autocomplete_fields = ("record",)
    raw_id_fields = ("issue",)
    fields = (
        "record", "issue", ("accession_number", "barcode"), ("shelf_mark", "only_here"),
        ("acquired_on", "price"), "note", "state",
    )  # fmt: skip
    operation_pages = (
        OperationPage(
            "stanje",
            gettext_lazy("Change the state"),
            run=_set_state,
            done=_said,
            offered=_is_held,
            form=StateForm,
        ),
        OperationPage(
            "otpis",
            gettext_lazy("Write off"),
            run=_write_off,
            done=gettext_lazy("The copy is written off; its number stays in the register."),
            offered=_is_held,
            effects=lambda copy: (
                gettext_lazy("Readers no longer see the copy, and it cannot be lent."),
            ),
            form=ReasonForm,
            dangerous=True,
        ),
    )

    @admin.action(description=gettext_lazy("Print labels with bar codes"), permissions=("view",))
    def print_labels(self, request: HttpRequest, queryset: QuerySet[Copy]) -> HttpResponse:
        """The labels of the copies that were chosen, in the order of the shelves."""
        rows = queryset.select_related("record", "issue").order_by("shelf_mark", "pk")
        copies = list(rows[: MOST_LABELS + 1])
        if len(copies) > MOST_LABELS:
            words = _("These are the first %(most)d labels; choose the others after them.")
            self.message_user(request, words % {"most": MOST_LABELS}, messages.WARNING)
        labels = [cards.label(copy) for copy in copies[:MOST_LABELS]]
        return TemplateResponse(request, "library/labels.html", {"labels": labels})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A copy stays a copy of its record."""
        return ("state", "record") if obj else ("state",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows who fills it in."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """With the next free number."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"accession_number": operations.next_accession_number(), **initial}

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """By title in either script, or by what the scanner gives."""
        typed, doubled = super().get_search_results(request, queryset, search_term)
        folded, _doubled = super().get_search_results(request, queryset, fold(search_term))
        return typed | folded, doubled

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The operation has saved it while the form was read."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A copy is written off, and its number stays in the register."""
        return False
