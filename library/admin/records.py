"""Records in the back office: described by hand, or from what is known of their number."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.admin import RevisedAdmin
from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User
from centar.script import search
from centar.sheets.writing import TooLong
from library import described as descriptions
from library import sources
from library.admin import record_filters, record_inlines
from library.described import Described
from library.exchange import writing
from library.exchange.writing import KINDS, Written
from library.forms.imports import ExportForm
from library.forms.records import ByNumberForm, RecordForm
from library.models import Record
from library.operations import records as operations

MOST_FOUND = 1_000
"""Records that one search of the back office gives, the best ones."""
Inline = InlineModelAdmin[Any, Any]
_NOT_FILLED = ("control_number", "source")


def _withdraw(record: Record, by: Any, fields: dict[str, Any]) -> Record:
    return operations.withdraw(record_id=record.pk, reason=fields["reason"], by=by)


def _take_cover_away(record: Record, by: Any, fields: dict[str, Any]) -> Record:
    return operations.take_cover_away(record_id=record.pk, by=by)


def _bring_back(record: Record, by: Any, fields: dict[str, Any]) -> Record:
    return operations.bring_back(record_id=record.pk, by=by)


@admin.register(Record)
class RecordAdmin(RevisedAdmin, OperationsAdmin):
    """The catalogue of the library."""

    form = RecordForm
    change_list_template = "admin/library/record/change_list.html"
    change_form_template = "admin/library/record/change_form.html"
    list_display = ("title", "names", "publisher", "printed_year", "kind", "udc")
    list_filter = ("kind", record_filters.ByField, record_filters.Standing)
    search_fields = ("folded",)
    show_full_result_count = False
    readonly_fields = ("cover", "file", "withdrawn_at")
    fieldsets = (
        (None, {"fields": ("kind", "title", "subtitle", "responsibility")}),
        (
            gettext_lazy("Edition"),
            {
                "fields": (
                    "edition",
                    ("place", "publisher"),
                    ("printed_year", "year"),
                    "extent",
                    "series",
                )
            },
        ),
        (
            gettext_lazy("Content"),
            {"fields": (("language", "udc"), "subjects", "notes", "link")},
        ),
        (
            gettext_lazy("Cover and file"),
            {"fields": ("new_cover", "cover", "new_file", "file")},
        ),
        (
            gettext_lazy("Origin"),
            {"fields": (("source", "control_number"), "withdrawn_at")},
        ),
    )
    operation_pages = (
        OperationPage(
            "bez-korica",
            gettext_lazy("Take the picture of the cover away"),
            run=_take_cover_away,
            done=gettext_lazy("The picture of the cover is taken away."),
            offered=lambda record: record.cover_id is not None,
        ),
        OperationPage(
            "povlacenje",
            gettext_lazy("Withdraw the record"),
            run=_withdraw,
            done=gettext_lazy("Readers no longer find the record."),
            offered=lambda record: record.withdrawn_at is None,
            effects=lambda record: (
                gettext_lazy("Readers no longer find it; harvesters hear that it is gone."),
            ),
            form=ReasonForm,
            dangerous=True,
        ),
        OperationPage(
            "vracanje",
            gettext_lazy("Bring the record back"),
            run=_bring_back,
            done=gettext_lazy("Readers find the record again."),
            offered=lambda record: record.withdrawn_at is not None,
        ),
    )

    def view_on_site(self, obj: Record) -> str | None:
        """The page of the readers."""
        if obj.withdrawn_at is not None:
            return None
        return reverse("library:record", args=[obj.pk])

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's addresses, the way by a number."""
        view = self.admin_site.admin_view(self.by_number_view)
        export = self.admin_site.admin_view(self.export_view)
        return [
            path("po-broju/", view, name="library_record_by_number"),
            path("izvoz/", export, name="library_record_export"),
            *super().get_urls(),
        ]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[type[Inline]]:
        """Issues belong to journals, parts to kits, copies to what is saved."""
        kind = obj.kind if obj else self._kind_of_new(request)
        inlines: list[type[Inline]] = [
            record_inlines.ContributionInline,
            record_inlines.NumberInline,
        ]
        if kind == Record.Kind.JOURNAL:
            inlines.append(record_inlines.IssueInline)
        if kind == Record.Kind.KIT:
            inlines.append(record_inlines.PartInline)
        return [*inlines, record_inlines.CopyInline] if obj else inlines

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Inline]:
        """With room for all rows of a form that is begun."""
        inlines: list[Inline] = super().get_inline_instances(request, obj)
        begun = self._begun(request) if obj is None else None
        if begun is not None:
            for inline in inlines:
                inline.extra = len(record_inlines.rows(inline, begun)) + 1
        return inlines

    def get_queryset(self, request: HttpRequest) -> QuerySet[Record]:
        """Without what only searching and sorting need, and what a lent copy changes meanwhile:
        what is not read is not written back.
        """
        rows: QuerySet[Record] = super().get_queryset(request)
        return rows.defer("search", "sort_azbuka", "sort_abeceda", "folded", "free_copies")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """As readers find them: by title, names and numbers, in either script."""
        if not search_term:
            return queryset, False
        found = search.find(Record.objects.order_by(), search_term)
        return queryset.filter(pk__in=found.keys[:MOST_FOUND]), False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Filled from a record or a number, when the address names one."""
        initial = super().get_changeform_initial_data(request)
        begun = self._begun(request)
        if begun is None:
            return initial
        values = descriptions.columns(begun)
        return {**{name: values[name] for name in values if name not in _NOT_FILLED}, **initial}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Rows of a form that is begun are filled too."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        begun = self._begun(request) if request.method == "GET" and not obj.pk else None
        if begun is not None:
            kwargs["initial"] = record_inlines.rows(inline, begun)
        return kwargs

    def _kind_of_new(self, request: HttpRequest) -> str:
        # A source on the network is not asked for it: what is posted must have the same rows.
        begun = self._begun(request) if "from" in request.GET else None
        return request.GET.get("kind", "") or (begun.kind if begun is not None else "")

    def _begun(self, request: HttpRequest) -> Described | None:
        # Asked for by every part of the form; a source on the network is asked once.
        kept = cast("Any", request)
        if not hasattr(kept, "begun_record"):
            kept.begun_record = self._begin(request)
        begun: Described | None = kept.begun_record
        return begun

    def _begin(self, request: HttpRequest) -> Described | None:
        copied, number = request.GET.get("from", ""), request.GET.get("isbn", "")
        if copied.isdecimal():
            return sources.copied(get_object_or_404(Record, pk=int(copied)))
        form = ByNumberForm({"number": number})
        if not number or not form.is_valid():
            return None
        kind, canonical, printed = form.cleaned_data["number"]
        return sources.described(kind, canonical, printed)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """With the files that were chosen."""
        super().save_model(request, obj, form, change)
        by = _user(request)
        for name in operations.ATTACHED:
            upload = form.upload(f"new_{name}")
            if upload is None:
                continue
            try:
                operations.attach(record=obj, name=name, upload=upload, by=by)
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)

    def save_related(
        self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool
    ) -> None:
        """What is searched follows the rows."""
        super().save_related(request, form, formsets, change)
        operations.keep_in_step(record_id=form.instance.pk, by=_user(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record is withdrawn, and harvesters are told."""
        return False

    def by_number_view(self, request: HttpRequest) -> HttpResponse:
        """What is known of a number: copies of it are added, or a form is begun."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ByNumberForm(request.GET or None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("By ISBN"),
            "form": form,
        }
        if form.is_bound and form.is_valid():
            _kind, number, printed = form.cleaned_data["number"]
            context["held"] = sources.held(number)
            if not context["held"]:
                address = reverse("admin:library_record_add")
                return HttpResponseRedirect(f"{address}?isbn={printed}")
        return TemplateResponse(request, "admin/library/record/by_number.html", context)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """All published records as a file in the format that is asked for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = ExportForm(request.GET or None)
        if form.is_bound and form.is_valid():
            written = Written(form.cleaned_data["format"])
            kind = KINDS[written]
            name = f"biblioteka-{timezone.localdate():%Y-%m-%d}.{kind.suffix}"
            try:
                return StreamingHttpResponse(
                    writing.write(Record.objects.published(), written),
                    content_type=kind.mime_type,
                    headers={"Content-Disposition": f'attachment; filename="{name}"'},
                )
            except TooLong as reason:
                form.add_error("format", str(reason))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Export of the catalogue"),
            "form": form,
        }
        return TemplateResponse(request, "admin/library/record/export.html", context)


def _user(request: HttpRequest) -> User:
    """The person; the admin lets in nobody else."""
    assert isinstance(request.user, User)
    return request.user
