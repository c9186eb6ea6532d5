"""Issued papers in the back office: found, read, revoked; never edited or deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.documents import codes, kinds, operations
from centar.documents.forms import RevokeForm
from centar.documents.models import Document
from centar.script.folding import fold


def _revoke(document: Document, by: Any, fields: dict[str, Any]) -> Document:
    return operations.withdraw(document=document, by=by, reason=fields["reason"])


class ValidityFilter(admin.SimpleListFilter):
    """Papers that count, and those that no longer do."""

    title = gettext_lazy("validity")
    parameter_name = "validity"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The two."""
        return [("valid", _("valid")), ("revoked", _("revoked or replaced"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Only the chosen ones."""
        if self.value() not in ("valid", "revoked"):
            return queryset
        return queryset.filter(revoked_at__isnull=self.value() == "valid")


class KindFilter(admin.SimpleListFilter):
    """Papers of one kind, by its name."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every kind that there is."""
        return [(kind.code, str(kind.label)) for kind in kinds.every()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Only the chosen one."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Document)
class DocumentAdmin(OperationsAdmin):
    """The register of everything that was issued."""

    list_display = ("register_number", "kind_label", "person", "issued_at", "validity")
    list_filter = (ValidityFilter, KindFilter, "year")
    list_select_related = ("person", "replaced_by")
    search_fields = ("person__folded", "=code")
    date_hierarchy = "issued_at"
    ordering = ("-issued_at", "-pk")
    show_full_result_count = False
    fields = (
        "register_number",
        "kind_label",
        "person",
        "issued_at",
        "issued_by",
        "proof",
        "validity",
        "revoked_at",
        "revoked_by",
        "revoke_reason",
        "replaces",
        "links",
        "lines",
    )
    readonly_fields = fields
    operation_pages = (
        OperationPage(
            "opoziv",
            gettext_lazy("Revoke"),
            run=_revoke,
            done=gettext_lazy("The paper is revoked; its verification page says so."),
            offered=lambda document: document.is_valid,
            effects=lambda document: (
                gettext_lazy("The paper stays in the register and is shown as revoked, for ever."),
            ),
            form=RevokeForm,
            dangerous=True,
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Found by the name in either script, by the code, and by the number as it is printed."""
        number = codes.read_number(search_term)
        if number is not None:
            found = queryset.filter(number=number.number, kind__in=number.kinds)
            return (found.filter(year=number.year) if number.year else found), False
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=gettext_lazy("number"), ordering="number")
    def register_number(self, document: Document) -> str:
        """As it is printed."""
        return document.register_number

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, document: Document) -> str:
        """What it is."""
        return str(kinds.get(document.kind).label)

    @admin.display(description=gettext_lazy("validity"))
    def validity(self, document: Document) -> str:
        """Whether it counts, and what took its place."""
        if document.is_valid:
            return _("valid")
        newer = getattr(document, "replaced_by", None)
        return _("replaced by %(number)s") % {"number": newer} if newer else _("revoked")

    @admin.display(description=gettext_lazy("see"))
    def links(self, document: Document) -> SafeString:
        """The PDF, and the page that everybody who verifies it sees."""
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            document.pdf_path,
            _("PDF"),
            document.verification_path,
            _("Verification page"),
        )

    @admin.display(description=gettext_lazy("What stands on the paper"))
    def lines(self, document: Document) -> SafeString:
        """The public content."""
        lines = kinds.get(document.kind).public(document)
        return format_html_join("", "<div>{}: {}</div>", lines)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Papers are issued by operations."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A paper is revoked, never deleted."""
        return False
