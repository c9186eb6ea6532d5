"""A person's way through a booking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from centar import access, kept_forms
from centar.documents import qr
from centar.events import kinds, links, permissions, queries
from centar.events.forms import RegistrationForm
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from centar.people import operations as people_operations
from centar.people import queries as people_queries
from centar.people.models import Person, User

State = Booking.State


def account_of(request: HttpRequest) -> tuple[User, Person]:
    """The signed-in user and own person; staff accounts without one have nothing to book."""
    user = request.user
    assert isinstance(user, User)
    person = people_queries.person_of(user)
    if person is None:
        raise Http404
    return user, person


@access.signed_in
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Register oneself: what it will mean is shown before sending."""
    user, person = account_of(request)
    event = get_object_or_404(Event.objects.visible_to(user).with_seats(), pk=pk)
    verdict = permissions.may_register(event, user, timezone.now())
    # An empty form is a form too: nothing in it has to be filled in.
    form = RegistrationForm(kept_forms.sent(request), event=event, person=person)
    if request.method == "POST" and verdict and form.is_valid():
        try:
            return redirect(links.booking_path(_enrol(form, event, person, user)))
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
    # After a double click too, whoever is in sees the booking instead of a form.
    own = queries.live_booking(event, person)
    if own is not None:
        if request.method == "POST":
            messages.info(request, _("You are already registered; here is your booking."))
        return redirect(links.booking_path(own))
    context = {
        "event": event,
        "form": form,
        "verdict": verdict,
        "person": person,
        "next_position": event.waiting + 1,
    }
    status = 200 if verdict and not form.errors else 422 if form.errors else 409
    return render(request, "events/register.html", context, status=status)


def _enrol(form: RegistrationForm, event: Event, person: Person, user: User) -> Booking:
    if form.needs_birth:
        person = people_operations.complete_birth(
            person=person,
            birth_date=form.cleaned_data["birth_date"],
            birth_place=form.cleaned_data["birth_place"],
            by=user,
        )
    payer = Booking.Payer(form.cleaned_data.get("payer", Booking.Payer.PERSON))
    return bookings.enrol(
        event_id=event.pk, person=person, by=user, note=form.cleaned_data["note"], payer=payer
    )


def own_booking(request: HttpRequest, pk: int) -> Booking:
    """The reader's own booking; anybody else's is not found."""
    _user, person = account_of(request)
    own = get_object_or_404(person.bookings.select_related("event"), pk=pk)
    own.person = person
    return own


@access.signed_in
@require_GET
def booking(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page of one's own booking: where it stands and what can be done."""
    return _booking_page(request, own_booking(request, pk))


def _booking_page(
    request: HttpRequest, own: Booking, *, token: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    user = request.user if isinstance(request.user, User) else None
    context = {
        "booking": own,
        "event": own.event,
        "is_over": _is_over(own.event, now),
        "turn": queries.turn(own) if own.state == State.WAITING else None,
        "may_answer": permissions.may_answer(own, now),
        "may_withdraw": permissions.may_withdraw(own, user, now),
        "token": token,
        "handouts": _handouts(own, user),
        "ticket": "" if token else _ticket(own, now),
    }
    template = "events/offer.html" if token else "events/booking.html"
    return render(request, template, context, status=status)


def _handouts(own: Booking, user: User | None) -> Sequence[kinds.Handout]:
    """The files of the event, for somebody with a place."""
    if user is None or own.state != State.PLACED:
        return ()
    return kinds.get(own.event.kind).handouts(own.event, user)


def _is_over(event: Event, now: datetime) -> bool:
    return event.ends_at is not None and event.ends_at <= now


def _ticket(own: Booking, now: datetime) -> SafeString | str:
    """The code for the entrance as a drawing; nothing without a place or after the event."""
    if own.state != State.PLACED or own.event.ends_at is None or _is_over(own.event, now):
        return ""
    return mark_safe(qr.screen_svg(links.ticket(own)))  # noqa: S308  # lines only, no words


@access.signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the place or the turn back."""
    own = own_booking(request, pk)
    assert isinstance(request.user, User)
    try:
        bookings.withdraw(booking_id=own.pk, by=request.user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have withdrawn. Thank you for letting the others know."))
    return redirect(links.booking_path(own))


@access.signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Accept or decline the offer on one's own booking."""
    own = own_booking(request, pk)
    assert isinstance(request.user, User)
    _answer(request, own, by=request.user)
    return redirect(links.booking_path(own))


@access.by_link
@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer an offer from the letter's link. Opening the page changes nothing: scanners of
    mail open every link.
    """
    offered = links.booking_of(token)
    if offered is None:
        return render(request, "events/offer_unknown.html", status=404)
    if request.method == "POST":
        _answer(request, offered, by=None)
        return redirect(request.path)
    return _booking_page(request, offered, token=token)


def _answer(request: HttpRequest, offered: Booking, *, by: User | None) -> None:
    wanted = request.POST.get("answer")
    try:
        if wanted == "accept":
            bookings.accept(booking_id=offered.pk, by=by)
            messages.success(request, _("The place is yours. See you there!"))
        elif wanted == "decline":
            bookings.decline(booking_id=offered.pk, by=by)
            messages.success(request, _("Thank you. The place goes to the next person."))
        else:
            messages.error(request, _("Choose whether you accept or decline the place."))
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
