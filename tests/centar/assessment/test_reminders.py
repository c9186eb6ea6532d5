"""Reminding before and after the last day, so often and no more; a letter a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from centar.assessment import jobs
from centar.assessment.models import Assignment, Item, Panel, Rules
from centar.outbox.models import Letter
from tests.factories.assessment import DeclaredConflictFactory, ItemFactory, PanelFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2027, 3, 1)


@pytest.fixture
def clock():
    """Noon on a Monday, four weeks before the last day of the panel."""
    with time_machine.travel("2027-03-01 12:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def panel(clock, scene):
    Panel.objects.update(due_on=MONDAY + timedelta(days=28))
    scene.panel.refresh_from_db()
    scene.item.refresh_from_db()
    return scene


def days_of(job, clock, number=60):
    """On which days from now the job did something."""
    found = []
    for day in range(number):
        if job():
            found.append(day)
        assert job() == 0
        clock.shift(timedelta(days=1))
    return found


def kinds():
    return list(Letter.objects.order_by("pk").values_list("kind", "version"))


def test_before_and_after_the_last_day(panel, clock):
    panel.asked()

    assert days_of(jobs.remind_assessors, clock) == [28 - 7, 28 + 3]
    assert kinds() == [
        ("assessment.reminder", "2027-03-22"),
        ("assessment.reminder", "2027-04-01"),
    ]
    assert Assignment.objects.get().reminders == 2


def test_the_rules_say_when_and_how_often(panel, clock):
    Rules.objects.create(days_before=2, days_after=5, most_reminders=4)
    panel.asked()

    assert days_of(jobs.remind_assessors, clock) == [26, 33, 38, 43]


def test_nobody_is_reminded_when_the_rules_say_never(panel, clock):
    Rules.objects.create(most_reminders=0)
    panel.asked()

    assert days_of(jobs.remind_assessors, clock) == []


def test_who_was_asked_in_the_last_week_is_reminded_only_when_late(panel, clock):
    clock.shift(timedelta(days=24))
    panel.asked()

    assert days_of(jobs.remind_assessors, clock) == [7, 10]


def test_a_worker_that_stood_still_reminds_once(panel, clock):
    panel.asked()
    clock.shift(timedelta(days=33))

    assert days_of(jobs.remind_assessors, clock, 2) == [0]


@pytest.mark.parametrize("state", ["sent", "declined", "ended"])
def test_only_those_who_have_not_sent(panel, clock, state):
    panel.asked(state=state)

    assert days_of(jobs.remind_assessors, clock) == []


@pytest.mark.parametrize("model", [Item, Panel])
def test_not_about_what_is_over(panel, clock, model):
    panel.asked()
    model.objects.update(**{"closed_at" if model is Item else "ended_at": timezone.now()})

    assert days_of(jobs.remind_assessors, clock) == []
    assert days_of(jobs.write_digests, clock) == []


def test_not_about_what_they_are_not_impartial(panel, clock):
    DeclaredConflictFactory(item=panel.item, person=panel.asked().person)

    assert days_of(jobs.remind_assessors, clock, 30) == []
    assert days_of(jobs.write_digests, clock, 30) == []


def test_several_things_are_one_letter(panel, clock):
    other = PanelFactory(due_on=panel.panel.due_on)
    panel.asked()
    panel.asked(0, ItemFactory(panel=other))
    clock.shift(timedelta(days=21))

    assert jobs.remind_assessors() == 2
    assert Letter.objects.count() == 1


def test_letters_wait_until_people_are_at_work(panel, clock):
    panel.asked()
    clock.move_to("2027-03-22 00:01:00+01:00")

    jobs.remind_assessors()
    jobs.write_digests()

    moments = {timezone.localtime(one.next_attempt_at) for one in Letter.objects.all()}
    assert {f"{one:%d.%m. %H:%M}" for one in moments} == {"22.03. 08:00"}


def test_once_a_week_on_its_day_while_something_waits(panel, clock):
    panel.asked()

    assert days_of(jobs.write_digests, clock, 20) == [7, 14]


def test_the_rules_name_the_day_of_the_week(panel, clock):
    Rules.objects.create(digest_weekday=4)
    panel.asked()

    assert days_of(jobs.write_digests, clock, 14) == [4, 11]


def test_the_weekly_letter_is_one_for_a_person_over_all_panels(panel, clock):
    panel.asked()
    panel.asked(0, ItemFactory())
    panel.asked(1)
    clock.shift(timedelta(days=7))

    assert jobs.write_digests() == 2
    assert sorted(Letter.objects.values_list("recipient", flat=True)) == sorted(
        person.email for person in panel.assessors[:2]
    )


@pytest.mark.parametrize("number", [1, 3])
def test_reminding_reads_as_much_for_any_number_and_audits_each(
    panel, clock, number, django_assert_num_queries
):
    for one in range(number):
        panel.asked(one)
    clock.shift(timedelta(days=21))

    with django_assert_num_queries(8 + number):
        assert jobs.remind_assessors() == number
