"""Whom one pays, exceptions from the fee, and pro-forma invoices in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.admin import OneRowAdmin, RevisedAdmin
from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.events.models import Booking
from centar.people.models import User
from centar.script.folding import fold
from trainings import proformas
from trainings.forms.payments import InvoiceNumberForm, IssueForm
from trainings.models import FeeRule, PaymentSettings, Proforma, ProformaQuerySet, Seminar
from trainings.operations import proformas as operations
from trainings.payments import amounts, model97


@admin.register(PaymentSettings)
class PaymentSettingsAdmin(OneRowAdmin):
    """The one row that says whom to pay, how and until when."""


@admin.register(FeeRule)
class FeeRuleAdmin(RevisedAdmin):
    """Who pays less, at which seminars and from when to when."""

    list_display = ("name", "kind", "value", "municipality", "post", "seminar", "starts_on")
    list_filter = ("kind", "post")
    list_select_related = ("municipality", "seminar__event")
    search_fields = ("name",)
    autocomplete_fields = ("municipality", "seminar")
    date_hierarchy = "starts_on"


@admin.register(Seminar)
class SeminarChoiceAdmin(admin.ModelAdmin[Seminar]):
    """Seminars, only for choosing one; each is edited with its days and places."""

    search_fields = ("event__folded",)
    ordering = ("-event__starts_at",)
    list_select_related = ("event",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seminar]:
        """With the events, whose titles are shown."""
        return super().get_queryset(request).select_related("event")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Seminar], search_term: str
    ) -> tuple[QuerySet[Seminar], bool]:
        """Found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not offered as a list of its own."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made with its event."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changed with its event."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And never deleted."""
        return False


class StandingFilter(admin.SimpleListFilter):
    """The lists behind the work queue."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What can be asked for."""
        return [
            ("unpaid", _("something is open")),
            ("overdue", _("open after the last day")),
            ("overpaid", _("overpaid")),
            ("ended", _("no longer owed")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Proforma]
    ) -> QuerySet[Proforma] | None:
        """The invoices asked for."""
        assert isinstance(queryset, ProformaQuerySet)
        match self.value():
            case "unpaid":
                return queryset.unpaid()
            case "overdue":
                return queryset.overdue(timezone.localdate())
            case "overpaid":
                return queryset.overpaid()
            case "ended":
                return queryset.filter(ended_at__isnull=False)
        return None


def _withdraw(proforma: Proforma, by: Any, fields: dict[str, Any]) -> Proforma:
    return operations.withdraw_proforma(proforma_id=proforma.pk, by=by, reason=fields["reason"])


def _write_number(proforma: Proforma, by: Any, fields: dict[str, Any]) -> Proforma:
    return operations.write_invoice_number(proforma_id=proforma.pk, by=by, number=fields["number"])


@admin.register(Proforma)
class ProformaAdmin(OperationsAdmin):
    """Who was asked to pay, and what has come. Everything is done by operations."""

    list_display = ("document", "payer", "seminar", "owed", "received", "standing_label", "due_on")
    list_filter = (StandingFilter, ("due_on", admin.DateFieldListFilter))
    list_select_related = ("document", "booking__event", "group__event")
    search_fields = ("payer_folded", "reference_key", "=document__number")
    ordering = ("-pk",)
    actions = None
    fields = (
        "document", "payer", "seminar", "written_reference", "owed", "received", "standing_label",
        "due_on", "invoice_number", "reminded_at", "ended_at", "came_from", "paper",
    )  # fmt: skip
    operation_pages = (
        OperationPage(
            "sef",
            gettext_lazy("Write the number in the e-invoice system"),
            run=_write_number,
            done=gettext_lazy("The number is written down."),
            offered=lambda proforma: proforma.ended_at is None,
            form=InvoiceNumberForm,
            form_arguments=lambda proforma: {"initial": {"number": proforma.invoice_number}},
        ),
        OperationPage(
            "ponistavanje",
            gettext_lazy("Take back"),
            run=_withdraw,
            done=gettext_lazy("The pro-forma invoice is taken back."),
            offered=lambda proforma: proforma.ended_at is None and not proforma.paid,
            effects=lambda proforma: (
                gettext_lazy("Nobody is asked for this money any more; the place stays."),
                gettext_lazy("The next one is counted from the fee and exceptions of that day."),
            ),
            form=ReasonForm,
            dangerous=True,
        ),
    )

    @admin.display(description=gettext_lazy("seminar"))
    def seminar(self, proforma: Proforma) -> str:
        """What is paid for."""
        about = proforma.booking or proforma.group
        return about.event.title if about is not None else ""

    @admin.display(description=gettext_lazy("owed (RSD)"), ordering="amount")
    def owed(self, proforma: Proforma) -> str:
        """As Serbs write it."""
        return amounts.written(proforma.amount)

    @admin.display(description=gettext_lazy("paid (RSD)"), ordering="paid")
    def received(self, proforma: Proforma) -> str:
        """As Serbs write it."""
        return amounts.written(proforma.paid)

    @admin.display(description=gettext_lazy("standing"))
    def standing_label(self, proforma: Proforma) -> str:
        """Where it stands, in words."""
        return str(proforma.standing.label)

    @admin.display(description=gettext_lazy("reference (model 97)"))
    def written_reference(self, proforma: Proforma) -> str:
        """As it stands on the slip."""
        return model97.written(proforma.reference)

    @admin.display(description=gettext_lazy("payments"))
    def came_from(self, proforma: Proforma) -> SafeString | str:
        """The rows of statements that pay for it, each with its part."""
        live = proforma.payments.filter(undone_at=None).select_related("row")
        lines = [
            (
                reverse("admin:trainings_statementrow_change", args=[one.row_id]),
                one.row,
                amounts.written(one.amount),
            )
            for one in live
        ]
        return format_html_join("", '<div><a href="{}">{}</a>: {}</div>', lines) or "–"

    @admin.display(description=gettext_lazy("paper"))
    def paper(self, proforma: Proforma) -> SafeString:
        """The way to the PDF."""
        address = reverse("admin:trainings_proforma_paper", args=[proforma.pk])
        return format_html('<a href="{}">{}</a>', address, "PDF")

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and that of the paper."""
        view = self.admin_site.admin_view(self.paper_view)
        name = "trainings_proforma_paper"
        return [path("<int:object_id>/predracun.pdf", view, name=name), *super().get_urls()]

    def paper_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The PDF of the paper that counts now."""
        proforma = self.get_object(request, str(object_id))
        if proforma is None or not self.has_view_permission(request, proforma):
            raise PermissionDenied
        return HttpResponse(
            proformas.as_pdf(proforma.document.content), content_type="application/pdf"
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Payers are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything: operations change it."""
        return self.fields

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Issue one for a place, or for the whole application that the place belongs to."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        assert isinstance(request.user, User)
        form = IssueForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = _issue(form.cleaned_data["booking"], request.user)
            except Refusal as refusal:
                form.add_error("booking", str(refusal))
            else:
                messages.success(request, _("The pro-forma invoice is issued and sent."))
                address = reverse("admin:trainings_proforma_change", args=[made.pk])
                return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": _("New pro-forma invoice"),
        }
        return TemplateResponse(request, "admin/plan_seminar.html", context)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A paper is taken back, never deleted."""
        return False


def _issue(booking: Booking, by: User) -> Proforma:
    group = booking.group
    if group is not None and group.school_id and booking.payer == Booking.Payer.SCHOOL:
        return operations.issue_for_group(group_id=group.pk, by=by)
    return operations.issue_for_booking(booking_id=booking.pk, by=by)
