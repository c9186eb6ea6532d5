"""Pages that look over all apps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from accreditation import notices
from centar import access, kept_forms
from centar.events import kinds
from centar.events import queries as event_queries
from centar.events.applications.queries import schools_of
from centar.events.models import CalendarToken
from centar.people import permissions as people_permissions
from centar.people.models import Person, User
from centar.portal import queries, school_page
from centar.script import faces
from needs_survey import notices as surveys
from trainings.queries import trainers


@access.shared
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is on and open for registration now."""
    return render(request, "portal/home.html", {"home": queries.home_page(timezone.now())})


@access.signed_in
@require_safe
def my_page(request: HttpRequest) -> HttpResponseBase:
    """A person's own events: what to answer, what comes, where one waits, what was."""
    assert isinstance(request.user, User)
    person = Person.objects.filter(user=request.user).select_related("school").first()
    if person is None:
        # An account made for the back office; it has no bookings of its own.
        return redirect("admin:index" if request.user.is_staff else "people:profile")
    remember_trainer(request)
    calendar = CalendarToken.objects.filter(person=person, revoked_at=None).first()
    coordinates = people_permissions.coordinates_any(request.user)
    context = {
        "person": person,
        "mine": event_queries.bookings_of(person, timezone.now()),
        "calendar": calendar,
        "coordinates": coordinates,
        "reviews": notices.sits_in_panels(person),
        **(_calendar_links(request, calendar) if calendar else {}),
        "todo": queries.things_to_do(person, confirmer=request.user if coordinates else None),
    }
    return render(request, "portal/my_page.html", context)


def remember_trainer(request: HttpRequest) -> None:
    """Let the menu of every page know, without asking the database on each, who leads seminars.

    One comes here by signing in, so the answer is never older than that.
    """
    assert isinstance(request.user, User)
    leads = trainers.is_trainer(request.user)
    if request.session.get("leads_seminars", False) != leads:
        request.session["leads_seminars"] = leads


def _calendar_links(request: HttpRequest, calendar: CalendarToken) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("events:personal_feed", args=[calendar.token]))
    # webcal makes a calendar follow the address; https would only fetch it once.
    link = address.replace("https://", "webcal://").replace("http://", "webcal://")
    return {"calendar_address": address, "calendar_link": link}


@access.signed_in
@never_cache
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page of a school, for its coordinators; to others it is not there."""
    assert isinstance(request.user, User)
    own = get_object_or_404(schools_of(request.user), pk=pk)
    page = school_page.school_page(own, request.user, faces.of(request), timezone.now())
    context = {"school": own, "page": page, "surveys": surveys.of(own)}
    return render(request, "portal/school.html", context)


@access.shared
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How registration, the waiting list and certificates work."""
    return render(request, "portal/help.html", {"event_kinds": kinds.every()})


@access.shared
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why and for how long."""
    return render(request, "portal/privacy.html")


@requires_csrf_token
def wrong_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: an old page, or a stranger's form.

    Who has signed in again in another window finds what was typed in the old one.
    """
    # A browser sends no session along with a stranger's form (SameSite).
    if request.user.is_authenticated and kept_forms.keep(request):
        return redirect(request.get_full_path())
    sentence = _("The page had been open too long. Go back, reload it and send the form again.")
    return render(request, "403.html", {"exception": sentence}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed. The page is made from almost nothing, since anything may be what failed."""
    return HttpResponseServerError(render_to_string("500.html", {"face": faces.of(request)}))
