"""Payments that came, in the back office: what each was for, said by hand and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from centar.audit.operation_pages import OperationPage, OperationsAdmin
from trainings.forms.matching import MatchForm, UndoForm
from trainings.models import StatementRow
from trainings.operations import held_rows, payments
from trainings.payments import amounts
from trainings.queries import suggestions

Outcome = StatementRow.Outcome


def _match(row: StatementRow, by: Any, fields: dict[str, Any]) -> StatementRow:
    return payments.match(row_id=row.pk, shares=fields["shares"], by=by)


def _unmatch(row: StatementRow, by: Any, fields: dict[str, Any]) -> StatementRow:
    return payments.unmatch(
        row_id=row.pk, by=by, reason=fields["reason"], payment_ids=fields["payments"]
    )


def _count(row: StatementRow, by: Any, fields: dict[str, Any]) -> StatementRow:
    return held_rows.count_as_another(row_id=row.pk, by=by)


def _repeat(row: StatementRow, by: Any, fields: dict[str, Any]) -> StatementRow:
    return held_rows.take_for_repeated(row_id=row.pk, by=by)


def _suggested(row: StatementRow) -> dict[str, Any]:
    return {"suggestions": suggestions.suggestions(row)}


def _undone(row: StatementRow) -> dict[str, Any]:
    live = row.payments.filter(undone_at=None).select_related("proforma__document")
    return {"payments": live}


def _may_be_repeated(row: StatementRow) -> bool:
    return row.alike_id is not None and not row.assigned and row.outcome != Outcome.REPEATED


@admin.register(StatementRow)
class StatementRowAdmin(OperationsAdmin):
    """Payments that came, and what they paid for."""

    list_display = (
        "booked_on", "shown_amount", "payer", "outcome", "shown_rest", "reference", "purpose",
    )  # fmt: skip
    list_filter = ("outcome", ("booked_on", admin.DateFieldListFilter))
    search_fields = ("payer", "reference", "purpose", "=amount")
    date_hierarchy = "booked_on"
    actions = None
    show_full_result_count = False
    fields = (
        "booked_on", "shown_amount", "payer", "payer_account", "reference", "purpose",
        "bank_reference", "outcome", "paid_for", "shown_rest", "looks_like", "statement",
    )  # fmt: skip
    operation_pages = (
        OperationPage(
            "uparivanje",
            gettext_lazy("Say what it was for"),
            run=_match,
            done=gettext_lazy("The payment is matched."),
            offered=lambda row: bool(row.rest),
            form=MatchForm,
            form_arguments=_suggested,
            template="admin/trainings/statementrow/match.html",
        ),
        OperationPage(
            "razdvajanje",
            gettext_lazy("Undo the matching"),
            run=_unmatch,
            done=gettext_lazy("What was taken back waits to be matched."),
            offered=lambda row: bool(row.assigned),
            effects=lambda row: (
                gettext_lazy("The pro-forma invoice is open again by this amount."),
            ),
            form=UndoForm,
            form_arguments=_undone,
            dangerous=True,
        ),
        OperationPage(
            "druga-uplata",
            gettext_lazy("It is another payment: count it"),
            run=_count,
            done=gettext_lazy("The payment is counted."),
            offered=lambda row: row.outcome in StatementRow.NOT_COUNTED,
            effects=lambda row: (
                gettext_lazy("It is counted for the invoice that it names; else it waits for you."),
            ),
        ),
        OperationPage(
            "ista-uplata",
            gettext_lazy("It is the same payment: do not count it"),
            run=_repeat,
            done=gettext_lazy("The payment is not counted again."),
            offered=_may_be_repeated,
            effects=lambda row: (
                gettext_lazy("Nothing is counted; the row stays, and you can still change this."),
            ),
        ),
    )

    @admin.display(description=gettext_lazy("amount (RSD)"), ordering="amount")
    def shown_amount(self, row: StatementRow) -> str:
        """As Serbs write it."""
        return amounts.written(row.amount)

    @admin.display(description=gettext_lazy("left (RSD)"))
    def shown_rest(self, row: StatementRow) -> str:
        """What nobody knows the purpose of, as Serbs write it."""
        return amounts.written(row.rest) if row.rest else "–"

    @admin.display(description=gettext_lazy("paid for"))
    def paid_for(self, row: StatementRow) -> SafeString | str:
        """The invoices that it counts for now, each with its part."""
        live = row.payments.filter(undone_at=None).select_related("proforma__document")
        lines = [
            (
                reverse("admin:trainings_proforma_change", args=[one.proforma_id]),
                one.proforma,
                amounts.written(one.amount),
            )
            for one in live
        ]
        return format_html_join("", '<div><a href="{}">{}</a>: {}</div>', lines) or "–"

    @admin.display(description=gettext_lazy("looks the same as"))
    def looks_like(self, row: StatementRow) -> SafeString | str:
        """The payment of another file, and that file."""
        if row.alike is None:
            return "–"
        return format_html(
            '<a href="{}">{}</a> ({})',
            reverse("admin:trainings_statementrow_change", args=[row.alike_id]),
            row.alike,
            row.alike.statement,
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything: operations change it."""
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from statements."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What the bank says stays."""
        return False
