"""The letter "how was it?" and its one reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.factories.evaluation import asked, came, graded
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from trainings import links
from trainings.jobs import evaluation as jobs
from trainings.models import EvaluationReceipt

pytestmark = pytest.mark.django_db

INVITATION, REMINDER = "trainings.evaluation", "trainings.evaluation_reminder"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def queued():
    return [(one.kind, one.object_id) for one in Letter.objects.order_by("pk")]


def run(clock, days=0):
    clock.shift(timedelta(days=days))
    jobs.queue_evaluations()
    outbox.deliver_due()


def test_those_who_were_there_are_asked_once_and_reminded_once(clock):
    seminar, _ = asked(days_ago=0.1)
    booking = came(seminar)
    BookingFactory(event=seminar.event)

    for days in (0, 0, 3, 4, 1, 1):
        run(clock, days)

    assert queued() == [(INVITATION, booking.pk), (REMINDER, booking.pk)]
    assert [letter.to for letter in mail.outbox] == [[booking.person.email]] * 2


def test_whoever_has_answered_is_not_reminded(clock):
    seminar, question = asked(days_ago=0.1)
    graded(seminar, question, 5)

    run(clock)
    run(clock, 8)

    assert queued() == []


def test_before_the_end_and_after_the_days_nobody_is_asked(clock):
    early, _ = asked(days_ago=-1)
    late, _ = asked(days_ago=31)
    came(early)
    came(late)

    run(clock)

    assert queued() == []


def test_the_letter_holds_the_link_which_stays_off_the_record(clock):
    seminar, _ = asked(event__title="Огледи у физици")
    person = PersonFactory(user=None, contact_email="bez@example.org", first_name="Љиља")
    booking = came(seminar, person)

    run(clock)

    (sent,) = mail.outbox
    path = links.evaluation_path(booking)
    assert sent.subject == "Како је било? Огледи у физици"
    assert f"http://127.0.0.1:8000{path}" in sent.body
    letter = Letter.objects.get()
    assert (path in letter.text, "…" in letter.text) == (False, True)


def test_a_letter_that_waits_is_dropped_when_the_answer_came_first(clock):
    seminar, _ = asked()
    booking = came(seminar)
    jobs.queue_evaluations()
    EvaluationReceipt.objects.create(
        seminar=seminar, person=booking.person, on=timezone.localdate()
    )

    outbox.deliver_due()

    assert (Letter.objects.get().state, mail.outbox) == (Letter.State.DROPPED, [])


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    seminar, _ = asked()
    came(seminar)
    with django_assert_num_queries(5) as one:
        jobs.queue_evaluations()
    Letter.objects.all().delete()
    came(seminar)
    came(seminar)

    with django_assert_num_queries(len(one)):
        jobs.queue_evaluations()
