"""A trainer's own seminars."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centar import access
from centar.events import sheets
from centar.people.models import User
from centar.script import faces
from trainings.queries import trainers as queries


@access.signed_in
@require_safe
def led_seminars(request: HttpRequest) -> HttpResponseBase:
    """What the reader leads and has led; whoever is no trainer is told how one becomes it."""
    assert isinstance(request.user, User)
    context = {
        "is_trainer": queries.is_trainer(request.user),
        "led": queries.led_seminars(request.user, timezone.now()),
    }
    return render(request, "trainings/led_seminars.html", context)


@access.signed_in
@require_safe
def led_seminar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own seminar: who comes, who was there. Another trainer's is not found."""
    assert isinstance(request.user, User)
    event = get_object_or_404(queries.seminars_led_by(request.user), pk=pk)
    ends_at = event.ends_at
    context = {
        "event": event,
        "is_over": ends_at is not None and ends_at <= timezone.now(),
        "attendance": queries.attendance(event, faces.of(request).order),
        "sheets": [(day, sheets.links(day)) for day in event.days],
    }
    return render(request, "trainings/led_seminar.html", context)
