"""Who was at a meeting: noted, corrected, undone, refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Booking, Event, Presence
from centar.events.operations import attendance
from tests.centar.events import days, scenes
from tests.factories.events import BookingFactory, EventFactory, MeetingFactory
from tests.factories.people import UserFactory

State = Booking.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def event(clock):
    return days.going_on()


@pytest.fixture
def meeting(event):
    return days.first_meeting(event)


@pytest.fixture
def booking(event):
    return days.placed(event)


def noted(meeting, booking, by, **more):
    return attendance.note_presence(meeting_id=meeting.pk, booking_id=booking.pk, by=by, **more)


def undone(meeting, booking, by):
    attendance.undo_presence(meeting_id=meeting.pk, booking_id=booking.pk, by=by)


def deeds():
    """What was written about presences, with the minutes."""
    rows = Entry.objects.filter(action__contains="presen").order_by("pk")
    return [(row.action, row.actor_id, row.detail.get("minutes")) for row in rows]


def test_a_presence_says_how_long_who_noted_it_and_when(meeting, booking, staff):
    noted(meeting, booking, staff)

    kept = Presence.objects.get()
    assert (kept.meeting, kept.booking, kept.minutes) == (meeting, booking, 360)
    assert (kept.noted_by, kept.noted_at, kept.is_partial) == (staff, timezone.now(), False)
    assert deeds() == [("events.note_presence", staff.pk, 360)]


def test_noting_it_again_leaves_the_first_note_as_it_is(meeting, booking, staff, clock):
    first = noted(meeting, booking, staff)
    clock.shift(timedelta(minutes=10))
    other = days.trainer_of(booking.event)

    again = noted(meeting, booking, other)

    assert (again.pk, again.noted_by, again.noted_at) == (first.pk, staff, first.noted_at)
    assert len(deeds()) == 1


def test_other_minutes_correct_the_first_note(meeting, booking, staff, clock):
    noted(meeting, booking, staff)
    clock.shift(timedelta(minutes=10))
    other = days.trainer_of(booking.event)

    noted(meeting, booking, other, minutes=90)

    kept = Presence.objects.get()
    assert (kept.minutes, kept.noted_by, kept.noted_at) == (90, other, timezone.now())
    assert kept.is_partial
    assert deeds()[1:] == [("events.note_presence", other.pk, 90)]


def test_a_tap_after_partial_minutes_does_not_lengthen_them(meeting, booking, staff):
    noted(meeting, booking, staff, minutes=90)

    noted(meeting, booking, staff)

    assert Presence.objects.get().minutes == 90


def test_undoing_takes_it_back_and_stays_in_the_record(meeting, booking, staff):
    noted(meeting, booking, staff, minutes=90)

    undone(meeting, booking, staff)
    undone(meeting, booking, staff)

    assert not Presence.objects.exists()
    assert deeds()[1:] == [("events.undo_presence", staff.pk, 90)]


@pytest.mark.parametrize("minutes", [1, 360])
def test_minutes_up_to_the_whole_meeting(meeting, booking, staff, minutes):
    assert noted(meeting, booking, staff, minutes=minutes).minutes == minutes


@pytest.mark.parametrize("minutes", [-1, 0, 361, 10**30])
def test_impossible_minutes_are_refused_beside_their_field(meeting, booking, staff, minutes):
    with pytest.raises(Refusal, match="from 1 to 360") as refused:
        noted(meeting, booking, staff, minutes=minutes)

    assert refused.value.field == "minutes"
    assert not Presence.objects.exists()


def test_a_meeting_of_a_month_is_noted_whole(booking, staff):
    now = timezone.now()
    month = MeetingFactory(
        event=booking.event, starts_at=now, ends_at=now + timedelta(minutes=40_000)
    )

    assert noted(month, booking, staff).minutes == 40_000


def test_everybody_in_a_meeting_of_a_month(booking, staff):
    now = timezone.now()
    month = MeetingFactory(
        event=booking.event, starts_at=now, ends_at=now + timedelta(minutes=40_000)
    )

    attendance.note_all_present(meeting_id=month.pk, by=staff)

    assert Presence.objects.get().minutes == 40_000


def test_somebody_of_another_event_is_refused(meeting, staff):
    stranger = days.placed(days.going_on())

    for deed in (noted, undone):
        with pytest.raises(Refusal, match="not registered for this event"):
            deed(meeting, stranger, staff)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.WAITING, "on the waiting list"),
        (State.OFFERED, "not accepted the offered place"),
        (State.WITHDRAWN, "has withdrawn"),
        (State.DECLINED, "declined the offer"),
        (State.EXPIRED, "expired"),
        (State.CANCELLED, "cancelled"),
    ],
)
def test_whoever_has_no_place_is_not_noted(event, meeting, staff, state, reason):
    booking = BookingFactory(event=event, state=state)

    with pytest.raises(Refusal, match=reason):
        noted(meeting, booking, staff)

    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"state": Event.State.CANCELLED, "cancelled_at": timezone.now()}, "is cancelled"),
        ({"state": Event.State.DRAFT}, "not published yet"),
    ],
    ids=["cancelled", "draft"],
)
def test_nothing_is_noted_at_an_event_that_is_not_held(facts, reason, staff, clock):
    event = days.going_on(**facts)
    meeting, booking = days.first_meeting(event), days.placed(event)

    for deed in (
        lambda: noted(meeting, booking, staff),
        lambda: undone(meeting, booking, staff),
        lambda: attendance.note_all_present(meeting_id=meeting.pk, by=staff),
    ):
        with pytest.raises(Refusal, match=reason):
            deed()


@pytest.mark.parametrize(("minutes_more", "allowed"), [(0, True), (1, False)])
def test_attendance_is_noted_from_a_day_before(minutes_more, allowed, staff, clock):
    ahead = timezone.now() + timedelta(days=1, minutes=minutes_more)
    event = EventFactory(starts_at=ahead)
    meeting, booking = days.first_meeting(event), days.placed(event)

    if allowed:
        assert noted(meeting, booking, staff).minutes == 360
    else:
        with pytest.raises(Refusal, match="from a day before it"):
            noted(meeting, booking, staff)


def test_a_list_on_paper_is_copied_months_later(staff, clock):
    event = EventFactory(starts_at=timezone.now() - timedelta(days=200), state="closed")

    assert noted(days.first_meeting(event), days.placed(event), staff).minutes == 360


def test_who_may(event, meeting, booking):
    with pytest.raises(Refusal, match="Only the Centre's staff and the trainers"):
        noted(meeting, booking, days.another_trainer())
    with pytest.raises(Refusal, match="Only the Centre's staff and the trainers"):
        noted(meeting, booking, UserFactory())

    assert noted(meeting, booking, days.trainer_of(event)).minutes == 360


def test_everybody_is_noted_but_nobody_twice_and_nobody_without_a_place(
    event, meeting, booking, staff
):
    noted(meeting, booking, staff, minutes=90)
    for state in State.values:
        BookingFactory(event=event, state=state)

    first = attendance.note_all_present(meeting_id=meeting.pk, by=staff)
    second = attendance.note_all_present(meeting_id=meeting.pk, by=staff)

    kept = Presence.objects.order_by("minutes").values_list("booking__state", "minutes")
    assert (first, second) == (1, 0)
    assert list(kept) == [(State.PLACED, 90), (State.PLACED, 360)]
    entries = Entry.objects.filter(action="events.note_all_present")
    assert [(entry.actor_id, entry.detail) for entry in entries] == [(staff.pk, {"people": 1})]


def test_attendance_changes_no_place(meeting, booking, staff):
    noted(meeting, booking, staff)
    undone(meeting, booking, staff)

    assert scenes.state(booking) == State.PLACED
