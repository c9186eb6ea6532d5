"""A school applies for its people, and changes its application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import letters, locks, permissions
from centar.events.applications import letters as application_letters
from centar.events.applications import matching
from centar.events.applications.drafts import Typed
from centar.events.models import ApplicationDraft, Booking, BookingGroup, Event
from centar.events.operations import bookings
from centar.events.operations.settling import settle
from centar.people import operations as people_operations
from centar.people import permissions as people_permissions
from centar.people.models import Person, User
from centar.schools.models import School

State = Booking.State


@transaction.atomic
def keep_draft(
    *, event_id: int, school: School, typed: Mapping[str, Any], by: User
) -> ApplicationDraft:
    """Keep what a coordinator has typed so far; sending makes an application of it."""
    demand(people_permissions.may_keep_people(school, by))
    now = timezone.now()
    # A draft holds people's data; it is of no use once the event is over.
    ApplicationDraft.objects.filter(created_by=by, event__ends_at__lte=now).delete()
    draft, _made = ApplicationDraft.objects.update_or_create(
        event_id=event_id,
        school=school,
        created_by=by,
        group=None,
        defaults={"typed": dict(typed), "changed_at": now},
    )
    return draft


@transaction.atomic
def send(
    *, draft_id: int, policy: BookingGroup.Policy, payer: Booking.Payer, by: User
) -> BookingGroup:
    """Make an application of a draft: new people are added, everybody gets a place or a turn.

    Refuses when a row must be corrected, when nobody is left to apply for, and all that
    `bookings.enrol_group` refuses; then nobody is added either. A draft that was sent already
    gives the application that it became.
    """
    event_id = ApplicationDraft.objects.values_list("event_id", flat=True).get(
        pk=draft_id, created_by=by
    )
    event = locks.lock_event(event_id)
    draft = ApplicationDraft.objects.select_related("school", "group").get(pk=draft_id)
    if draft.group is not None:
        return draft.group
    demand(people_permissions.may_keep_people(draft.school, by))
    typed = Typed.of(draft.typed)
    judged = matching.judged(event, draft.school, typed.chosen, typed.everybody())
    if any(one.standing == matching.Standing.WRONG for one in judged):
        raise Refusal(_("Correct the marked rows first, or remove them."))
    people = [_person(one, draft.school, by) for one in judged if one.is_going]
    group = bookings.enrol_group(
        event_id=event.pk, people=people, policy=policy, by=by, school=draft.school, payer=payer
    )
    draft.group = group
    draft.typed = {}
    draft.save(update_fields=["group", "typed"])
    application_letters.queue_summary(group, timezone.now())
    return group


def _person(one: matching.Judged, school: School, by: User) -> Person:
    if one.person is None:
        assert one.about is not None  # whoever is new was written by hand
        return people_operations.enter_colleague(school=school, about=one.about, by=by)
    if one.about is not None and one.person.user_id is None:
        return people_operations.complete_colleague(person_id=one.person.pk, about=one.about, by=by)
    return one.person


@transaction.atomic
def substitute(*, booking_id: int, person_id: int, by: User, reason: str = "") -> Booking:
    """Let somebody else of the same school come instead.

    The booking keeps its state, its turn, its offer, its group and who pays: whatever refers to
    it moves along. The person who leaves keeps an ended booking as history. Gives the booking.
    """
    event, booking, now = bookings.locked(booking_id)
    demand(permissions.may_substitute(booking, by, now))
    group = booking.group
    assert group is not None  # asked by the permission
    person = Person.objects.select_related("user").get(pk=person_id)
    if person.school_id != group.school_id:
        raise Refusal(_("The substitute must be of the same school."), field="person")
    if event.bookings.live().filter(person=person).exists():
        raise Refusal(_("%(person)s is already registered.") % {"person": person}, field="person")
    left = _left(booking, event, by)
    booking.person = person
    booking.save(update_fields=["person"])
    left.ended_at = now
    left.save()
    application_letters.queue_substituted(left, now)
    letters.queue("applications.applied", booking, now)
    if booking.state == State.OFFERED:
        letters.queue("events.offered", booking, now)
    trail.record(
        "events.substitute", booking, by=by, reason=reason, left=left.person_id, came=person.pk
    )
    return booking


def _left(booking: Booking, event: Event, by: User) -> Booking:
    """The history of whoever leaves: the same booking, withdrawn, not saved yet."""
    return Booking(
        event=event,
        person=booking.person,
        group=booking.group,
        state=State.WITHDRAWN,
        created_at=booking.created_at,
        created_by=booking.created_by,
        queued_at=booking.queued_at,
        offered_at=booking.offered_at,
        placed_at=booking.placed_at,
        payer=booking.payer,
        ended_by=by,
    )


@transaction.atomic
def withdraw_all(*, group_id: int, by: User) -> BookingGroup:
    """Withdraw everybody of an application who has a place, a turn or an offer.

    Refuses when one of them can no longer be withdrawn; then everybody stays.
    """
    group = BookingGroup.objects.select_related("event").get(pk=group_id)
    event = locks.lock_event(group.event_id)
    now = timezone.now()
    demand(permissions.may_edit_application(group, by))
    members = list(group.bookings.live().select_related("person__user", "group", "event"))
    if not members:
        raise Refusal(_("Nobody of this application is left to withdraw."))
    for booking in members:
        demand(permissions.may_withdraw(booking, by, now))
        bookings.end(booking, State.WITHDRAWN, now, by)
    letters.queue_news(event, members, now)
    application_letters.queue_digest(members, now, by=by)
    settle(event, now)
    trail.record("events.withdraw_group", group, by=by, size=len(members))
    return group


@transaction.atomic
def object_to(*, booking_id: int, person_id: int, by: User | None) -> Booking:
    """Somebody for whom a school applied does not agree: withdrawn, and the coordinator is told.

    `by` is None when the private link of the letter speaks for the person. Objecting twice is
    one objection.
    """
    event, booking, now = bookings.locked(booking_id)
    if booking.person_id != person_id or (by is not None and booking.person.user_id != by.pk):
        raise Refusal(_("This booking is not yours."))
    if booking.state == State.WITHDRAWN:
        return booking
    demand(permissions.may_object(booking, now))
    before = booking.state
    bookings.end(booking, State.WITHDRAWN, now, by)
    letters.queue_news(event, [booking], now)
    application_letters.queue_objection(booking, now)
    settle(event, now)
    trail.record("events.object", booking, by=by, was=before)
    return booking
