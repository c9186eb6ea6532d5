from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from centar import access, kept_forms
from centar.people import operations, permissions, queries
from centar.people.forms import ProfileForm, RequestForm, SchoolSearchForm
from centar.people.models import Person, User
from centar.script import faces


@access.signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponseBase:
    """One's own profile. Without JavaScript a second button looks for schools."""
    user = request.user
    assert isinstance(user, User)
    if request.method != "POST":
        known = queries.own_person(user)
        person = known or Person(user=user)
        search = queries.SchoolSearch(chosen=person.school)
        form = ProfileForm(instance=person, initial={"face": user.face}, search=search)
        return _profile_page(request, form, known)
    search = SchoolSearchForm(request.POST).search(faces.of(request))
    if "find_school" in request.POST:
        form = ProfileForm.draft(request.POST, search)
        return _profile_page(request, form, queries.own_person(user))
    form = ProfileForm(request.POST, search=search)
    if not form.is_valid():
        return _profile_page(request, form, queries.own_person(user), status=422)
    operations.revise_profile(
        user=user, profile=form.profile(), face=form.cleaned_data["face"], by=user
    )
    messages.success(request, _("Your profile is saved."))
    return redirect("people:profile")


def _profile_page(
    request: HttpRequest, form: ProfileForm, person: Person | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "search": form.search,
        "person": person,
        "standing": queries.coordination_standing(person) if person is not None else None,
    }
    return render(request, "people/profile.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def schools(request: HttpRequest) -> HttpResponseBase:
    """The schools that the typed words find, as a fragment for the profile's form."""
    search = SchoolSearchForm(request.GET).search(faces.of(request))
    return render(request, "people/_schools.html", {"search": search})


@access.signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_coordinate(request: HttpRequest) -> HttpResponseBase:
    """Ask to apply for the people of one's own school; shows how the last request stands."""
    user = request.user
    assert isinstance(user, User)
    person = queries.own_person(user)
    if person is None or person.school is None:
        messages.info(request, _("Choose your school in the profile first."))
        return redirect("people:profile")
    form = RequestForm(kept_forms.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_to_coordinate(
                person=person, school=person.school, sentence=form.cleaned_data["sentence"], by=user
            )
        except access.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is sent. The answer comes by letter."))
            return redirect("people:ask_to_coordinate")
    context = {
        "person": person,
        "form": form,
        "standing": queries.coordination_standing(person),
        "verdict": permissions.may_ask_to_coordinate(person, person.school, user),
    }
    status = 422 if form.errors else 200
    return render(request, "people/ask_to_coordinate.html", context, status=status)
