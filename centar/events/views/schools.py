"""The pages of a school's coordinators. Other people's schools are not found."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access, kept_forms
from centar.events import links
from centar.events.applications import paper, queries
from centar.events.views.applications import coordinator_of
from centar.people import operations as people_operations
from centar.people import permissions as people_permissions
from centar.people.forms import ColleagueForm
from centar.people.models import Coordination, CoordinationRequest, Person
from centar.schools.models import School
from centar.script import faces


def _school(request: HttpRequest, pk: int) -> School:
    return get_object_or_404(queries.schools_of(coordinator_of(request)), pk=pk)


@access.signed_in
@never_cache
@require_safe
def schools(request: HttpRequest) -> HttpResponseBase:
    """The school that one coordinates, or the choice among several."""
    mine = list(queries.schools_of(coordinator_of(request)).order_by("sort_azbuka"))
    if not mine:
        raise Http404
    if len(mine) == 1:
        return redirect(links.school_path(mine[0].pk))
    return render(request, "events/schools.html", {"schools": mine})


@access.signed_in
@never_cache
@require_safe
def school_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The school's people and their seminars, to print."""
    own = _school(request, pk)
    response = HttpResponse(
        paper.school_list(own, faces.of(request), timezone.now()), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'inline; filename="spisak.pdf"'
    return response


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def add_colleague(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Somebody without an account becomes one of the school's people."""
    own = _school(request, pk)
    form = ColleagueForm(kept_forms.sent(request))
    if request.method == "POST" and form.is_valid():
        person = people_operations.enter_colleague(
            school=own, about=form.colleague(), by=coordinator_of(request)
        )
        messages.success(request, _("%(person)s is added.") % {"person": person})
        return redirect(links.school_path(own.pk))
    return _colleague_page(request, own, None, form)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def correct_colleague(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is known about somebody of the school without an account."""
    person = _person(request, pk)
    own = person.school
    assert own is not None  # found through the school
    access.require(people_permissions.may_correct(person, coordinator_of(request)))
    form = ColleagueForm(kept_forms.sent(request), person=person)
    if request.method == "POST" and form.is_valid():
        people_operations.correct_colleague(
            person_id=person.pk, about=form.colleague(), by=coordinator_of(request)
        )
        messages.success(request, _("Saved."))
        return redirect(links.school_path(own.pk))
    return _colleague_page(request, own, person, form)


def _person(request: HttpRequest, pk: int) -> Person:
    mine = queries.schools_of(coordinator_of(request))
    people = Person.objects.filter(school__in=mine).select_related("school", "user")
    return get_object_or_404(people, pk=pk)


def _colleague_page(
    request: HttpRequest, own: School, person: Person | None, form: ColleagueForm
) -> HttpResponse:
    context = {"school": own, "person": person, "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/colleague.html", context, status=status)


@access.signed_in
@require_http_methods(["GET", "POST"])
def release_colleague(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The person no longer works at the school; asked once more before it is done."""
    person = _person(request, pk)
    assert person.school is not None  # found through the school
    address = links.school_path(person.school.pk)
    if request.method != "POST":
        context = {"person": person, "school": person.school}
        return render(request, "events/release_colleague.html", context)
    people_operations.release_colleague(person_id=person.pk, by=coordinator_of(request))
    messages.success(
        request, _("%(person)s is no longer among your school's people.") % {"person": person}
    )
    return redirect(address)


@access.signed_in
@require_POST
def answer_request(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Confirm or refuse somebody who asks to coordinate the same school."""
    mine = queries.schools_of(coordinator_of(request))
    asked = get_object_or_404(CoordinationRequest.objects.filter(school__in=mine), pk=pk)
    user = coordinator_of(request)
    try:
        if request.POST.get("answer") == "confirm":
            people_operations.accept_request(request_id=asked.pk, by=user)
            messages.success(request, _("The new coordinator is confirmed and was told."))
        else:
            reason = request.POST.get("reason", "").replace("\0", "")[:1000]
            people_operations.refuse_request(request_id=asked.pk, reason=reason, by=user)
            messages.success(request, _("The request is refused; the person will read why."))
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(links.school_path(asked.school_id))


@access.signed_in
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give up coordinating the school."""
    user = coordinator_of(request)
    own = Coordination.objects.filter(person__user=user, ended_at=None)
    coordination = get_object_or_404(own, school=pk)
    people_operations.end_coordination(coordination_id=coordination.pk, by=user)
    messages.success(request, _("You no longer coordinate this school. Thank you for the work."))
    return redirect("people:profile")
