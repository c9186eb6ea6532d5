"""Bank statements in the back office: looked at, counted, and what is left matched by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.admin import RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.events.forms import ReasonForm
from centar.people.models import User
from trainings.forms.payments import COLUMNS, ColumnsForm, MatchForm, StatementFileForm
from trainings.models import Statement, StatementFormat, StatementRow
from trainings.operations import payments, statements
from trainings.payments import amounts
from trainings.payments.statements import tables
from trainings.queries import payments as payment_queries
from trainings.queries import statements as queries

PREVIEWED = 100
"""Rows on one page of a preview."""


def _name_columns(statement: Statement, by: Any, fields: dict[str, Any]) -> Statement:
    columns = {name: int(fields[name]) for name in COLUMNS if fields[name]}
    statements.name_columns(statement_id=statement.pk, name=fields["name"], columns=columns, by=by)
    return statement


def _columns_asked(statement: Statement) -> dict[str, Any]:
    assert statement.content is not None  # offered only while it waits
    return {
        "headings": tables.table(bytes(statement.content)).headings,
        "known": queries.columns_of(statement) or {},
    }


def _confirm(statement: Statement, by: Any, fields: dict[str, Any]) -> Statement:
    return statements.confirm(statement_id=statement.pk, by=by)


def _waits(statement: Statement) -> bool:
    return statement.confirmed_at is None


@admin.register(Statement)
class StatementAdmin(OperationsAdmin):
    """Files of the bank. A file is looked at first; nothing is counted before it is confirmed."""

    list_display = ("file_name", "kind", "uploaded_at", "uploaded_by", "confirmed_at")
    list_filter = (("confirmed_at", admin.EmptyFieldListFilter), "kind")
    list_select_related = ("uploaded_by",)
    search_fields = ("file_name",)
    ordering = ("-uploaded_at",)
    actions = None
    change_form_template = "admin/trainings/statement/change_form.html"
    fields = (
        "file_name", "kind", "uploaded_at", "uploaded_by", "confirmed_at", "confirmed_by",
        "repeated", "outgoing",
    )  # fmt: skip
    operation_pages = (
        OperationPage(
            "kolone",
            gettext_lazy("Say what the columns hold"),
            run=_name_columns,
            done=gettext_lazy("The columns are kept; the bank's next file is read by itself."),
            offered=lambda statement: _waits(statement) and statement.kind == Statement.Kind.CSV,
            form=ColumnsForm,
            form_arguments=_columns_asked,
        ),
        OperationPage(
            "brojanje",
            gettext_lazy("Count the payments"),
            run=_confirm,
            done=gettext_lazy("The payments are counted."),
            offered=lambda statement: _waits(statement) and not queries.needs_columns(statement),
            effects=lambda statement: (
                gettext_lazy("Payments with a known reference are counted for their invoice."),
                gettext_lazy("What was counted before is not counted again."),
            ),
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything."""
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """On the list without the files themselves."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and (match.url_name or "").endswith("_changelist")
        return rows.defer("content") if is_list else rows

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Choose the file; what it would do is shown next."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        assert isinstance(request.user, User)
        form = StatementFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                made = statements.upload(
                    file_name=file.name or "", content=file.read(), by=request.user
                )
            except Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                return HttpResponseRedirect(self._next_step(made))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": _("New bank statement"),
        }
        return TemplateResponse(request, "admin/trainings/statement/upload.html", context)

    def _next_step(self, statement: Statement) -> str:
        if queries.needs_columns(statement):
            return self._address("operation", statement.pk, "kolone")
        return self._address("change", statement.pk)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The statement; while it waits, with what it would do."""
        statement = self.get_object(request, object_id)
        # Nothing here is edited, so there is nothing to save.
        no_saving = {"show_save": False, "show_save_and_continue": False}
        shown = {**(extra_context or {}), **no_saving, "show_save_and_add_another": False}
        if statement is not None and self.has_view_permission(request, statement):
            shown |= _preview(request, statement)
        return super().change_view(request, object_id, form_url, shown)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever brings statements in also counts them."""
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what was never counted can be thrown away."""
        waits = obj is None or obj.confirmed_at is None
        return waits and self.has_add_permission(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the operation, which leaves its record."""
        assert isinstance(request.user, User)
        statements.discard(statement_id=obj.pk, by=request.user)


def _preview(request: HttpRequest, statement: Statement) -> dict[str, Any]:
    if not _waits(statement):
        return {}
    if queries.needs_columns(statement):
        return {"needs_columns": True}
    try:
        plan = queries.plan_of(statement)
    except ValidationError as error:
        return {"unreadable": error.messages[0]}
    rows = Paginator(plan.rows, PREVIEWED).get_page(request.GET.get("page"))
    return {"plan": plan, "rows": rows, "counts": plan.counts()}


@admin.register(StatementFormat)
class StatementFormatAdmin(RevisedAdmin):
    """Banks whose tables are known. A wrong one is deleted; the next file asks again."""

    list_display = ("name",)
    readonly_fields = ("columns",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Named at a file."""
        return False


def _match(row: StatementRow, by: Any, fields: dict[str, Any]) -> StatementRow:
    payments.match(row_id=row.pk, proforma_id=fields["proforma_id"], by=by)
    return row


def _unmatch(row: StatementRow, by: Any, fields: dict[str, Any]) -> StatementRow:
    return payments.unmatch(row_id=row.pk, by=by, reason=fields["reason"])


def _suggested(row: StatementRow) -> dict[str, Any]:
    found = payment_queries.suggestions(row)
    return {"suggestions": [(one.pk, f"{one}: {amounts.written(one.open)}") for one in found]}


@admin.register(StatementRow)
class StatementRowAdmin(OperationsAdmin):
    """Payments that came, and what they paid for."""

    list_display = ("booked_on", "shown_amount", "payer", "reference", "purpose", "outcome")
    list_filter = ("outcome", ("booked_on", admin.DateFieldListFilter))
    search_fields = ("payer", "reference", "purpose", "=amount")
    date_hierarchy = "booked_on"
    actions = None
    show_full_result_count = False
    fields = (
        "booked_on", "shown_amount", "payer", "payer_account", "reference", "purpose", "outcome",
        "paid_for", "statement",
    )  # fmt: skip
    operation_pages = (
        OperationPage(
            "uparivanje",
            gettext_lazy("Say what it was for"),
            run=_match,
            done=gettext_lazy("The payment is matched."),
            offered=lambda row: row.outcome == StatementRow.Outcome.UNKNOWN,
            form=MatchForm,
            form_arguments=_suggested,
        ),
        OperationPage(
            "razdvajanje",
            gettext_lazy("Undo the matching"),
            run=_unmatch,
            done=gettext_lazy("The payment waits to be matched."),
            offered=lambda row: row.outcome != StatementRow.Outcome.UNKNOWN,
            effects=lambda row: (
                gettext_lazy("The pro-forma invoice is open again by this amount."),
            ),
            form=ReasonForm,
            dangerous=True,
        ),
    )

    @admin.display(description=gettext_lazy("amount (RSD)"), ordering="amount")
    def shown_amount(self, row: StatementRow) -> str:
        """As Serbs write it."""
        return amounts.written(row.amount)

    @admin.display(description=gettext_lazy("paid for"))
    def paid_for(self, row: StatementRow) -> str:
        """The invoice that it counts for now."""
        live = row.payments.filter(undone_at=None).select_related("proforma__document").first()
        return str(live.proforma) if live is not None else "–"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything: operations change it."""
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from statements."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What the bank says stays."""
        return False
