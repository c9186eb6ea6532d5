"""Import and export of the catalogue in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from centar.access import Refusal, require
from centar.people.models import User
from trainings.catalogue_files import headings, operations, permissions, plan, writing
from trainings.catalogue_files.formats import CsvFormat, ProgrammeResource, XlsxFormat
from trainings.catalogue_files.forms import ConfirmForm, FileForm
from trainings.catalogue_files.plan import Plan
from trainings.catalogue_files.sheets import Sheet
from trainings.models import Programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CatalogueFilesAdmin(ImportExportMixin, admin.ModelAdmin[Any]):  # type: ignore[misc]
    """Addresses and buttons are django-import-export's; what they do for an import is ours."""

    export_template_name = "admin/trainings/programme/export.html"
    export_form_class = ExportForm
    resource_classes = [ProgrammeResource]
    actions = ("export_selected_xlsx", "export_selected_csv")

    def get_urls(self) -> list[URLPattern]:
        """Beside import and export, the empty template."""
        view = self.admin_site.admin_view(self.template_view)
        name = "trainings_programme_import_template"
        return [path("import/obrazac.xlsx", view, name=name), *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """As the operation will ask again."""
        return bool(permissions.may_import(_user(request)))

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whoever sees the list may take it away."""
        return bool(self.has_view_permission(request))

    def get_export_formats(self) -> list[type]:
        """Those that can be imported again."""
        return [XlsxFormat, CsvFormat]

    def get_export_filename(
        self, request: HttpRequest, queryset: QuerySet[Programme], file_format: Any
    ) -> str:
        """With the day, so that older exports can be told apart."""
        return f"katalog-{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"

    def export_selected(
        self, request: HttpRequest, queryset: QuerySet[Programme], file_format: Any
    ) -> HttpResponse | None:
        """The chosen programmes as a file, or a sentence on the list."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            response: HttpResponse = self._do_file_export(file_format, request, queryset)
        except writing.TooLong as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return None
        return response

    @admin.action(permissions=["view"], description=gettext_lazy("Export as Excel (XLSX)"))
    def export_selected_xlsx(
        self, request: HttpRequest, queryset: QuerySet[Programme]
    ) -> HttpResponse | None:
        """As a workbook."""
        return self.export_selected(request, queryset, XlsxFormat())

    @admin.action(permissions=["view"], description=gettext_lazy("Export as text (CSV)"))
    def export_selected_csv(
        self, request: HttpRequest, queryset: QuerySet[Programme]
    ) -> HttpResponse | None:
        """As text."""
        return self.export_selected(request, queryset, CsvFormat())

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """A workbook with nothing but the headings."""
        require(permissions.may_import(_user(request)))
        name = 'attachment; filename="obrazac-kataloga.xlsx"'
        return HttpResponse(
            writing.as_xlsx([]), content_type=XLSX, headers={"Content-Disposition": name}
        )

    def import_action(self, request: HttpRequest) -> HttpResponse:
        """The first step: choose the file; then see what it would do."""
        require(permissions.may_import(_user(request)))
        if request.method != "POST":
            return self._choose(request, FileForm())
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._choose(request, form)
        sheet = form.cleaned_data["file"]
        return self._preview(request, sheet, plan.make(sheet))

    def process_import(self, request: HttpRequest) -> HttpResponse:
        """The second step: write exactly what was previewed."""
        user = _user(request)
        require(permissions.may_import(user))
        confirm = ConfirmForm(request.POST, by=user)
        if not confirm.is_valid():
            messages.error(request, " ".join(map(str, confirm.errors["preview"])))
            return HttpResponseRedirect(reverse("admin:trainings_programme_import"))
        sheet, previewed = confirm.cleaned_data["preview"]
        try:
            with transaction.atomic():
                done = operations.import_catalogue(sheet=sheet, previewed=previewed, by=user)
                self._log(user, done, sheet)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return self._preview(request, sheet, plan.make(sheet))
        messages.success(
            request,
            _("Imported: %(new)d new programmes, %(changed)d changed, %(same)d as they were.")
            % {"new": len(done.created), "changed": len(done.changed), "same": done.unchanged},
        )
        return HttpResponseRedirect(reverse("admin:trainings_programme_changelist"))

    def _log(self, user: User, done: operations.Imported, sheet: Sheet) -> None:
        """Each programme's history, which also tells who was faster than somebody's editing."""
        message = _("Imported from the file %(file)s.") % {"file": sheet.name}
        LogEntry.objects.log_actions(user.pk, done.created, ADDITION, message)
        LogEntry.objects.log_actions(user.pk, done.changed, CHANGE, message)

    def _choose(self, request: HttpRequest, form: FileForm) -> HttpResponse:
        context = {
            **self._context(request),
            "title": _("Import of the catalogue"),
            "form": form,
            "columns": headings.ALL,
            "needed": headings.NEEDED,
        }
        return TemplateResponse(request, "admin/trainings/programme/import.html", context)

    def _preview(self, request: HttpRequest, sheet: Sheet, planned: Plan) -> HttpResponse:
        confirm = ConfirmForm(by=_user(request))
        if planned.can_be_imported:
            confirm.offer(sheet, planned)
        context = {
            **self._context(request),
            "title": _("Preview of the import"),
            "subtitle": sheet.name,
            "plan": planned,
            "confirm": confirm,
        }
        return TemplateResponse(request, "admin/trainings/programme/import_preview.html", context)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        request.current_app = self.admin_site.name
        return {**self.admin_site.each_context(request), "opts": self.opts}


def _user(request: HttpRequest) -> User:
    """The person; the admin lets in nobody else."""
    assert isinstance(request.user, User)
    return request.user
