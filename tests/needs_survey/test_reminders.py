"""Reminding schools: only those that are silent, so often and no more, once a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from needs_survey.jobs import reminders as jobs
from needs_survey.models import Invitation, Reminder, Round
from needs_survey.operations import invitations as operations
from tests.factories.needs_survey import (
    SURVEYS,
    InvitationFactory,
    RoundFactory,
    SchoolAnswerFactory,
    answer_of_school,
)
from tests.factories.people import CoordinationFactory, StaffFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def clock():
    noon = timezone.localtime().replace(hour=12)
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


@pytest.fixture
def survey(clock):
    return RoundFactory()


def asked(survey):
    """A school with a coordinator since long ago."""
    coordination = CoordinationFactory(confirmed_at=timezone.now() - 100 * DAY)
    return InvitationFactory(round=survey, school=coordination.school)


def remind_on(survey, *days):
    for day in days:
        Reminder.objects.create(round=survey, on=timezone.localdate() + day * DAY)


def reminded():
    return sorted(Letter.objects.filter(kind="needs_survey.reminder").values_list("object_id"))


def test_those_who_have_sent_are_left_alone(survey):
    silent, begun, sent = asked(survey), asked(survey), asked(survey)
    SchoolAnswerFactory(invitation=begun)
    answer_of_school(sent)
    remind_on(survey, 0)

    assert jobs.write_to_schools() == 2

    assert reminded() == [(silent.pk,), (begun.pk,)]


def test_a_day_is_used_once(survey):
    asked(survey)
    remind_on(survey, 0)

    assert [jobs.write_to_schools() for _ in range(3)] == [1, 0, 0]


def test_two_days_that_fall_together_write_one_letter(survey, clock):
    asked(survey)
    remind_on(survey, 1, 2)
    clock.shift(3 * DAY)  # the worker stood still

    assert jobs.write_to_schools() == 1
    assert Reminder.objects.filter(sent_at=None).count() == 0


def test_no_school_is_written_to_more_often_than_the_round_allows(survey, clock):
    invitation = asked(survey)
    remind_on(survey, 0, 1, 2, 3)

    counts = []
    for _ in range(4):
        counts.append(jobs.write_to_schools())
        clock.shift(DAY)

    assert counts == [1, 1, 0, 0]
    invitation.refresh_from_db()
    assert invitation.reminders == survey.most_reminders == 2


def test_a_school_that_no_letter_reaches_is_not_counted_as_reminded(survey):
    invitation = InvitationFactory(round=survey)
    remind_on(survey, 0)

    assert jobs.write_to_schools() == 0
    invitation.refresh_from_db()
    assert invitation.reminders == 0


def test_days_before_the_opening_are_not_made_up_for(survey):
    asked(survey)
    remind_on(survey, -20)

    assert jobs.write_to_schools() == 0


def test_after_the_last_day_the_letter_says_whom_to_call(survey, clock):
    asked(survey)
    remind_on(survey, 12)
    clock.shift(12 * DAY)

    jobs.write_to_schools()
    outbox.deliver_due()

    (letter,) = mail.outbox
    assert "позовите Центар" in letter.body or "please call the Centre" in letter.body


def test_a_letter_that_waits_is_dropped_when_the_answer_came_first(survey):
    invitation = asked(survey)
    remind_on(survey, 0)
    jobs.write_to_schools()
    answer_of_school(invitation)

    outbox.deliver_due()

    assert (Letter.objects.get().state, mail.outbox) == (Letter.State.DROPPED, [])


def test_a_coordinator_confirmed_later_is_invited_once(survey):
    invitation = InvitationFactory(round=survey)
    jobs.write_to_schools()
    coordination = CoordinationFactory(school=invitation.school)

    for _ in range(3):
        jobs.write_to_schools()

    letter = Letter.objects.get()
    assert (letter.kind, letter.recipient) == ("needs_survey.invitation", coordination.person.email)


def test_the_number_of_statements_does_not_grow(survey, django_assert_num_queries):
    asked(survey)
    remind_on(survey, 0)
    with django_assert_num_queries(13) as one:
        jobs.write_to_schools()
    Reminder.objects.update(sent_at=None)
    for _ in range(3):
        asked(survey)

    with django_assert_num_queries(len(one)):
        jobs.write_to_schools()


class TestRemindingNow:
    @pytest.fixture
    def staff(self):
        return StaffFactory(permissions=SURVEYS)

    def remind(self, survey, by, chosen=None):
        every = Invitation.objects.values_list("pk", flat=True)
        chosen = every if chosen is None else [one.pk for one in chosen]
        return operations.remind_now(round_id=survey.pk, chosen=chosen, by=by)

    def test_of_the_chosen_those_who_have_sent_nothing(self, survey, staff):
        chosen, sent, _other = asked(survey), asked(survey), asked(survey)
        elsewhere = asked(RoundFactory())
        answer_of_school(sent)

        number = self.remind(survey, staff, [chosen, sent, elsewhere])

        assert (number, reminded()) == (1, [(chosen.pk,)])
        chosen.refresh_from_db()
        assert (chosen.reminders, chosen.reminded_on) == (1, timezone.localdate())
        entry = Entry.objects.get(action="needs_survey.remind")
        assert (entry.actor_id, entry.detail) == (staff.pk, {"schools": 1})

    def test_once_a_day_and_as_often_as_the_round_allows(self, survey, staff, clock):
        asked(survey)
        remind_on(survey, 0)
        jobs.write_to_schools()

        with pytest.raises(Refusal, match="can be reminded now"):
            self.remind(survey, staff)
        clock.shift(DAY)
        assert self.remind(survey, staff) == survey.most_reminders - 1
        clock.shift(DAY)
        with pytest.raises(Refusal, match="can be reminded now"):
            self.remind(survey, staff)
        assert len(reminded()) == Invitation.objects.get().reminders == 2

    def test_a_school_that_no_letter_reaches_is_not_counted(self, survey, staff):
        InvitationFactory(round=survey)

        with pytest.raises(Refusal, match="can be reminded now"):
            self.remind(survey, staff)
        assert Entry.objects.filter(action="needs_survey.remind").count() == 0

    def test_after_the_last_day_too(self, clock, staff):
        survey = RoundFactory(closed=True)
        asked(survey)

        assert self.remind(survey, staff) == 1

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"opened_at": None}, "cannot be answered yet"),
            ({"opens_on": timezone.localdate() + DAY}, "cannot be answered yet"),
            ({"kind": Round.Kind.TEACHERS}, "single teachers"),
        ],
    )
    def test_only_where_schools_can_answer(self, clock, staff, facts, sentence):
        survey = RoundFactory(**facts)
        asked(survey)

        with pytest.raises(Refusal, match=sentence):
            self.remind(survey, staff)

    @pytest.mark.parametrize("permissions", [[], ["needs_survey.view_round"]])
    def test_others_may_not(self, survey, permissions):
        asked(survey)

        with pytest.raises(Refusal, match="Only the Centre's staff"):
            self.remind(survey, StaffFactory(permissions=permissions))
        assert reminded() == []

    def test_the_number_of_statements_does_not_grow(self, survey, staff, django_assert_num_queries):
        asked(survey)
        staff.get_all_permissions()  # read once for a request
        with django_assert_num_queries(8) as one:
            self.remind(survey, staff)
        Invitation.objects.update(reminders=0, reminded_on=None)
        for _ in range(2):
            asked(survey)

        with django_assert_num_queries(len(one)):
            self.remind(survey, staff)
