"""What happens to one booking, or to one group: register, withdraw, answer an offer, move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import letters, locks, permissions
from centar.events.applications import letters as application_letters
from centar.events.models import Booking, BookingGroup, Event
from centar.events.operations.settling import seats_held, settle
from centar.people.models import Person, User
from centar.schools.models import School

State = Booking.State


@transaction.atomic
def enrol(
    *,
    event_id: int,
    person: Person,
    by: User,
    note: str = "",
    payer: Booking.Payer = Booking.Payer.PERSON,
) -> Booking:
    """Register one person: a place when one is free and nobody waits, otherwise a turn.

    Refuses when registration is not open to `by`, when `by` may not apply for the person, and
    when the person is already registered.
    """
    event = locks.lock_event(event_id)
    now = timezone.now()
    check_enrolment(event, person, by=by, now=now)
    booking = _new_booking(event, person, by, now, note=note, payer=payer)
    settle(event, now, arriving=[booking])
    trail.record("events.enrol", booking, by=by, event=event.pk, state=booking.state)
    return booking


def check_enrolment(event: Event, person: Person, *, by: User, now: datetime) -> None:
    """Refuse what `enrol` would refuse. The event must be locked for the answer to hold."""
    demand(permissions.may_register(event, by, now))
    demand(permissions.may_apply_for([person], by))
    _refuse_doubles(event, [person])


@transaction.atomic
def enrol_group(
    *,
    event_id: int,
    people: Sequence[Person],
    policy: BookingGroup.Policy,
    by: User,
    school: School | None = None,
    payer: Booking.Payer = Booking.Payer.PERSON,
) -> BookingGroup:
    """Register several people under one policy, chosen before: together or each alone.

    `school` is the one that applies for its people and `payer` who pays for each of them.
    Refuses an empty group, one that is larger than the whole event when it wants to stay
    together, one with somebody who is registered already, and one with somebody who is not of
    the school; then nobody is registered.
    """
    event = locks.lock_event(event_id)
    now = timezone.now()
    demand(permissions.may_register(event, by, now))
    if not people:
        raise Refusal(_("Name at least one person."))
    if school is None:
        demand(permissions.may_apply_for(people, by))
    else:
        demand(permissions.may_apply_as(school, people, by))
    together = policy == BookingGroup.Policy.TOGETHER
    if together and event.capacity is not None and len(people) > event.capacity:
        raise Refusal(_("The group is larger than the whole event; choose “each alone”."))
    _refuse_doubles(event, people)
    group = BookingGroup.objects.create(event=event, policy=policy, school=school, created_by=by)
    arriving = [_new_booking(event, person, by, now, group=group, payer=payer) for person in people]
    settle(event, now, arriving=arriving)
    trail.record("events.enrol_group", group, by=by, event=event.pk, size=len(people))
    return group


@transaction.atomic
def withdraw(*, booking_id: int, by: User, reason: str = "") -> Booking:
    """Give the place, the offer or the turn back; a freed seat goes to the queue at once."""
    event, booking, now = locked(booking_id)
    demand(permissions.may_withdraw(booking, by, now))
    before = booking.state
    end(booking, State.WITHDRAWN, now, by)
    letters.queue_news(event, [booking], now)
    application_letters.queue_digest([booking], now, by=by)
    settle(event, now)
    trail.record("events.withdraw", booking, by=by, reason=reason, was=before)
    return booking


@transaction.atomic
def accept(*, booking_id: int, by: User | None) -> Booking:
    """Take the offered place. Accepting twice is one acceptance.

    `by` is None when the private link of the letter speaks for the person.
    """
    event, booking, now = locked(booking_id)
    demand(permissions.may_answer_for(booking, by))
    if booking.state == State.PLACED:
        return booking
    demand(permissions.may_answer(booking, now))
    booking.state = State.PLACED
    booking.placed_at = now
    booking.offered_until = None
    booking.save(update_fields=["state", "placed_at", "offered_until"])
    letters.queue_news(event, [booking], now)
    application_letters.queue_digest([booking], now, by=by)
    trail.record("events.accept", booking, by=by)
    return booking


@transaction.atomic
def decline(*, booking_id: int, by: User | None) -> Booking:
    """Let the offered place go to the next person. Declining twice is one decline."""
    event, booking, now = locked(booking_id)
    demand(permissions.may_answer_for(booking, by))
    if booking.state == State.DECLINED:
        return booking
    demand(permissions.may_answer(booking, now))
    end(booking, State.DECLINED, now, by)
    application_letters.queue_digest([booking], now, by=by)
    settle(event, now)
    trail.record("events.decline", booking, by=by)
    return booking


@transaction.atomic
def transfer(*, booking_id: int, to_event_id: int, by: User, reason: str) -> Booking:
    """Move a person to another event: withdrawn here, and a place or a turn there.

    Who pays stays the same. Both events are locked; the refusal of either leaves everything as it
    was.
    """
    from_event_id = _event_of(booking_id)
    if to_event_id == from_event_id:
        raise Refusal(_("The booking is already at this event."))
    from_event, to_event = locks.lock_events(from_event_id, to_event_id)
    now = timezone.now()
    booking = _fresh(booking_id)
    demand(permissions.may_change_booking(by))
    demand(permissions.may_withdraw(booking, by, now))
    demand(permissions.may_register(to_event, by, now))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    _refuse_doubles(to_event, [booking.person])
    end(booking, State.WITHDRAWN, now, by)
    letters.queue_news(from_event, [booking], now)
    application_letters.queue_digest([booking], now, by=by)
    settle(from_event, now)
    payer = Booking.Payer(booking.payer)
    moved = _new_booking(to_event, booking.person, by, now, note=booking.note, payer=payer)
    settle(to_event, now, arriving=[moved])
    trail.record("events.transfer", moved, by=by, reason=reason, moved_from=booking.pk)
    return moved


@transaction.atomic
def give_place(*, booking_id: int, by: User, reason: str) -> Booking:
    """Confirm a place for somebody who waits or has an offer, past the queue when need be.

    Refuses when no seat is free: staff raise the number of places first. The reason stays
    in the audit.
    """
    event, booking, now = locked(booking_id)
    demand(permissions.may_change_booking(by))
    if booking.state not in (State.WAITING, State.OFFERED):
        raise Refusal(_("Only somebody on the waiting list can be given a place."))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the record."), field="reason")
    full = event.capacity is not None and seats_held(event) >= event.capacity
    if booking.state == State.WAITING and full:
        raise Refusal(_("No place is free. Raise the number of places first."))
    before = booking.state
    booking.state = State.PLACED
    booking.placed_at = now
    booking.offered_until = None
    booking.save(update_fields=["state", "placed_at", "offered_until"])
    letters.queue_news(event, [booking], now)
    application_letters.queue_digest([booking], now, by=by)
    settle(event, now)
    trail.record("events.give_place", booking, by=by, reason=reason, was=before)
    return booking


@transaction.atomic
def lapse(*, booking_id: int, letter: str, reason: str) -> Booking:
    """The portal itself ends a confirmed place, for a reason of the app that holds the event.

    The freed seat goes to the queue at once. `letter` is the kind of letter, about the booking,
    that tells the person why. Refuses when the person has no place.
    """
    event, booking, now = locked(booking_id)
    if booking.state != State.PLACED:
        raise Refusal(_("This person has no place."))
    end(booking, State.WITHDRAWN, now, None)
    letters.queue_about(letter, event, [booking], now)
    settle(event, now)
    trail.record("events.lapse", booking, by=None, reason=reason)
    return booking


def settle_overdue(event_id: int) -> None:
    """End the overdue offers of one event and let the next people in; for the worker.

    Does nothing when somebody else was faster.
    """
    with transaction.atomic():
        event = locks.lock_event(event_id)
        now = timezone.now()
        overdue = event.bookings.filter(state=State.OFFERED, offered_until__lte=now).count()
        if overdue:
            settle(event, now)
            trail.record("events.settle_overdue", event, by=None, expired=overdue)


def locked(booking_id: int) -> tuple[Event, Booking, datetime]:
    """The locked event, the booking read after the lock, and the clock read after the lock."""
    event = locks.lock_event(_event_of(booking_id))
    booking = _fresh(booking_id)
    booking.event = event
    return event, booking, timezone.now()


def _event_of(booking_id: int) -> int:
    return Booking.objects.values_list("event_id", flat=True).get(pk=booking_id)


def _fresh(booking_id: int) -> Booking:
    return Booking.objects.select_related("person__user", "group", "event").get(pk=booking_id)


def _new_booking(
    event: Event,
    person: Person,
    by: User,
    now: datetime,
    *,
    group: BookingGroup | None = None,
    note: str = "",
    payer: Booking.Payer = Booking.Payer.PERSON,
) -> Booking:
    return Booking(
        event=event,
        person=person,
        group=group,
        state=State.WAITING,
        created_at=now,
        created_by=by,
        queued_at=now,
        note=note,
        payer=payer,
    )


def _refuse_doubles(event: Event, people: Sequence[Person]) -> None:
    pks = [person.pk for person in people]
    if len(set(pks)) < len(pks):
        raise Refusal(_("The same person is named twice."))
    taken = event.bookings.live().filter(person__in=pks).values_list("person", flat=True).first()
    if taken is None:
        return
    if len(pks) == 1:
        raise Refusal(_("You are already registered for this event."))
    name = next(person for person in people if person.pk == taken)
    raise Refusal(_("%(person)s is already registered.") % {"person": name})


def end(booking: Booking, state: str, now: datetime, by: User | None) -> None:
    """Write that a booking of a locked event has ended."""
    booking.state = state
    booking.offered_until = None
    booking.ended_at = now
    booking.ended_by = by
    booking.save(update_fields=["state", "offered_until", "ended_at", "ended_by"])
