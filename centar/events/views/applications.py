"""A coordinator applies for several colleagues: the list, the preview, sending."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from centar import access, kept_forms
from centar.events import links, permissions
from centar.events.applications import effects, matching, queries
from centar.events.applications.drafts import Typed
from centar.events.applications.forms import PasteForm, SendForm, typed_in
from centar.events.applications.pasting import Row
from centar.events.models import ApplicationDraft, Booking, BookingGroup, Event
from centar.events.operations import applications
from centar.people.models import User
from centar.schools.models import School
from centar.script import faces

Policy = BookingGroup.Policy
ROWS_AT_FIRST = 1
ROWS_MORE = 3


def coordinator_of(request: HttpRequest) -> User:
    """The signed-in user; the schools come from `queries.schools_of`."""
    assert isinstance(request.user, User)
    return request.user


def _found(request: HttpRequest, pk: int) -> tuple[User, Event, School]:
    """The event and the school that `?skola=` names, or the only one; others' are not found."""
    user = coordinator_of(request)
    event = get_object_or_404(Event.objects.published(), pk=pk)
    schools = queries.schools_of(user).order_by("sort_azbuka")
    named = request.GET.get("skola", "")
    if named.isdecimal() and len(named) < 10:
        schools = schools.filter(pk=int(named))
    school = schools.first()
    return user, event, get_object_or_404(schools, pk=school.pk if school else None)


def _address(name: str, event: Event, school: School) -> str:
    return f"{reverse(name, args=[event.pk])}?skola={school.pk}"


def _draft(user: User, event: Event, school: School) -> ApplicationDraft | None:
    unsent = ApplicationDraft.objects.filter(group=None, created_by=user)
    return unsent.filter(event=event, school=school).first()


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list: known people, rows by hand, a paste. Every button keeps what was typed."""
    user, event, school = _found(request, pk)
    draft = _draft(user, event, school)
    typed = Typed.of(draft.typed) if draft else Typed()
    sent = kept_forms.sent(request)
    if sent is not None:
        typed = typed_in(sent, typed)
    if request.method == "POST":
        form = PasteForm(sent)
        if not form.is_valid():
            return _list_page(request, event, school, typed, form)
        applications.keep_draft(event_id=event.pk, school=school, typed=typed.kept(), by=user)
        if "preview" in request.POST:
            return redirect(_address("events:application_preview", event, school))
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204)
    return _list_page(request, event, school, typed, PasteForm(initial={"pasted": typed.pasted}))


def _list_page(
    request: HttpRequest, event: Event, school: School, typed: Typed, form: PasteForm
) -> HttpResponse:
    asked = request.POST.get("q", "")
    people = queries.people_of(school, faces.of(request))
    found = {person.pk for person in queries.people_of(school, faces.of(request), asked)}
    more = ROWS_MORE if "more" in request.POST else ROWS_AT_FIRST
    rows = [row for row in typed.rows if not row.is_empty]
    context = {
        "event": event,
        "school": school,
        "verdict": permissions.may_register(event, coordinator_of(request), timezone.now()),
        # Who is chosen stays on the page, whatever is searched for.
        "people": [one for one in people if one.pk in found or one.pk in typed.chosen],
        "chosen": typed.chosen,
        "registered": set(event.bookings.live().values_list("person_id", flat=True)),
        "q": asked,
        "rows": [*rows, *[Row()] * more],
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "events/application_list.html", context, status=status)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who was recognised, what is missing, and what sending would do; then sending."""
    user, event, school = _found(request, pk)
    draft = _draft(user, event, school)
    if draft is None:
        return _after_sending(request, user, event, school)
    form = SendForm(kept_forms.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            group = applications.send(
                draft_id=draft.pk,
                policy=Policy(form.cleaned_data["policy"]),
                payer=Booking.Payer(form.cleaned_data["payer"]),
                by=user,
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            _say_outcome(request, group, form.cleaned_data.get(f"seen_{group.policy}"))
            return redirect(links.application_path(group))
    return _preview_page(request, event, school, draft, form)


def _after_sending(
    request: HttpRequest, user: User, event: Event, school: School
) -> HttpResponseBase:
    """After a second click, "back" or a reload: the application that was sent, else the list."""
    sent = queries.applications_of(user).filter(event=event, school=school, created_by=user)
    last = sent.order_by("-pk").first()
    if request.method == "POST" and last is not None:
        messages.info(request, _("The application is sent already; here it is."))
        return redirect(links.application_path(last))
    return redirect(_address("events:apply", event, school))


def _preview_page(
    request: HttpRequest, event: Event, school: School, draft: ApplicationDraft, form: SendForm
) -> HttpResponse:
    typed, now = Typed.of(draft.typed), timezone.now()
    judged = matching.judged(event, school, typed.chosen, typed.everybody())
    size = sum(one.is_going for one in judged)
    options = [
        {
            "value": policy.value,
            "label": policy.label,
            "effect": effects.sentence(event, size, policy, now) if size else "",
            "placed": effects.effect(event, size, policy, now).placed,
        }
        for policy in Policy
    ]
    context = {
        "event": event,
        "school": school,
        "judged": judged,
        "size": size,
        "wrong": any(one.standing == matching.Standing.WRONG for one in judged),
        "free": effects.free_places(event),
        "policies": options,
        "payers": Booking.Payer.choices,
        "form": form,
        "verdict": permissions.may_register(event, coordinator_of(request), now),
    }
    status = 422 if form.errors else 200
    return render(request, "events/application_preview.html", context, status=status)


def _say_outcome(request: HttpRequest, group: BookingGroup, seen: int | None) -> None:
    placed = group.bookings.filter(state=Booking.State.PLACED).count()
    if seen is not None and seen != placed:
        messages.warning(
            request, _("Places changed while you were reading. This is how it stands now.")
        )
    words = ngettext(
        "The application is sent: %(placed)d person has a place.",
        "The application is sent: %(placed)d people have a place.",
        placed,
    )
    messages.success(request, words % {"placed": placed})
