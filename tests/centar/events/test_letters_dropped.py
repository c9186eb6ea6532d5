"""A letter that has ceased to be true before it was sent is not sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from centar.events.operations import bookings, schedule
from centar.outbox import operations
from centar.outbox.models import Letter
from tests.centar.events import news, scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(staff, clock):
    return news.Newsroom(staff, clock)


def withdraws(room, booking):
    bookings.withdraw(booking_id=booking.pk, by=room.staff)


def is_withdrawn_as_the_first(room, booking):
    """Whoever stands before this booking leaves, so that it gets an offer."""
    for other in booking.event.bookings.live().exclude(pk=booking.pk):
        bookings.withdraw(booking_id=other.pk, by=room.staff)


def accepts(room, booking):
    bookings.accept(booking_id=booking.pk, by=None)


def lets_the_offer_pass(room, booking):
    room.clock.shift(timedelta(hours=48))


def comes_back(room, booking):
    scenes.enrolled(booking.event, booking.person)


def sees_it_cancelled(room, booking):
    schedule.cancel(event_id=booking.event_id, by=room.staff, reason="Болест.")


def sees_it_moved_again(room, booking):
    booking.event.refresh_from_db()
    scenes.moved(booking.event, booking.event.starts_at + timedelta(days=1), room.staff)


def sees_it_begin(room, booking):
    booking.event.refresh_from_db()
    room.clock.move_to(booking.event.starts_at)


def sees_it_end(room, booking):
    booking.event.refresh_from_db()
    room.clock.move_to(booking.event.ends_at)


def is_deleted(room, booking):
    booking.delete()


@pytest.mark.parametrize(
    ("kind", "happens", "but"),
    [
        ("events.placed", news.placed, withdraws),
        ("events.placed", news.placed, sees_it_cancelled),
        ("events.waiting", news.waiting, is_withdrawn_as_the_first),
        ("events.waiting", news.waiting, withdraws),
        ("events.offered", news.offered, accepts),
        ("events.offered", news.offered, lets_the_offer_pass),
        ("events.offered", news.offered, sees_it_cancelled),
        ("events.expired", news.expired, comes_back),
        ("events.withdrawn", news.withdrawn, comes_back),
        ("events.cancelled", news.cancelled, is_deleted),
        ("events.changed", news.changed, sees_it_moved_again),
        ("events.changed", news.changed, withdraws),
        ("events.changed", news.changed, sees_it_cancelled),
        ("events.changed", news.changed, sees_it_end),
        ("events.runs", news.runs, withdraws),
        ("events.runs", news.runs, sees_it_cancelled),
        ("events.reminder", news.reminder, withdraws),
        ("events.reminder", news.reminder, sees_it_begin),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_news_that_are_no_longer_true_are_not_sent(kind, happens, but, room):
    booking = happens(room)
    letter = Letter.objects.get(kind=kind, object_id=booking.pk)

    but(room, booking)
    operations.deliver_due()

    letter.refresh_from_db()
    assert (letter.state, letter.error) == (
        Letter.State.DROPPED,
        "The booking has changed in the meantime.",
    )
    assert letter.pk not in {
        int(message.extra_headers["Message-ID"].split("@")[0].removeprefix("<letter-"))
        for message in mail.outbox
    }


def test_the_newer_of_two_plans_is_told(room):
    booking = news.changed(room)
    sees_it_moved_again(room, booking)

    operations.deliver_due()

    told = Letter.objects.filter(kind="events.changed", object_id=booking.pk).order_by("pk")
    assert [(letter.version, letter.state) for letter in told] == [
        ("1", Letter.State.DROPPED),
        ("2", Letter.State.SENT),
    ]


def test_a_letter_sent_again_is_judged_by_the_plan_it_told(room):
    booking = news.changed(room)
    operations.deliver_due()
    letter = Letter.objects.get(kind="events.changed", object_id=booking.pk)

    again = operations.resend(letter=letter, by=room.staff)
    operations.deliver_due()

    again.refresh_from_db()
    assert again.state == Letter.State.SENT
