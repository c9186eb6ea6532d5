"""Who may do what with an event and a booking, and the sentence of a "no"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.events import early, kinds, moments
from centar.events.models import Booking, BookingGroup, Event, Meeting
from centar.people import permissions as people_permissions
from centar.people.models import Coordination, Person, User
from centar.schools.models import School

CHANGE_EVENT = "events.change_event"
CHANGE_BOOKING = "events.change_booking"
# Earlier than this before a meeting, noting somebody's presence is a slip of the finger.
ATTENDANCE_AHEAD = timedelta(days=1)


def may_register(event: Event, by: User | None, now: datetime) -> Verdict:
    """Whether registration is open to `by`.

    Staff may also register people after the deadline, and some may before it opens (`early`).
    """
    if event.state == Event.State.DRAFT:
        return no(gettext_lazy("This event is not published yet."))
    if event.state == Event.State.CANCELLED:
        return no(gettext_lazy("This event is cancelled."))
    if event.ends_at is not None and event.ends_at <= now:
        return no(gettext_lazy("This event is over."))
    if may_change_booking(by):
        return YES
    if event.starts_at is not None and event.starts_at <= now:
        return no(gettext_lazy("This event has begun; registration is closed."))
    closes_at = event.registration_closes_at
    if closes_at is not None and closes_at <= now:
        return no(_("Registration closed on %(when)s.") % {"when": moments.written(closes_at)})
    if event.state == Event.State.CLOSED:
        return no(gettext_lazy("The Centre has closed the registration."))
    opens_at = event.registration_opens_at
    if opens_at is not None and opens_at > now and not (by and early.admits(event, by)):
        return no(_("Registration opens on %(when)s.") % {"when": moments.written(opens_at)})
    return YES


def may_open_at(event: Event, opens_at: datetime) -> bool:
    """Whether registration that opens at this moment is open for some time."""
    ends = (event.starts_at, event.registration_closes_at)
    return all(end is None or opens_at < end for end in ends)


def may_apply_for(people: Sequence[Person], by: User | None) -> Verdict:
    """Whether `by` may register these people: oneself, the people of a school that one
    coordinates, or, for the staff, anybody.
    """
    if by is None:
        return no(gettext_lazy("Sign in to register."))
    others = [person for person in people if person.user_id != by.pk]
    if not others or may_change_booking(by):
        return YES
    live = Coordination.objects.filter(person__user=by, ended_at=None)
    schools = set(live.values_list("school_id", flat=True))
    if all(person.school_id in schools for person in others):
        return YES
    return no(
        gettext_lazy("You may register yourself and, as a coordinator, the people of your school.")
    )


def may_change_booking(by: User | None) -> Verdict:
    """Whether `by` works on other people's bookings in the back office."""
    return people_permissions.works_on(by, CHANGE_BOOKING)


def owns(booking: Booking, by: User | None) -> bool:
    """Whether the booking is of `by`'s own person, or of a group that `by` looks after."""
    if by is None:
        return False
    if booking.person.user_id == by.pk:
        return True
    return booking.group is not None and looks_after(booking.group, by)


def looks_after(group: BookingGroup, by: User) -> bool:
    """Whether `by` coordinates the school that applied; a group without one is its maker's."""
    if group.school_id is None:
        return group.created_by_id == by.pk
    return people_permissions.coordinates(group.school_id, by)


def may_apply_as(school: School, people: Sequence[Person], by: User) -> Verdict:
    """Whether `by` may apply for these people in the name of the school: all of them work there,
    and `by` coordinates it or is of the staff.
    """
    if not (may_change_booking(by) or people_permissions.coordinates(school.pk, by)):
        return no(gettext_lazy("You do not coordinate this school."))
    strange = next((person for person in people if person.school_id != school.pk), None)
    if strange is not None:
        return no(_("%(person)s is not one of this school's people.") % {"person": strange})
    return YES


def may_edit_application(group: BookingGroup, by: User) -> Verdict:
    """Whether `by` withdraws and substitutes people of this application."""
    if may_change_booking(by) or looks_after(group, by):
        return YES
    return no(gettext_lazy("This application is not yours."))


def may_substitute(booking: Booking, by: User, now: datetime) -> Verdict:
    """Whether somebody else may come instead: until the deadline, or until the start by staff."""
    if booking.group is None or booking.group.school_id is None:
        return no(gettext_lazy("Only somebody for whom a school applied can be substituted."))
    verdict = may_edit_application(booking.group, by)
    if not verdict:
        return verdict
    if not booking.is_live:
        return no(gettext_lazy("This booking has already ended."))
    event = booking.event
    until = event.starts_at if may_change_booking(by) else event.withdrawable_until
    if until is not None and until <= now:
        return no(
            _("A substitute was possible until %(when)s. Please call the Centre.")
            % {"when": moments.written(until)}
        )
    return YES


def may_object(booking: Booking, now: datetime) -> Verdict:
    """Whether the person may still say that nobody asked them: until the event starts."""
    if booking.group is None or booking.group.school_id is None:
        return no(gettext_lazy("You registered yourself; you may withdraw."))
    if not booking.is_live:
        return no(gettext_lazy("This booking has already ended."))
    if booking.event.starts_at is not None and booking.event.starts_at <= now:
        return no(gettext_lazy("The event has begun. Please call the Centre."))
    return YES


def may_withdraw(booking: Booking, by: User | None, now: datetime) -> Verdict:
    """Own bookings until the deadline; those without a place at any time; staff always."""
    if not booking.is_live:
        return no(gettext_lazy("This booking has already ended."))
    if may_change_booking(by):
        return YES
    if not owns(booking, by):
        return no(gettext_lazy("This booking is not yours."))
    until = booking.event.withdrawable_until
    if booking.state == Booking.State.PLACED and until is not None and until <= now:
        return no(
            _("Withdrawing was possible until %(when)s. Please call the Centre.")
            % {"when": moments.written(until)}
        )
    return YES


def may_answer(booking: Booking, now: datetime) -> Verdict:
    """Whether the offer can still be accepted or declined."""
    if booking.state == Booking.State.OFFERED:
        until = booking.offered_until
        if until is not None and until > now:
            return YES
        return no(gettext_lazy("The time to answer has passed; the place went to the next person."))
    return {
        Booking.State.PLACED: no(gettext_lazy("You have already accepted; the place is yours.")),
        Booking.State.WAITING: no(gettext_lazy("You are on the waiting list; no place is free.")),
        Booking.State.WITHDRAWN: no(gettext_lazy("You have withdrawn from this event.")),
        Booking.State.DECLINED: no(gettext_lazy("You have already declined this place.")),
        Booking.State.EXPIRED: no(
            gettext_lazy("The time to answer has passed; the place went to the next person.")
        ),
        Booking.State.CANCELLED: no(gettext_lazy("This event is cancelled.")),
    }[Booking.State(booking.state)]


def may_answer_for(booking: Booking, by: User | None) -> Verdict:
    """Whether `by` may answer this offer; None stands for the link of the letter, which proves
    by itself who answers.
    """
    if by is None or owns(booking, by) or may_change_booking(by):
        return YES
    return no(gettext_lazy("This booking is not yours."))


def may_change_event(by: User | None) -> Verdict:
    """Whether `by` publishes, closes and cancels events."""
    if by is not None and by.has_perm(CHANGE_EVENT):
        return YES
    return no(gettext_lazy("Only the Centre's staff may do this."))


def may_take_attendance(event: Event, by: User | None) -> Verdict:
    """Whether `by` notes who is there: the staff who work on bookings, and whoever leads it."""
    if by is not None and (may_change_booking(by) or kinds.get(event.kind).leads(event, by)):
        return YES
    return no(gettext_lazy("Only the Centre's staff and the trainers may do this."))


def may_note_at(meeting: Meeting, event: Event, now: datetime) -> Verdict:
    """Whether presence can be noted at this meeting: from a day before it, without an end, since
    a list on paper is copied afterwards.
    """
    if event.state == Event.State.CANCELLED:
        return no(gettext_lazy("This event is cancelled."))
    if event.state == Event.State.DRAFT:
        return no(gettext_lazy("This event is not published yet."))
    if meeting.starts_at - now > ATTENDANCE_AHEAD:
        return no(
            _("This meeting is on %(when)s; attendance is noted from a day before it.")
            % {"when": moments.written(meeting.starts_at)}
        )
    return YES


def may_be_present(booking: Booking) -> Verdict:
    """Whether there is a place for whoever has this booking."""
    if booking.state == Booking.State.PLACED:
        return YES
    return {
        Booking.State.WAITING: no(gettext_lazy("No place: this person is on the waiting list.")),
        Booking.State.OFFERED: no(
            gettext_lazy("No place yet: this person has not accepted the offered place.")
        ),
        Booking.State.WITHDRAWN: no(gettext_lazy("No place: this person has withdrawn.")),
        Booking.State.DECLINED: no(gettext_lazy("No place: this person declined the offer.")),
        Booking.State.EXPIRED: no(gettext_lazy("No place: the offer to this person expired.")),
        Booking.State.CANCELLED: no(gettext_lazy("This event is cancelled.")),
    }[Booking.State(booking.state)]
