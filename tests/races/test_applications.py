"""Coordinators apply, substitute and withdraw at the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from centar.access import Refusal
from centar.events import locks, seating
from centar.events.applications.drafts import Typed
from centar.events.models import ApplicationDraft, Booking, BookingGroup, Event
from centar.events.operations import applications, bookings
from centar.outbox.models import Letter
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.races import crowds

State = Booking.State
TOGETHER = BookingGroup.Policy.TOGETHER
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def draft(event, size=5):
    """A coordinator of a school of one's own has chosen its people, and is about to send."""
    coordination = CoordinationFactory()
    people = PersonFactory.create_batch(size, user=None, school=coordination.school)
    return applications.keep_draft(
        event_id=event.pk,
        school=coordination.school,
        typed=Typed(chosen=tuple(one.pk for one in people)).kept(),
        by=coordination.person.user,
    )


def sending(one: ApplicationDraft, policy=TOGETHER):
    """The click that sends a draft."""
    return partial(
        applications.send,
        draft_id=one.pk,
        policy=policy,
        payer=Booking.Payer.SCHOOL,
        by=one.created_by,
    )


def test_two_groups_of_five_for_the_last_six_places():
    event = EventFactory(capacity=10)
    scenes.crowd(event, 4)
    Letter.objects.all().delete()

    groups = crowds.at_once([sending(draft(event)), sending(draft(event))])

    standings = [{booking.state for booking in group.bookings.all()} for group in groups]
    assert sorted(standings, key=str) == [{State.PLACED}, {State.WAITING}]
    assert [group.bookings.count() for group in groups] == [5, 5]
    assert event.bookings.holding().count() == 9
    assert scenes.letters() == ["applications.summary"] * 2


def test_without_the_lock_both_groups_are_placed(monkeypatch):
    """The control: both count before either writes."""
    event = EventFactory(capacity=10)
    scenes.crowd(event, 4)
    drafts = [draft(event), draft(event)]
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    monkeypatch.setattr(seating, "seat", crowds.met(2, seating.seat))

    crowds.at_once([sending(one) for one in drafts])

    assert event.bookings.holding().count() == 14


def test_a_double_click_sends_once():
    event = EventFactory(capacity=10)
    one = draft(event)

    groups = crowds.at_once([sending(one)] * 4)

    assert len({group.pk for group in groups}) == 1
    assert event.bookings.count() == 5


def test_a_double_click_without_the_lock_meets_the_second_belt(monkeypatch):
    """The control: the database lets nobody have two live bookings, and the second click fails."""
    event = EventFactory(capacity=10)
    one = draft(event)
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    monkeypatch.setattr(seating, "seat", crowds.met(2, seating.seat))

    outcomes = crowds.at_once([sending(one)] * 2)

    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1


def placed_group(event):
    """Two people of a school with a place, and a colleague who could come instead."""
    group = sending(draft(event, 2))()
    return group, PersonFactory(user=None, school=group.school)


def test_a_substitution_and_a_withdrawal_at_once():
    """Either the substitute comes and is withdrawn, or nobody is left to be substituted."""
    event = EventFactory(capacity=2)
    group, colleague = placed_group(event)
    [waiting] = scenes.crowd(event, 1)
    one = group.bookings.earliest("pk")
    by = group.created_by

    outcomes = crowds.at_once(
        [
            partial(applications.substitute, booking_id=one.pk, person_id=colleague.pk, by=by),
            partial(bookings.withdraw, booking_id=one.pk, by=by),
        ]
    )

    assert [type(outcome) for outcome in outcomes] in ([Booking, Booking], [Refusal, Booking])
    assert scenes.state(one) == State.WITHDRAWN
    assert scenes.state(waiting) == State.OFFERED
    assert event.bookings.holding().count() == 2


def test_without_the_lock_the_one_withdrawn_has_a_substitute(monkeypatch):
    """The control: the substitute is named for a place that went to somebody else meanwhile."""
    event = EventFactory(capacity=2)
    group, colleague = placed_group(event)
    scenes.crowd(event, 1)
    one = group.bookings.earliest("pk")
    by = group.created_by
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    left = applications._left

    def withdrawn_first(*args):
        [outcome] = crowds.at_once([partial(bookings.withdraw, booking_id=one.pk, by=by)])
        assert isinstance(outcome, Booking)
        return left(*args)

    monkeypatch.setattr(applications, "_left", withdrawn_first)

    substituted = applications.substitute(booking_id=one.pk, person_id=colleague.pk, by=by)

    assert substituted.state == State.PLACED  # what the coordinator is told
    assert scenes.state(one) == State.WITHDRAWN  # what is so


def test_one_colleague_for_two_places_at_once():
    event = EventFactory(capacity=2)
    group, colleague = placed_group(event)
    substituting = [
        partial(
            applications.substitute,
            booking_id=one.pk,
            person_id=colleague.pk,
            by=group.created_by,
        )
        for one in group.bookings.all()
    ]

    outcomes = crowds.at_once(substituting)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Booking", "Refusal"]
    assert event.bookings.holding().count() == 2
