"""Bank statements in the back office: looked at, then counted."""

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
from centar.people.models import User
from trainings.forms.payments import COLUMNS, ColumnsForm, StatementFileForm
from trainings.models import Statement, StatementFormat
from trainings.operations import statements
from trainings.payments.statements import tables
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
                gettext_lazy("What only looks the same as another payment waits for your answer."),
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
        shown = extra_context or {}
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
