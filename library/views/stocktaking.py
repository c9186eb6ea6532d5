"""Looking through the shelves with a bar-code reader in the hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from centar import access
from centar.script import faces
from centar.script.latin import to_latin
from centar.sheets import writing
from library.forms.lending import ScanForm, ShelfRangeForm
from library.models import StockTaking
from library.operations import stocktaking as operations
from library.queries import stocktaking as queries
from library.views.desk import librarian
from library.views.members import done


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def takings(request: HttpRequest) -> HttpResponseBase:
    """All walks along the shelves, and the beginning of a new one."""
    by = librarian(request)
    form = ShelfRangeForm(request.POST or None)
    begun: list[StockTaking] = []
    if request.method == "POST" and done(
        form, lambda: begun.append(operations.begin(by=by, **form.cleaned_data))
    ):
        return redirect("library:stocktaking", begun[0].pk)
    context = {"takings": StockTaking.objects.all()[:50], "form": form}
    return render(request, "library/stocktakings.html", context)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def taking(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Scan what stands on the shelf; see what is missing and what stands wrong."""
    by = librarian(request)
    one = get_object_or_404(StockTaking, pk=pk)
    form = ScanForm(request.POST or None)
    if request.method == "POST" and request.POST.get("action") == "finish":
        operations.finish(stocktaking_id=one.pk, by=by)
        messages.success(request, _("The stock-taking is finished."))
        return redirect("library:stocktaking", pk)
    last = None
    if request.method == "POST" and form.is_valid():
        try:
            last = operations.see(stocktaking_id=one.pk, code=form.cleaned_data["code"], by=by)
        except access.Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            form = ScanForm()
    context = {"taking": one, "found": queries.report(one), "last": last, "form": form}
    template = "library/_stocktaking.html" if request.htmx else "library/stocktaking.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@access.signed_in
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report as a table for a spreadsheet, in the reader's script."""
    librarian(request)
    one = get_object_or_404(StockTaking, pk=pk)
    written = to_latin if faces.of(request).is_latin else str
    title = pgettext("of a publication", "Title")
    head = (_("What"), _("Number"), _("Shelf mark"), title)
    rows = queries.rows(queries.report(one, is_whole=True))
    return HttpResponse(
        writing.as_csv([*map(written, head)], ([*map(written, row)] for row in rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="popis-{one.pk}.csv"'},
    )
