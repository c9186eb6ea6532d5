"""Reading lists of the staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from centar import access
from centar.events.models import Event
from library.queries import lists as queries
from library.queries.entries import entries


@access.everyone
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """All lists."""
    return render(request, "library/lists.html", {"lists": queries.published()})


@access.everyone
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A list with its records, in the order of the staff."""
    found = get_object_or_404(queries.published(), pk=pk)
    notes = dict(found.entries.order_by("order", "pk").values_list("record_id", "note"))
    rows = [(entry, notes[entry.pk]) for entry in entries(list(notes))]
    # What is still a draft is named to nobody.
    event = Event.objects.published().filter(reading_lists=found).first()
    return render(request, "library/list.html", {"list": found, "event": event, "rows": rows})
