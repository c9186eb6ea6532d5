"""What the desk looks up: the shelf of reservations, what is late, and the numbers of a year."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from centar import access
from centar.script import faces
from centar.script.latin import to_latin
from centar.sheets import writing
from library import reports
from library.exchange.writing import KINDS, Written
from library.queries import desk, statistics
from library.views.desk import librarian

MOST_LATE = 500


@access.signed_in
@never_cache
@require_safe
def aside(request: HttpRequest) -> HttpResponseBase:
    """What stands on the shelf of reservations; whatever else stands there has to leave it."""
    librarian(request)
    return render(request, "library/aside.html", {"aside": desk.put_aside()})


@access.signed_in
@never_cache
@require_safe
def overdue(request: HttpRequest) -> HttpResponseBase:
    """What should have come back before today, and what was lost and is not made good yet."""
    librarian(request)
    today = timezone.localdate()
    late = [desk.OpenLoan(loan, loan.days_late(today)) for loan in desk.overdue(today)[:MOST_LATE]]
    return render(request, "library/overdue.html", {"late": late, "losses": desk.losses()})


@access.signed_in
@never_cache
@require_safe
def overdue_table(request: HttpRequest) -> HttpResponseBase:
    """What is late as a table for a spreadsheet, all of it, in the reader's script."""
    librarian(request)
    written = _written(request)
    today = timezone.localdate()
    title = pgettext("of a publication", "Title")
    head = (_("Number"), title, _("Member"), _("Letters go to"), _("Until"), _("Days late"))
    rows = (
        (
            loan.copy.accession_number,
            written(loan.copy.title),
            written(str(loan.member)),
            loan.member.letters_to if loan.member else "",
            f"{loan.due_on:%d.%m.%Y.}",
            loan.days_late(today),
        )
        for loan in desk.overdue(today)
    )
    return HttpResponse(
        writing.as_csv([*map(written, head)], rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="kasne-{today:%Y-%m-%d}.csv"'},
    )


@access.signed_in
@never_cache
@require_safe
def year(request: HttpRequest) -> HttpResponseBase:
    """The numbers of a year, on the page or as a workbook; of the present one unless another is
    named in which the library lent.
    """
    librarian(request)
    years = statistics.years(timezone.localdate())
    asked = request.GET.get("year", "")
    chosen = next((one for one in years if str(one) == asked), years[0])
    found = statistics.of_year(chosen)
    if request.GET.get("format") == "xlsx":
        return HttpResponse(
            reports.workbook(found, _written(request)),
            content_type=KINDS[Written.XLSX].mime_type,
            headers={"Content-Disposition": f'attachment; filename="biblioteka-{chosen}.xlsx"'},
        )
    context = {
        "years": years,
        "year": found,
        "figures": reports.figures(found),
        "chart": reports.by_month(found),
        "tables": reports.tables(found),
    }
    return render(request, "library/year.html", context)


def _written(request: HttpRequest) -> Callable[[str], str]:
    return to_latin if faces.of(request).is_latin else str
