"""The letters about bookings. Each is written when it is sent, from the facts of that moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.documents import qr
from centar.events import feeds, links, moments, queries
from centar.events.models import Booking, Event, Meeting
from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.script import faces

State = Booking.State

# The letter that tells the person about each state; declining is answered on the page itself.
NEWS = {
    State.PLACED: "events.placed",
    State.WAITING: "events.waiting",
    State.OFFERED: "events.offered",
    State.EXPIRED: "events.expired",
    State.WITHDRAWN: "events.withdrawn",
}


def queue_news(event: Event, bookings: Sequence[Booking], now: datetime) -> None:
    """Queue the letter that tells each person the new state of the booking.

    Somebody for whom a school has applied this moment is told who did it instead.
    """
    operations.queue_many(
        _letter("applications.applied" if _is_applied(booking, now) else kind, booking, stamp(now))
        for booking in bookings
        if (kind := NEWS.get(State(booking.state)))
    )


def _is_applied(booking: Booking, now: datetime) -> bool:
    group = booking.group
    return group is not None and group.school_id is not None and booking.created_at == now


def queue(kind: str, booking: Booking, now: datetime) -> None:
    """Queue one letter about a booking to its person."""
    operations.queue_many([_letter(kind, booking, stamp(now))])


def queue_about(kind: str, event: Event, bookings: Sequence[Booking], now: datetime) -> None:
    """Queue one letter about the event itself to the person of each booking."""
    version = str(event.sequence) if kind == "events.changed" else stamp(now)
    operations.queue_many(_letter(kind, booking, version) for booking in bookings)


def queue_reminders(bookings: Sequence[Booking]) -> None:
    """Queue the reminder; a plan changed afterwards makes another one possible."""
    operations.queue_many(
        _letter("events.reminder", booking, str(booking.event.sequence)) for booking in bookings
    )


def stamp(now: datetime) -> str:
    """The version of a letter about what happened at this moment."""
    return f"{now:%Y%m%dT%H%M%S%f}"


def _letter(kind: str, booking: Booking, version: str) -> Letter:
    person = booking.person
    return Letter(
        kind=kind,
        object_id=booking.pk,
        recipient=person.email,
        version=version,
        face=person.face,
        # Somebody else may get the booking before the letter goes.
        context={"person": person.pk},
    )


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for kind in (
        kinds.Kind("events.placed", gettext_lazy("you have a place"), _compose_placed),
        kinds.Kind("events.waiting", gettext_lazy("you are on the waiting list"), _compose_waiting),
        kinds.Kind("events.offered", gettext_lazy("a place is offered"), _compose_offered),
        kinds.Kind("events.expired", gettext_lazy("the offer has expired"), _compose_expired),
        kinds.Kind("events.withdrawn", gettext_lazy("you have withdrawn"), _compose_withdrawn),
        kinds.Kind("events.cancelled", gettext_lazy("the event is cancelled"), _compose_cancelled),
        kinds.Kind("events.changed", gettext_lazy("the plan has changed"), _compose_changed),
        kinds.Kind("events.runs", gettext_lazy("the event will be held"), _compose_runs),
        kinds.Kind("events.reminder", gettext_lazy("reminder"), _compose_reminder),
    ):
        kinds.register(kind)


def _compose_placed(letter: Letter) -> kinds.Message:
    booking = booking_while(letter, lambda b: b.state == State.PLACED)
    subject = _("You have a place: %(title)s")
    return message_about(letter, booking, subject, "placed", calendar=True, ticket=True)


def _compose_waiting(letter: Letter) -> kinds.Message:
    booking = booking_while(letter, lambda b: b.state == State.WAITING)
    turn = queries.turn(booking)
    subject = _("You are on the waiting list, without a place yet: %(title)s")
    return message_about(letter, booking, subject, "waiting", turn=turn)


def _compose_offered(letter: Letter) -> kinds.Message:
    now = timezone.now()
    booking = booking_while(
        letter,
        lambda b: (
            b.state == State.OFFERED and b.offered_until is not None and b.offered_until > now
        ),
    )
    offered_until = booking.offered_until
    assert offered_until is not None  # kept by a constraint of the database
    subject = _("A place is waiting for your answer: %(title)s")
    link = address(letter, links.offer_path(booking))
    message = message_about(
        letter, booking, subject, "offered", offer_link=link, until=moments.written(offered_until)
    )
    return replace(message, private_link=link)


def _compose_expired(letter: Letter) -> kinds.Message:
    booking = booking_while(letter, lambda b: b.state == State.EXPIRED and not _came_back(b))
    return message_about(letter, booking, _("The offered place went on: %(title)s"), "expired")


def _compose_withdrawn(letter: Letter) -> kinds.Message:
    booking = booking_while(letter, lambda b: b.state == State.WITHDRAWN and not _came_back(b))
    ended_by = booking.ended_by
    by_staff = ended_by is not None and ended_by.pk != booking.person.user_id
    subject = _("Withdrawn: %(title)s") if by_staff else _("You have withdrawn: %(title)s")
    had_seat = booking.placed_at is not None or booking.offered_at is not None
    by_school = ended_by is not None and by_staff and not ended_by.is_staff
    return message_about(
        letter,
        booking,
        subject,
        "withdrawn",
        by_staff=by_staff,
        by_school=by_school,
        had_seat=had_seat,
    )


def _came_back(booking: Booking) -> bool:
    """Whether the person has registered again since."""
    return booking.event.bookings.live().filter(person=booking.person).exists()


def _compose_cancelled(letter: Letter) -> kinds.Message:
    booking = booking_while(letter, lambda b: b.event.state == Event.State.CANCELLED)
    return message_about(letter, booking, _("Cancelled: %(title)s"), "cancelled", calendar=True)


def _compose_changed(letter: Letter) -> kinds.Message:
    now = timezone.now()
    booking = booking_while(
        letter,
        lambda b: (
            b.is_live
            and str(b.event.sequence) == letter.version.split("+")[0]
            and b.event.ends_at is not None
            and b.event.ends_at > now
        ),
    )
    has_place = booking.state == State.PLACED
    subject = _("New time or place: %(title)s")
    return message_about(letter, booking, subject, "changed", calendar=has_place)


def _compose_runs(letter: Letter) -> kinds.Message:
    booking = booking_while(
        letter, lambda b: b.state == State.PLACED and b.event.confirmed_at is not None
    )
    return message_about(letter, booking, _("It will be held: %(title)s"), "runs")


def _compose_reminder(letter: Letter) -> kinds.Message:
    now = timezone.now()
    booking = booking_while(
        letter,
        lambda b: (
            b.state == State.PLACED and b.event.starts_at is not None and b.event.starts_at > now
        ),
    )
    return message_about(letter, booking, _("Soon: %(title)s"), "reminder")


def booking_while(letter: Letter, still_true: Callable[[Booking], bool]) -> Booking:
    """The booking of the letter; raises NoLongerTrue when it has changed, or its person has."""
    booking = (
        Booking.objects.select_related(
            "event", "person__user", "ended_by", "group__school", "group__created_by__person"
        )
        .filter(pk=letter.object_id)
        .first()
    )
    person_id = letter.context.get("person")
    if (
        booking is None
        or (person_id is not None and booking.person_id != person_id)
        or not still_true(booking)
    ):
        raise kinds.NoLongerTrue(_("The booking has changed in the meantime."))
    return booking


def message_about(
    letter: Letter,
    booking: Booking,
    subject: str,
    template: str,
    *,
    calendar: bool = False,
    ticket: bool = False,
    **facts: object,
) -> kinds.Message:
    """The letter about a booking that the template writes; `subject` has a place for the title.

    With the entry for a calendar and the code for the entrance attached when they are asked for.
    """
    event = booking.event
    context = {
        "booking": booking,
        "person": booking.person,
        "event": event,
        "meetings": [_when_and_where(day) for day in event.days],
        "place": event.whole_address,
        "booking_link": address(letter, links.booking_path(booking)),
        "event_link": address(letter, event.get_absolute_url()),
        "withdraw_until": event.withdrawable_until and moments.written(event.withdrawable_until),
        **facts,
    }
    written = render_to_string(f"events/letters/{template}.txt", context)
    attachments: list[kinds.Attachment] = []
    if calendar:
        entry = feeds.entry_of_booking(booking, faces.by_code(letter.face))
        attachments.append(kinds.Attachment("centar.ics", entry, "text/calendar"))
    if ticket:
        code = qr.png(links.ticket(booking))
        attachments.append(kinds.Attachment("ulaznica.png", code, "image/png"))
    return kinds.Message(subject % {"title": event.title}, squeezed(written), tuple(attachments))


def squeezed(text: str) -> str:
    """The text of a letter without the gaps that its template leaves."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _when_and_where(day: Meeting) -> str:
    """One day, with its place only when that is its own."""
    when = moments.span(day.starts_at, day.ends_at)
    return f"{when}, {day.place}" if day.place else when


def address(letter: Letter, path: str) -> str:
    """The whole address of a path, in the face of the letter's reader."""
    return settings.SITE_URL + faces.address(path, faces.by_code(letter.face))
