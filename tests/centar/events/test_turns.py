"""What the staff do with the queue: a new position, a place past the queue, another event."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Booking, Event
from centar.events.operations import bookings, turns
from centar.outbox import kinds
from centar.outbox.models import Letter
from tests.centar.events import scenes
from tests.factories.events import EventFactory

State = Booking.State
NEEDS_REASON = "Write the reason; it stays in the record."
pytestmark = pytest.mark.django_db


def refused(operation, **arguments):
    """The sentence and the field of a refusal."""
    with pytest.raises(Refusal) as refusal:
        operation(**arguments)
    return str(refusal.value), refusal.value.field


@pytest.mark.parametrize(
    ("who", "position", "expected"),
    [(3, 1, [3, 0, 1, 2]), (0, 4, [1, 2, 3, 0]), (1, 3, [0, 2, 1, 3]), (2, 3, [0, 1, 2, 3])],
)
def test_a_person_is_moved_and_the_others_keep_their_order(who, position, expected, staff):
    event = EventFactory(capacity=0)
    waiting = scenes.crowd(event, 4)

    turns.reorder(booking_id=waiting[who].pk, position=position, by=staff, reason="Замена.")

    assert scenes.queue(event) == [waiting[index].pk for index in expected]
    last = Entry.objects.get(action="events.reorder")
    assert (last.object_id, last.reason) == (waiting[who].pk, "Замена.")
    assert last.detail == {"was": who + 1, "now": position}


def test_turns_of_one_moment_are_still_told_apart(staff, clock):
    """A whole group applies in one moment of a stopped clock."""
    event = EventFactory(capacity=0)
    waiting = scenes.group(event, 4, scenes.SPLIT, staff)

    turns.reorder(booking_id=waiting[3].pk, position=2, by=staff, reason="Замена.")
    turns.reorder(booking_id=waiting[0].pk, position=3, by=staff, reason="Замена.")

    assert scenes.queue(event) == [waiting[index].pk for index in (3, 1, 0, 2)]


def test_a_newcomer_stands_behind_a_reordered_queue(staff, clock):
    event = EventFactory(capacity=0)
    waiting = scenes.group(event, 3, scenes.SPLIT, staff)
    turns.reorder(booking_id=waiting[2].pk, position=1, by=staff, reason="Замена.")

    newcomer = scenes.enrolled(event)

    assert scenes.queue(event) == [waiting[index].pk for index in (2, 0, 1)] + [newcomer.pk]


def test_a_reorder_that_unblocks_the_queue_moves_it_at_once(staff):
    event = EventFactory(capacity=3, max_overtakes=0)
    scenes.crowd(event, 2)
    first, second = scenes.group(event, 2, scenes.TOGETHER, staff)
    behind = scenes.enrolled(event)
    assert scenes.state(behind) == State.WAITING

    moved = turns.reorder(booking_id=behind.pk, position=1, by=staff, reason="Хитно.")

    assert (moved.state, *scenes.states(first, second)) == (
        State.OFFERED,
        State.WAITING,
        State.WAITING,
    )


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_every_change_of_a_queue_needs_a_reason(reason, staff):
    event, other = EventFactory(capacity=1), EventFactory()
    placed, waiting = scenes.crowd(event, 2)

    for operation, arguments in (
        (turns.reorder, {"booking_id": waiting.pk, "position": 1}),
        (bookings.give_place, {"booking_id": waiting.pk}),
        (bookings.transfer, {"booking_id": placed.pk, "to_event_id": other.pk}),
    ):
        sentence = refused(operation, by=staff, reason=reason, **arguments)
        assert sentence == (NEEDS_REASON, "reason")

    assert scenes.states(placed, waiting) == [State.PLACED, State.WAITING]


@pytest.mark.parametrize("position", [-1, 0, 3])
def test_a_position_outside_the_queue_is_refused_beside_its_field(position, staff):
    waiting = scenes.crowd(EventFactory(capacity=0), 2)

    sentence = refused(
        turns.reorder, booking_id=waiting[0].pk, position=position, by=staff, reason="Замена."
    )

    assert sentence == ("The queue has positions from 1 to 2.", "position")


def test_only_those_who_wait_have_a_turn(staff):
    placed, _ = scenes.crowd(EventFactory(capacity=1), 2)

    sentence = refused(turns.reorder, booking_id=placed.pk, position=1, by=staff, reason="Замена.")

    assert sentence == ("Only a booking on the waiting list has a turn to change.", None)


def test_a_given_place_passes_the_queue_and_keeps_the_reason(staff, clock):
    event = EventFactory(capacity=3, max_overtakes=0)
    scenes.crowd(event, 2)
    group = scenes.group(event, 2, scenes.TOGETHER, staff)
    last = scenes.enrolled(event)

    bookings.give_place(booking_id=last.pk, by=staff, reason="Предавач је тражио.")

    last.refresh_from_db()
    assert (last.state, last.placed_at) == (State.PLACED, timezone.now())
    assert scenes.states(*group) == [State.WAITING] * 2
    assert scenes.letters_to(last) == ["events.waiting", "events.placed"]
    assert scenes.trail()[-1] == ("events.give_place", staff.pk, "Предавач је тражио.")


def test_an_offered_place_is_given_without_waiting_for_the_answer(staff):
    event = EventFactory(capacity=1)
    placed, offered = scenes.crowd(event, 2)
    bookings.withdraw(booking_id=placed.pk, by=staff)

    bookings.give_place(booking_id=offered.pk, by=staff, reason="Јавио се телефоном.")

    offered.refresh_from_db()
    assert (offered.state, offered.offered_until) == (State.PLACED, None)


def test_no_place_is_given_when_none_is_free(staff):
    _, waiting = scenes.crowd(EventFactory(capacity=1), 2)

    sentence = refused(bookings.give_place, booking_id=waiting.pk, by=staff, reason="Хитно.")

    assert sentence == ("No place is free. Raise the number of places first.", None)


def test_whoever_has_a_place_is_not_given_one(staff):
    placed = scenes.enrolled(EventFactory())

    sentence = refused(bookings.give_place, booking_id=placed.pk, by=staff, reason="Хитно.")

    assert sentence == ("Only somebody on the waiting list can be given a place.", None)


def test_a_transfer_gives_the_place_here_to_the_queue_and_one_there(staff):
    event, other = EventFactory(capacity=1), EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)

    moved = bookings.transfer(
        booking_id=placed.pk, to_event_id=other.pk, by=staff, reason="Не може суботом."
    )

    placed.refresh_from_db()
    assert (placed.state, placed.ended_by) == (State.WITHDRAWN, staff)
    assert scenes.state(waiting) == State.OFFERED
    assert (moved.event, moved.person, moved.state) == (other, placed.person, State.PLACED)
    assert scenes.letters_to(moved) == ["events.placed"]
    last = Entry.objects.get(action="events.transfer")
    assert (last.object_id, last.reason) == (moved.pk, "Не може суботом.")
    assert last.detail == {"moved_from": placed.pk}


def test_a_transfer_to_a_full_event_is_a_turn_at_its_end(staff):
    event, full = EventFactory(), EventFactory(capacity=1)
    placed = scenes.enrolled(event)
    _, waiting = scenes.crowd(full, 2)

    moved = bookings.transfer(
        booking_id=placed.pk, to_event_id=full.pk, by=staff, reason="По жељи."
    )

    assert scenes.queue(full) == [waiting.pk, moved.pk]
    assert scenes.letters_to(moved) == ["events.waiting"]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("same", "The booking is already at this event."),
        ("draft", "This event is not published yet."),
        ("cancelled", "This event is cancelled."),
        ("registered", "You are already registered for this event."),
    ],
)
def test_a_refused_transfer_leaves_both_events_as_they_were(target, sentence, staff):
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)
    there = {
        "same": lambda: event,
        "draft": lambda: EventFactory(state=Event.State.DRAFT),
        "cancelled": lambda: EventFactory(state=Event.State.CANCELLED, cancelled_at=timezone.now()),
        "registered": EventFactory,
    }[target]()
    if target == "registered":
        scenes.enrolled(there, placed.person)

    found = refused(
        bookings.transfer, booking_id=placed.pk, to_event_id=there.pk, by=staff, reason="Замена."
    )

    assert found == (sentence, None)
    assert scenes.states(placed, waiting) == [State.PLACED, State.WAITING]


def test_what_has_ended_is_not_transferred(staff):
    placed = scenes.enrolled(EventFactory())
    bookings.withdraw(booking_id=placed.pk, by=staff)

    found = refused(
        bookings.transfer,
        booking_id=placed.pk,
        to_event_id=EventFactory().pk,
        by=staff,
        reason="Замена.",
    )

    assert found == ("This booking has already ended.", None)


def test_a_transferred_person_is_told_of_both_events(staff):
    booking = scenes.enrolled(EventFactory(title="Стари семинар"))
    target = EventFactory(title="Нови семинар")
    Letter.objects.all().delete()
    bookings.transfer(booking_id=booking.pk, to_event_id=target.pk, by=staff, reason="Молба.")
    old, new = Letter.objects.order_by("pk")
    assert (old.kind, new.kind) == ("events.withdrawn", "events.placed")
    with translation.override("en"):
        message = kinds.get(old.kind).compose(old)
    assert message.subject == "Withdrawn: Стари семинар"
    assert "the Centre has withdrawn your registration" in message.text
