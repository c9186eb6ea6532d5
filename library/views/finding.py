"""Searching and browsing the catalogue."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from centar import access, long_lists
from centar.script import faces, search
from centar.script.latin import to_latin
from centar.sql import TooSlow
from library import narrowing, udc
from library.forms.finding import FindingForm
from library.models import LendingTerms
from library.queries import browsing, finding, lists, suggestions
from library.queries.entries import entries

A_PAGE = 20
NEW_ON_FIRST = 6


@access.everyone
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The catalogue's first page, or what was searched for; every address can be shared."""
    form = FindingForm(request.GET)
    if not form.is_asking:
        new = entries(search.keys_of(browsing.newest()[:NEW_ON_FIRST]))
        context: dict[str, object] = {"form": form, "classes": udc.CLASSES, "new": new}
        context["lists"] = lists.published()[:NEW_ON_FIRST]
        context["place_and_hours"] = LendingTerms.current().place_and_hours
        return long_lists.answer(request, "library/find.html", "library/_start.html", context)
    try:
        found = finding.find(form.wanted, faces.of(request).order)
        page = long_lists.page_of(request, found.keys, A_PAGE, entries)
    except TooSlow:
        found = finding.Found([], is_slow=True)
        page = long_lists.page_of(request, found.keys, A_PAGE, entries)
    context = {
        "form": form,
        "found": found,
        "page": page,
        "groups": narrowing.offered(found, form.wanted, request.GET),
        "chosen": narrowing.chosen(form.wanted, request.GET),
        "sought": found.corrected or form.wanted.query,
    }
    return long_lists.answer(request, "library/find.html", "library/_found.html", context)


@access.everyone
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What may be meant by the letters typed so far, in the reader's script."""
    offers = suggestions.of(request.GET.get("q", ""))
    if faces.of(request).is_latin:
        # Values of options are never converted on the way out: forms post them back.
        offers = [to_latin(offer) for offer in offers]
    return render(request, "library/_suggestions.html", {"offers": offers})


@access.everyone
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """The main classes of the UDC."""
    return render(request, "library/classes.html", {"classes": udc.CLASSES})


@access.everyone
@require_safe
def of_class(request: HttpRequest, notation: str) -> HttpResponse:
    """Records of one number of the UDC and the numbers under it."""
    if not udc.NOTATION.fullmatch(notation) or notation[0] not in udc.CLASSES:
        raise Http404
    keys = browsing.of_notation(notation, faces.of(request).order)
    context = {
        "notation": notation,
        "name": udc.CLASSES[notation[0]],
        "above": udc.above(notation),
        "narrower": browsing.narrower(notation),
        "page": long_lists.page_of(request, keys, A_PAGE, entries),
        "is_more": len(keys) == finding.MOST,
    }
    return render(request, "library/class.html", context)


@access.everyone
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """What has come into the catalogue, the newest first."""
    keys = search.keys_of(browsing.newest()[: finding.MOST])
    page = long_lists.page_of(request, keys, A_PAGE, entries)
    return render(request, "library/new.html", {"page": page})
