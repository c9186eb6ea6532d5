"""Somebody else of the same school comes instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events import links
from centar.events.models import Booking, BookingGroup
from centar.events.operations import applications, bookings
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.centar.events import scenes
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.factories.schools import SchoolFactory

State = Booking.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def first(group):
    return group.bookings.filter(state=State.PLACED).earliest("pk")


def test_the_one_who_leaves_keeps_an_ended_booking(event, first, colleagues, coordinator):
    left = first.person

    applications.substitute(booking_id=first.pk, person_id=colleagues[4].pk, by=coordinator)

    history = event.bookings.get(person=left)
    assert (history.state, history.ended_by) == (State.WITHDRAWN, coordinator)
    assert event.bookings.holding().count() == 3
    entry = Entry.objects.get(action="events.substitute")
    assert (entry.object_id, entry.detail) == (
        first.pk,
        {"left": left.pk, "came": colleagues[4].pk},
    )


def test_both_are_told_and_letters_on_their_way_reach_nobody_wrong(first, colleagues, coordinator):
    left = first.person
    applications.substitute(booking_id=first.pk, person_id=colleagues[4].pk, by=coordinator)
    outbox.deliver_due()

    def told(person):
        rows = Letter.objects.filter(recipient=person.contact_email).order_by("pk")
        return list(rows.values_list("kind", "state"))

    assert told(left) == [
        ("applications.applied", Letter.State.DROPPED),
        ("applications.substituted", Letter.State.SENT),
    ]
    assert told(colleagues[4]) == [("applications.applied", Letter.State.SENT)]


def test_an_offer_moves_along_and_the_old_link_opens_nothing(event, group, colleagues, coordinator):
    placed = group.bookings.filter(state=State.PLACED).earliest("pk")
    bookings.withdraw(booking_id=placed.pk, by=coordinator)
    offered = event.bookings.get(state=State.OFFERED)
    old_link = links.offer_path(offered)

    applications.substitute(booking_id=offered.pk, person_id=colleagues[4].pk, by=coordinator)

    now = Booking.objects.get(pk=offered.pk)
    assert (now.state, now.offered_at, now.offered_until) == (
        State.OFFERED,
        offered.offered_at,
        offered.offered_until,
    )
    assert links.booking_of(old_link.rstrip("/").rsplit("/", 1)[1]) is None
    assert scenes.letters(recipient=colleagues[4].contact_email) == [
        "applications.applied",
        "events.offered",
    ]


def test_the_group_that_waits_together_stays_one(event, school, coordinator, colleagues):
    scenes.crowd(event, 2)
    group = bookings.enrol_group(
        event_id=event.pk,
        people=colleagues[:2],
        policy=BookingGroup.Policy.TOGETHER,
        by=coordinator,
        school=school,
    )
    one = group.bookings.earliest("pk")
    queue = scenes.queue(event)

    applications.substitute(booking_id=one.pk, person_id=colleagues[4].pk, by=coordinator)

    assert scenes.queue(event) == queue
    assert set(group.bookings.live().values_list("person", flat=True)) == {
        colleagues[1].pk,
        colleagues[4].pk,
    }


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("booked", "is already registered"),
        ("of another school", "must be of the same school"),
        ("without a school", "must be of the same school"),
    ],
)
def test_who_cannot_be_a_substitute(who, sentence, first, colleagues, coordinator):
    person = {
        "booked": colleagues[1],
        "of another school": PersonFactory(school=SchoolFactory()),
        "without a school": PersonFactory(),
    }[who]

    with pytest.raises(Refusal, match=sentence) as refusal:
        applications.substitute(booking_id=first.pk, person_id=person.pk, by=coordinator)

    assert refusal.value.field == "person"
    first.refresh_from_db()
    assert first.person == colleagues[0]


def test_until_the_deadline_the_coordinator_then_the_staff(
    event, first, colleagues, coordinator, staff
):
    event.registration_closes_at = timezone.now() - timedelta(hours=1)
    event.save()

    with pytest.raises(Refusal, match="A substitute was possible until"):
        applications.substitute(booking_id=first.pk, person_id=colleagues[4].pk, by=coordinator)
    applications.substitute(booking_id=first.pk, person_id=colleagues[4].pk, by=staff)

    first.refresh_from_db()
    assert first.person == colleagues[4]


def test_a_coordinator_of_another_school_may_not(first, colleagues):
    stranger = CoordinationFactory().person.user

    with pytest.raises(Refusal, match="not yours"):
        applications.substitute(booking_id=first.pk, person_id=colleagues[4].pk, by=stranger)
    with pytest.raises(Refusal, match="not yours"):
        applications.withdraw_all(group_id=first.group_id, by=stranger)


class TestTheDigest:
    def test_offers_to_several_members_are_one_letter(self, event, group, coordinator, staff):
        Letter.objects.all().delete()
        scenes.resized(event, 4, staff)
        placed = group.bookings.filter(state=State.OFFERED).get()
        bookings.decline(booking_id=placed.pk, by=None)

        assert scenes.letters(recipient=coordinator.email) == ["applications.changed"]

    def test_of_what_the_coordinator_does_there_is_none(self, first, coordinator, event):
        event.bookings.filter(state=State.WAITING).update(
            state=State.WITHDRAWN, ended_at=timezone.now()
        )
        Letter.objects.all().delete()

        bookings.withdraw(booking_id=first.pk, by=coordinator)

        assert scenes.letters(recipient=coordinator.email) == []

    def test_whoever_no_longer_coordinates_reads_nothing_more(self, group, coordinator):
        coordinator.person.coordinations.update(ended_at=timezone.now())

        outbox.deliver_due()

        letters = Letter.objects.filter(recipient=coordinator.email, state=Letter.State.SENT)
        assert letters.count() == 0
