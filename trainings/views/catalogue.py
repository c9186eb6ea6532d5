"""The public catalogue and the seminars."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centar import access, long_lists
from centar.events import beside, permissions
from centar.events import queries as event_queries
from centar.people import permissions as people_permissions
from centar.people import queries as people_queries
from centar.people.models import User
from centar.script import faces, search
from trainings import lists, origins
from trainings.forms.filters import CatalogueFilter, SeminarFilter
from trainings.models import Programme
from trainings.queries import catalogue as queries

PROGRAMMES_A_PAGE = 20
SEMINARS_A_PAGE = 20


@access.shared
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of programmes; the address of a filtered list can be shared."""
    form = CatalogueFilter(request.GET)
    found = queries.find_programmes(form.filters, faces.of(request).order)
    read = partial(lists.programmes, now=timezone.now())
    page = long_lists.page_of(request, found.keys, PROGRAMMES_A_PAGE, read)
    context = {"form": form, "page": page, "approximate": found.approximate}
    return long_lists.answer(
        request, "trainings/catalogue.html", "trainings/_programmes.html", context
    )


@access.shared
@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme with its coming seminars."""
    rows = Programme.objects.published().select_related("area", "cycle")
    rows = rows.prefetch_related("competences", "priority_areas", "trainers")
    found = get_object_or_404(rows, pk=pk)
    coming = queries.coming_seminars_of(found, timezone.now())
    context = {
        "programme": found,
        "seminars": lists.seminars(search.keys_of(coming)),
        "origins": origins.of(found, request.user),
    }
    return render(request, "trainings/programme.html", context)


@access.shared
@require_safe
def seminars(request: HttpRequest) -> HttpResponse:
    """The seminars, the coming ones first."""
    now = timezone.now()
    months, places = lists.seminar_choices(now)
    form = SeminarFilter(request.GET, months=months, places=places)
    found = queries.find_seminars(form.filters, now)
    page = long_lists.page_of(request, found.keys, SEMINARS_A_PAGE, lists.seminars)
    context = {"form": form, "page": page, "approximate": found.approximate, "now": now}
    return long_lists.answer(
        request, "trainings/seminars.html", "trainings/_seminars.html", context
    )


@access.shared
@require_safe
def seminar(request: HttpRequest, pk: int) -> HttpResponse:
    """One seminar: days, place, trainers, fee, free places, and the way in."""
    now = timezone.now()
    event = get_object_or_404(queries.seminars_visible_to(request.user), pk=pk)
    user = request.user if isinstance(request.user, User) else None
    person = people_queries.person_of(user) if user is not None else None
    coordinates = user is not None and people_permissions.coordinates_any(user)
    context = {
        "event": event,
        "seminar": event.seminar,
        "programme": lists.programme_of_seminar(event.pk),
        # Coordinators of some schools may be let in before everybody else.
        "may_register": permissions.may_register(event, user if coordinates else None, now),
        "coordinates": coordinates,
        "beside": beside.of(event.pk),
        "own": event_queries.live_booking(event, person),
        "now": now,
    }
    return render(request, "trainings/seminar.html", context)
