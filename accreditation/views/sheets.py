"""The decision sheet of a call: a page, a workbook, CSV, and minutes to be signed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accreditation import sheets
from accreditation.models import Call
from accreditation.permissions import reviews as permissions
from accreditation.queries import reviews as reviews_
from accreditation.queries import sheets as queries
from accreditation.queries.sheets import Sheet
from accreditation.views.visitors import user_of
from centar import access
from centar.script import faces
from trainings.reports.workbooks import MIME_TYPE


@access.signed_in
@never_cache
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every submitted proposal of the call and how it stands."""
    found = _sheet(request, pk)
    context = {
        "sheet": found,
        "call": found.call,
        "phases": reviews_.phases_of(found.call),
        "may_read_all": permissions.may_read_all(request.user),
    }
    return render(request, "accreditation/sheet.html", context)


@access.signed_in
@never_cache
@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as XLSX."""
    content = sheets.workbook(_sheet(request, pk), faces.of(request))
    return _file(content, MIME_TYPE, f"odluke-{pk}.xlsx")


@access.signed_in
@never_cache
@require_safe
def csv_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as CSV."""
    content = sheets.csv_file(_sheet(request, pk), faces.of(request))
    return _file(content, "text/csv; charset=utf-8", f"odluke-{pk}.csv")


@access.signed_in
@never_cache
@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is decided, to print and sign."""
    content = sheets.minutes(_sheet(request, pk), faces.of(request), timezone.now())
    return _file(content, "application/pdf", f"zapisnik-{pk}.pdf", how="inline")


def _sheet(request: HttpRequest, pk: int) -> Sheet:
    """The sheet of a call that the user may read; others are not found."""
    call = get_object_or_404(Call, pk=pk)
    if not permissions.may_read_sheet(call, request.user):
        raise Http404
    user = user_of(request)
    panels = [phase.panel for phase in reviews_.phases_of(call)]
    is_blind = any(permissions.is_blind(panel, user) for panel in panels)
    return queries.of_call(call, user, is_blind=is_blind)


def _file(content: bytes, mime_type: str, name: str, how: str = "attachment") -> HttpResponse:
    answer = HttpResponse(content, content_type=mime_type)
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
