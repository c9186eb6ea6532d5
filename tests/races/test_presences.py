"""Two telephones at the entrance at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events import locks
from centar.events.models import Event, Presence
from centar.events.operations import attendance, bookings, walk_ins
from centar.people.operations import Newcomer
from tests.centar.events import days
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def no_lock(monkeypatch):
    """Everybody reads the event as it is, and nobody waits."""
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))


def kinds_of(outcomes):
    """What came of each deed, sorted by name."""
    return sorted(type(outcome).__name__ for outcome in outcomes)


def taps(event, staff, number):
    """So many telephones note the same person."""
    meeting, booking = days.first_meeting(event), days.placed(event)
    deed = partial(attendance.note_presence, meeting_id=meeting.pk, booking_id=booking.pk, by=staff)
    return [deed] * number


def at_the_door(event, staff, number):
    """So many people want in, each received by a telephone of its own."""
    meeting = days.first_meeting(event)
    return [
        partial(
            walk_ins.walk_in,
            meeting_id=meeting.pk,
            newcomer=Newcomer(first_name="Ана", last_name=f"Јовић {one}"),
            by=staff,
        )
        for one in range(number)
    ]


def test_one_person_noted_by_many_telephones_is_there_once(staff):
    event = days.going_on()

    outcomes = crowds.at_once(taps(event, staff, 6))

    assert kinds_of(outcomes) == ["Presence"] * 6
    assert Presence.objects.count() == 1
    assert Entry.objects.filter(action="events.note_presence").count() == 1


def test_without_the_lock_the_second_telephone_fails(staff, monkeypatch):
    """The control: both look before either writes, and only the database keeps them apart."""
    deeds = taps(days.going_on(), staff, 2)
    no_lock(monkeypatch)
    monkeypatch.setattr(Presence, "save", crowds.met(2, Presence.save))

    outcomes = crowds.at_once(deeds)

    assert kinds_of(outcomes) == [IntegrityError.__name__, "Presence"]


def test_the_last_place_at_the_door_goes_to_one(staff):
    event = days.going_on(capacity=3)
    for _ in range(2):
        days.placed(event)

    outcomes = crowds.at_once(at_the_door(event, staff, 5))

    assert kinds_of(outcomes) == ["Presence"] + [Refusal.__name__] * 4
    assert (event.bookings.holding().count(), Presence.objects.count()) == (3, 1)


def test_without_the_lock_the_last_place_is_given_twice(staff, monkeypatch):
    """The control: both count the places before either sits down."""
    event = days.going_on(capacity=1)
    deeds = at_the_door(event, staff, 2)
    no_lock(monkeypatch)
    counted = crowds.met(2, lambda event: None)

    def count(event):
        held = seats_held(event)
        counted(event)
        return held

    seats_held = walk_ins.seats_held
    monkeypatch.setattr(walk_ins, "seats_held", count)

    outcomes = crowds.at_once(deeds)

    assert kinds_of(outcomes) == ["Presence"] * 2
    assert event.bookings.holding().count() == 2


def test_undone_and_noted_at_once_is_one_or_the_other(staff):
    event = days.going_on()
    [note, *_] = taps(event, staff, 1)
    note()
    undo = partial(attendance.undo_presence, **note.keywords)

    outcomes = crowds.at_once([note, undo, note, undo])

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert Presence.objects.count() in (0, 1)


def test_somebody_at_the_door_and_a_withdrawal_of_the_last_place(staff):
    event = days.going_on(capacity=1)
    booking = days.placed(event)

    outcomes = crowds.at_once(
        [
            *at_the_door(event, staff, 2),
            partial(bookings.withdraw, booking_id=booking.pk, by=staff),
        ]
    )

    assert {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)} <= {Refusal}
    assert event.bookings.holding().count() <= 1
