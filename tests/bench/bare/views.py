"""One row on a page, and the least that an order can be."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tests.bench.bare.models import Hall, Seat


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A page with one row."""
    return render(request, "page.html", {"hall": get_object_or_404(Hall, pk=pk)})


def order(request: HttpRequest, pk: int) -> HttpResponse:
    """A form; sent, it takes the lock, counts and inserts."""
    if request.method != "POST":
        return render(request, "form.html", {"hall": get_object_or_404(Hall, pk=pk)})
    with transaction.atomic():
        hall = Hall.objects.select_for_update().get(pk=pk)
        is_placed = Seat.objects.filter(hall=hall, is_placed=True).count() < hall.capacity
        seat = Seat.objects.create(hall=hall, is_placed=is_placed)
    return redirect("answer", pk=seat.pk)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of the order."""
    seat = get_object_or_404(Seat.objects.select_related("hall"), pk=pk)
    return render(request, "answer.html", {"seat": seat})
