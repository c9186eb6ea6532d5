"""Lists and reports of a seminar, and the year in numbers, for the staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from centar import access
from centar.script import faces
from trainings.forms.reports import YearForm
from trainings.models import Seminar
from trainings.permissions import reports as permissions
from trainings.queries import catalogue
from trainings.queries import year as years
from trainings.reports import seminars, workbooks
from trainings.reports import year as reports


@access.signed_in
@require_GET
def participants_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a place, as a workbook."""
    content = seminars.participants_workbook(_seminar(request, pk), faces.of(request))
    return _file(content, f"ucesnici-{pk}.xlsx", workbooks.MIME_TYPE)


@access.signed_in
@require_GET
def participants_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a place, to print."""
    content = seminars.participants_paper(_seminar(request, pk), faces.of(request))
    return _file(content, f"ucesnici-{pk}.pdf", "application/pdf")


@access.signed_in
@require_GET
def institute_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The report for the national institute."""
    content = seminars.institute_workbook(_seminar(request, pk), faces.of(request))
    return _file(content, f"izvestaj-{pk}.xlsx", workbooks.MIME_TYPE)


def _seminar(request: HttpRequest, pk: int) -> Seminar:
    event = get_object_or_404(catalogue.seminars_visible_to(request.user), pk=pk)
    access.require(permissions.may_read_reports(request.user))
    return event.seminar


@access.signed_in
@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """The year in numbers; the present one unless another is chosen."""
    form, found = _year(request)
    context = {
        "form": form,
        "year": found,
        "figures": reports.figures_of(found),
        "charts": reports.drawings(found),
    }
    return render(request, "trainings/year.html", context)


@access.signed_in
@require_GET
def year_workbook(request: HttpRequest) -> HttpResponse:
    """The year as a workbook."""
    _form, found = _year(request)
    content = reports.workbook(found, faces.of(request))
    return _file(content, f"godina-{found.year}.xlsx", workbooks.MIME_TYPE)


@access.signed_in
@require_GET
def year_paper(request: HttpRequest) -> HttpResponse:
    """The year to print."""
    _form, found = _year(request)
    content = reports.paper(found, faces.of(request))
    return _file(content, f"godina-{found.year}.pdf", "application/pdf")


def _year(request: HttpRequest) -> tuple[YearForm, years.Year]:
    """The chosen year; one that nobody offers counts as the present one."""
    access.require(permissions.may_read_reports(request.user))
    now = timezone.now()
    form = YearForm(request.GET, years=years.years(now))
    chosen = int(form.cleaned_data["godina"]) if form.is_valid() else timezone.localdate(now).year
    return form, years.in_numbers(chosen, now, faces.of(request).order)


def _file(content: bytes, name: str, mime_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
