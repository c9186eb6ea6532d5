"""Files of records in the back office: brought in, looked at, confirmed, followed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Func, IntegerField, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User
from centar.sheets import writing
from library.forms.imports import ConfirmForm, OtherwiseForm, UploadForm
from library.models import ImportRow, ImportRun
from library.operations import imports as operations

SHOWN = 100
"""Rows on one page."""
State = ImportRun.State


def _confirm(run: ImportRun, by: Any, fields: dict[str, Any]) -> ImportRun:
    return operations.confirm(
        run_id=run.pk,
        changes_held=fields["changes_held"],
        takes_copies=fields["takes_copies"],
        by=by,
    )


def _otherwise(run: ImportRun, by: Any, fields: dict[str, Any]) -> ImportRun:
    return operations.read_otherwise(
        run_id=run.pk, format=fields["format"], encoding=fields["encoding"], by=by
    )


def _stop(run: ImportRun, by: Any, fields: dict[str, Any]) -> ImportRun:
    return operations.stop(run_id=run.pk, by=by)


def _go_on(run: ImportRun, by: Any, fields: dict[str, Any]) -> ImportRun:
    return operations.go_on(run_id=run.pk, by=by)


@admin.register(ImportRun)
class ImportRunAdmin(OperationsAdmin):
    """Imports, the newest in front."""

    list_display = ("file_name", "format", "state", "written", "total", "created_at", "created_by")
    list_filter = ("state", "format")
    list_select_related = ("created_by",)
    search_fields = ("file_name",)
    actions = None
    change_form_template = "admin/library/importrun/change_form.html"
    fields = (
        "file_name", "format", "encoding", "state", "trouble", "written", "total",
        "changes_held", "takes_copies", "created_at", "created_by", "confirmed_at", "confirmed_by",
        "finished_at",
    )  # fmt: skip
    operation_pages = (
        OperationPage(
            "uvoz",
            gettext_lazy("Import"),
            run=_confirm,
            done=gettext_lazy("The worker imports the file; this page shows how far it is."),
            offered=lambda run: run.state == State.READ,
            effects=lambda run: (
                gettext_lazy("New records come into the catalogue."),
                gettext_lazy("Records that cannot be imported are left out and listed."),
            ),
            form=ConfirmForm,
        ),
        OperationPage(
            "drugacije",
            gettext_lazy("Read it otherwise"),
            run=_otherwise,
            done=gettext_lazy("The worker reads the file anew."),
            offered=lambda run: run.is_only_looked_at,
            form=OtherwiseForm,
            form_arguments=lambda run: {"run": run},
        ),
        OperationPage(
            "zaustavljanje",
            gettext_lazy("Stop"),
            run=_stop,
            done=gettext_lazy("The worker stops; what is written stays."),
            offered=lambda run: run.state in ImportRun.AT_WORK,
        ),
        OperationPage(
            "nastavak",
            gettext_lazy("Go on"),
            run=_go_on,
            done=gettext_lazy("The worker goes on where it was stopped."),
            offered=lambda run: run.state == State.STOPPED,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's addresses, the report as a file."""
        view = self.admin_site.admin_view(self.report_view)
        name = "library_importrun_report"
        return [path("<int:object_id>/izvestaj.csv", view, name=name), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything."""
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        """Without the files themselves."""
        return super().get_queryset(request).defer("content")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Choose the file; what it would do is shown next."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        assert isinstance(request.user, User)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                # Before its bytes are in the memory.
                operations.check_size(file.size)
                run = operations.upload(
                    file_name=file.name or "", content=file.read(), by=request.user
                )
            except Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                return HttpResponseRedirect(self._address("change", run.pk))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": _("Import a file"),
        }
        return TemplateResponse(request, "admin/library/importrun/upload.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The file with its rows: before the import what they would do, then what they did."""
        run = self.get_object(request, object_id)
        shown = extra_context or {}
        if run is not None and self.has_view_permission(request, run):
            if request.htmx:  # type: ignore[attr-defined]
                return _progress(request, run)
            shown |= _rows(request, run)
        return super().change_view(request, object_id, form_url, shown)

    def report_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """What became of every row, as CSV."""
        run = self.get_object(request, str(object_id))
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        headings = [
            str(ImportRow._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in (
                "place",
                "title",
                "verdict",
                "outcome",
                "copies_written",
                "reason",
                "record",
            )
        ]
        rows = run.rows.order_by("place").defer("described")
        cells = (
            [
                row.place,
                row.title,
                row.get_verdict_display(),
                row.get_outcome_display(),
                row.copies_written,
                row.reason,
                row.record_id or "",
            ]
            for row in rows.iterator()
        )
        name = f'attachment; filename="uvoz-{run.pk}.csv"'
        return HttpResponse(
            writing.as_csv(headings, cells),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": name},
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever brings files in also steers them."""
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what was never imported can be thrown away."""
        is_looked_at = obj is None or obj.is_only_looked_at
        return is_looked_at and self.has_add_permission(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the operation, which leaves its record."""
        assert isinstance(request.user, User)
        operations.discard(run_id=obj.pk, by=request.user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Its rows go with it; there may be thousands, which nobody wants listed."""
        return [str(obj) for obj in objs], {}, set(), []


def _progress(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """How far the worker is, asked for every few seconds; the whole page once it has finished."""
    if run.state not in ImportRun.AT_WORK:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "admin/library/importrun/_progress.html", {"run": run})


def _rows(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    counted = run.rows.order_by().values("verdict", "outcome").annotate(number=Count("pk"))
    verdicts, outcomes = dict.fromkeys(ImportRow.Verdict, 0), dict.fromkeys(ImportRow.Outcome, 0)
    for one in counted:
        verdicts[ImportRow.Verdict(one["verdict"])] += one["number"]
        if one["outcome"]:
            outcomes[ImportRow.Outcome(one["outcome"])] += one["number"]
    named = Func(F("described__copies"), function="jsonb_array_length", output_field=IntegerField())
    rows = run.rows.order_by("place").defer("described").annotate(copies_named=named)
    only = request.GET.get("only", "")
    if only in ImportRow.Verdict.values:
        rows = rows.filter(verdict=only)
    paginator = Paginator(rows, SHOWN)
    return {
        "verdicts": [(one.label, one.value, number) for one, number in verdicts.items()],
        "outcomes": [(one.label, number) for one, number in outcomes.items()],
        "only": only,
        "rows": paginator.get_page(request.GET.get("page")),
        "is_at_work": run.state in ImportRun.AT_WORK,
        "copies": run.rows.aggregate(number=Sum("copies_written"))["number"],
        "run": run,
    }
