"""Certificates in the back office: issued singly and in batches, revoked, replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.admin import RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.documents.forms import RevokeForm
from centar.events.models import Booking
from centar.people.models import User
from centar.script.folding import fold
from trainings.models import Certificate, CertificateBatch, IssuingSettings
from trainings.operations import certificates as operations
from trainings.permissions import certificates as permissions


def _revoke(certificate: Certificate, by: Any, fields: dict[str, Any]) -> Certificate:
    return operations.revoke(certificate_id=certificate.pk, by=by, reason=fields["reason"])


def _replace(certificate: Certificate, by: Any, fields: dict[str, Any]) -> Certificate:
    return operations.replace(certificate_id=certificate.pk, by=by, reason=fields["reason"])


@admin.register(IssuingSettings)
class IssuingSettingsAdmin(RevisedAdmin):
    """Who issues certificates and who is authorised, from which day on."""

    list_display = ("valid_from", "authorised_person", "authorised_title", "organiser")


class ParticipantSelect(AutocompleteSelect):
    """Django's own asks the database for whatever came back, words too, and breaks."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        """Only what can be a participant is looked for."""
        return super().optgroups(name, [one for one in value if one.isdecimal()], attr)


class IssueForm(forms.ModelForm[Certificate]):
    """One participant who is to get a certificate; a refusal is shown in the form."""

    by: User
    booking = forms.ModelChoiceField(
        label=gettext_lazy("Participant"),
        queryset=Booking.objects.select_related("person", "event"),
        widget=ParticipantSelect(Certificate._meta.get_field("booking"), admin.site),
        help_text=gettext_lazy("Somebody with a place at a seminar that is over."),
    )

    class Meta:
        model = Certificate
        fields = ("booking",)

    def clean(self) -> dict[str, Any]:
        """Issue here, inside the admin's transaction: a refusal then stands beside the field."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is None and not self.errors:
            try:
                self.instance = operations.issue(booking_id=cleaned["booking"].pk, by=self.by)
            except Refusal as refusal:
                self.add_error(None if refusal.field else "booking", str(refusal))
        return cleaned


@admin.register(Certificate)
class CertificateAdmin(OperationsAdmin):
    """All certificates, the newest in front."""

    form = IssueForm
    list_display = ("number", "person", "title", "points", "is_valid")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("document", "booking__person")
    search_fields = ("booking__person__folded", "booking__event__folded", "=document__number")
    show_full_result_count = False
    operation_pages = (
        OperationPage(
            "zamena",
            gettext_lazy("Replace"),
            run=_replace,
            done=gettext_lazy("This is the new certificate; the old one points to it."),
            offered=lambda certificate: certificate.ended_at is None,
            effects=lambda certificate: (
                gettext_lazy("A new certificate is issued with the person's present data."),
                gettext_lazy("The old one is no longer valid and points to the new one."),
                gettext_lazy("The person gets a letter."),
            ),
            form=RevokeForm,
        ),
        OperationPage(
            "opoziv",
            gettext_lazy("Revoke"),
            run=_revoke,
            done=gettext_lazy("The certificate is revoked, and its owner was told."),
            offered=lambda certificate: certificate.ended_at is None,
            effects=lambda certificate: (
                gettext_lazy("Its hours and points no longer count."),
                gettext_lazy("The person gets a letter with the reason."),
            ),
            form=RevokeForm,
            dangerous=True,
        ),
    )

    @admin.display(description=gettext_lazy("number"), ordering="document__number")
    def number(self, certificate: Certificate) -> str:
        """As it is printed."""
        return certificate.document.register_number

    @admin.display(description=gettext_lazy("person"), ordering="booking__person__sort_azbuka")
    def person(self, certificate: Certificate) -> str:
        """Its owner."""
        return str(certificate.booking.person)

    @admin.display(description=gettext_lazy("title"))
    def title(self, certificate: Certificate) -> str:
        """Of what it is."""
        return str(certificate.document.content["title"])

    @admin.display(description=gettext_lazy("valid"), boolean=True)
    def is_valid(self, certificate: Certificate) -> bool:
        """Whether it counts."""
        return certificate.ended_at is None

    @admin.display(description=gettext_lazy("paper"))
    def paper(self, certificate: Certificate) -> SafeString:
        """The PDF, the verification page, and the entry in the register."""
        document = certificate.document
        entry = reverse("admin:documents_document_change", args=[document.pk])
        places = (
            (document.pdf_path, _("PDF")),
            (document.verification_path, _("Verification page")),
            (entry, _("Entry in the register")),
        )
        return format_html_join(" · ", '<a href="{}">{}</a>', places)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whom to issue to, or all there is to read."""
        if obj is None:
            return ("booking",)
        return ("number", "person", "booking", "title", "hours", "points", "ended_at", "paper")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything, once it is issued."""
        return () if obj is None else self.get_fields(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows who issues."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user  # type: ignore[attr-defined]  # a class made for this request
        return form

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """People and seminars are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The operation has written it; there is nothing else to save."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Certificates are revoked, never deleted."""
        return False


@admin.register(CertificateBatch)
class CertificateBatchAdmin(admin.ModelAdmin[CertificateBatch]):
    """How far the worker is, who was refused and why, and the file to print."""

    change_form_template = "admin/trainings/certificatebatch/change_form.html"
    list_display = ("seminar", "state", "total", "issued", "refused", "created_at")
    list_filter = ("state",)
    list_select_related = ("seminar__event",)
    show_full_result_count = False
    fields = (
        "seminar",
        "state",
        "progress",
        "refusals",
        "file",
        "created_at",
        "created_by",
        "finished_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[CertificateBatch]:
        """Without the file, which is read only to be fetched."""
        return super().get_queryset(request).defer("print")

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and that of the file."""
        view = self.admin_site.admin_view(self.print_view)
        name = "trainings_certificatebatch_print"
        return [path("<int:pk>/stampa.pdf", view, name=name), *super().get_urls()]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The batches of one seminar too, which its page links to."""
        return lookup == "seminar__pk__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, batch: CertificateBatch) -> SafeString:
        """How many of all are done, as a bar and in words."""
        words = _("%(done)d of %(total)d: %(issued)d issued, %(refused)d refused") % {
            "done": batch.issued + batch.refused,
            "total": batch.total,
            "issued": batch.issued,
            "refused": batch.refused,
        }
        return format_html(
            '<progress max="{}" value="{}" aria-hidden="true"></progress> {}',
            batch.total,
            batch.issued + batch.refused,
            words,
        )

    @admin.display(description=gettext_lazy("refused"))
    def refusals(self, batch: CertificateBatch) -> SafeString | str:
        """Each participant who got none, with the reason."""
        refused = batch.entries.exclude(reason="").select_related("booking__person")
        rows = refused.order_by("booking__person__sort_azbuka", "pk")
        lines = [(entry.booking.person, entry.reason) for entry in rows]
        return format_html_join("", "<div>{}: {}</div>", lines) or _("nobody")

    @admin.display(description=gettext_lazy("file to print"))
    def file(self, batch: CertificateBatch) -> SafeString | str:
        """All certificates of the batch in one PDF, once it is made."""
        if not CertificateBatch.objects.filter(pk=batch.pk, print__isnull=False).exists():
            return _("none yet")
        address = reverse("admin:trainings_certificatebatch_print", args=[batch.pk])
        return format_html('<a href="{}">{}</a>', address, _("All certificates in one PDF"))

    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file itself; it holds birth dates and stays in the back office."""
        user = request.user
        assert isinstance(user, User)
        if not permissions.may_issue(user):
            raise PermissionDenied
        batch = CertificateBatch.objects.filter(pk=pk, print__isnull=False).first()
        if batch is None:
            raise Http404
        response = HttpResponse(bytes(batch.print or b""), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="uverenja-{pk}.pdf"'
        return response

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Batches are ordered on the page of the seminar."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing to change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They stay as the record of who was refused."""
        return False
