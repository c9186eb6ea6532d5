"""A round from its preparation to its end, and last year's copied."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.questionnaires import permissions as questionnaires
from needs_survey.models import Reminder, Round
from needs_survey.operations import invitations, rounds
from tests.factories.needs_survey import (
    SURVEYS,
    ContributorFactory,
    InvitationFactory,
    RoundFactory,
    SectionFactory,
)
from tests.factories.people import CoordinationFactory, StaffFactory
from tests.factories.questionnaires import QuestionFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def staff():
    return StaffFactory(permissions=SURVEYS)


@pytest.fixture
def prepared():
    """A round with a question, nobody invited yet."""
    survey = RoundFactory(opened_at=None)
    section = SectionFactory(questionnaire=survey.questionnaire)
    QuestionFactory(questionnaire=survey.questionnaire, section=section)
    return survey


@pytest.fixture
def today():
    return timezone.localdate()


class TestOpening:
    def test_every_coordinator_of_an_invited_school_gets_one_letter(self, prepared, staff):
        first, second = CoordinationFactory(), CoordinationFactory()
        CoordinationFactory(school=first.school)
        CoordinationFactory()
        for coordination in (first, second):
            InvitationFactory(round=prepared, school=coordination.school)

        rounds.open_round(round_id=prepared.pk, by=staff)

        assert Letter.objects.count() == 3
        assert Letter.objects.filter(recipient=second.person.email).count() == 1
        assert Entry.objects.get(action="needs_survey.open").object_id == prepared.pk

    def test_a_coordinator_of_two_schools_gets_a_letter_for_each(self, prepared, staff):
        one = CoordinationFactory()
        other = CoordinationFactory(person=one.person)
        for coordination in (one, other):
            InvitationFactory(round=prepared, school=coordination.school)

        rounds.open_round(round_id=prepared.pk, by=staff)

        assert Letter.objects.filter(recipient=one.person.email).count() == 2

    def test_the_letters_wait_for_the_first_day(self, prepared, staff, today):
        InvitationFactory(round=prepared, school=CoordinationFactory().school)
        prepared.opens_on = today + 3 * DAY
        prepared.save()

        rounds.open_round(round_id=prepared.pk, by=staff)

        morning = timezone.localtime(Letter.objects.get().next_attempt_at)
        assert (morning.date(), morning.hour) == (prepared.opens_on, 8)

    def test_the_letter_leads_to_the_answer(self, prepared, staff):
        invitation = InvitationFactory(round=prepared, school=CoordinationFactory().school)
        rounds.open_round(round_id=prepared.pk, by=staff)

        outbox.deliver_due()

        (sent,) = mail.outbox
        assert f"/anketa/skola/{invitation.pk}/" in sent.body
        assert invitation.school.name in sent.body

    def test_without_questions_or_schools_there_is_nothing_to_open(self, staff):
        empty = RoundFactory(opened_at=None)

        with pytest.raises(Refusal, match="no questions yet"):
            rounds.open_round(round_id=empty.pk, by=staff)
        section = SectionFactory(questionnaire=empty.questionnaire)
        QuestionFactory(questionnaire=empty.questionnaire, section=section)
        with pytest.raises(Refusal, match="Nobody is invited"):
            rounds.open_round(round_id=empty.pk, by=staff)

    def test_a_question_outside_of_sections_would_be_lost(self, prepared, staff):
        QuestionFactory(questionnaire=prepared.questionnaire)
        InvitationFactory(round=prepared)

        with pytest.raises(Refusal, match="into a section"):
            rounds.open_round(round_id=prepared.pk, by=staff)

    def test_only_once(self, staff):
        survey = InvitationFactory().round

        with pytest.raises(Refusal, match="open already"):
            rounds.open_round(round_id=survey.pk, by=staff)

    @pytest.mark.parametrize("permissions", [[], ["needs_survey.view_round"]])
    def test_others_may_not(self, prepared, permissions):
        InvitationFactory(round=prepared)

        with pytest.raises(Refusal, match="Only the Centre's staff"):
            rounds.open_round(round_id=prepared.pk, by=StaffFactory(permissions=permissions))
        prepared.refresh_from_db()
        assert prepared.opened_at is None


class TestSettled:
    @pytest.mark.parametrize("field", ["kind", "questionnaire"])
    def test_who_answers_and_what_stays_after_the_first_invitation(self, prepared, staff, field):
        InvitationFactory(round=prepared)
        prepared.kind = Round.Kind.TEACHERS

        with pytest.raises(Refusal, match="Somebody is invited already"):
            rounds.keep(round=prepared, changed=[field], by=staff)

        prepared.refresh_from_db()
        assert prepared.kind == Round.Kind.SCHOOLS

    def test_before_that_it_may_change(self, prepared, staff):
        prepared.kind = Round.Kind.TEACHERS

        rounds.keep(round=prepared, changed=["kind"], by=staff)

        prepared.refresh_from_db()
        assert prepared.kind == Round.Kind.TEACHERS
        assert Entry.objects.get(action="needs_survey.revise").detail == {"changed": "kind"}


class TestTheLastDay:
    def test_it_moves_and_the_days_of_reminding_move_along(self, staff, today):
        survey = RoundFactory()
        before = Reminder.objects.create(round=survey, on=survey.closes_on - 2 * DAY)
        used = Reminder.objects.create(round=survey, on=today - DAY, sent_at=timezone.now())

        rounds.move_last_day(round_id=survey.pk, closes_on=survey.closes_on + 7 * DAY, by=staff)

        days = list(survey.reminders.values_list("on", flat=True))
        assert days == [used.on, before.on + 7 * DAY]
        assert not Reminder.objects.filter(pk=before.pk).exists()

    def test_a_closed_round_is_opened_again_by_a_later_day(self, staff, today):
        survey = RoundFactory(closed=True)

        rounds.move_last_day(round_id=survey.pk, closes_on=today + DAY, by=staff)

        survey.refresh_from_db()
        assert survey.is_open_on(today)

    def test_a_day_that_is_over_is_refused(self, staff, today):
        with pytest.raises(Refusal, match="close it"):
            rounds.move_last_day(round_id=RoundFactory().pk, closes_on=today - DAY, by=staff)

    def test_closing_ends_it_and_its_reminders(self, staff, today):
        survey = RoundFactory()
        Reminder.objects.create(round=survey, on=today + DAY)

        rounds.close(round_id=survey.pk, by=staff)

        survey.refresh_from_db()
        assert (survey.is_open_on(today), survey.reminders.count()) == (False, 0)

    def test_on_its_first_day_it_cannot_be_closed(self, staff, today):
        with pytest.raises(Refusal, match="began today"):
            rounds.close(round_id=RoundFactory(opens_on=today).pk, by=staff)


class TestCopying:
    def test_the_questions_keep_their_codes_and_the_days_move(self, staff):
        writer = StaffFactory(permissions=[*SURVEYS, questionnaires.CHANGE])
        old = RoundFactory(closed=True, title="Потребе 2025/26", message="Поздрав")
        QuestionFactory(questionnaire=old.questionnaire, code="novac")
        Reminder.objects.create(round=old, on=old.closes_on - 5 * DAY)

        new = rounds.copy_round(
            round_id=old.pk,
            title="Потребе 2026/27",
            opens_on=old.opens_on + 364 * DAY,
            closes_on=old.closes_on + 364 * DAY,
            by=writer,
        )

        assert (new.compared_with, new.opened_at, new.message) == (old, None, "Поздрав")
        assert new.questionnaire.title == "Потребе 2026/27"
        assert new.questionnaire.pk != old.questionnaire.pk
        assert [one.code for one in new.questionnaire.questions.all()] == ["novac"]
        assert new.reminders.get().on == new.closes_on - 5 * DAY
        assert new.invitations.count() == 0

    def test_the_same_schools_get_their_letters_when_the_copy_is_opened(self, prepared, today):
        writer = StaffFactory(permissions=[*SURVEYS, questionnaires.CHANGE])
        school = CoordinationFactory().school
        InvitationFactory(round=prepared, school=school)

        new = rounds.copy_round(
            round_id=prepared.pk,
            title="Нова",
            opens_on=today,
            closes_on=today + DAY,
            with_schools=True,
            by=writer,
        )

        invited = new.invitations.get()
        assert (invited.school, invited.reminders, Letter.objects.count()) == (school, 0, 0)
        rounds.open_round(round_id=new.pk, by=writer)
        assert Letter.objects.get().object_id == invited.pk
        assert Entry.objects.get(action="needs_survey.copy").detail["schools"] == 1

    def test_whoever_may_not_write_questionnaires_copies_nothing(self, staff):
        old = RoundFactory()

        with pytest.raises(Refusal):
            rounds.copy_round(
                round_id=old.pk,
                title="Нова",
                opens_on=old.opens_on,
                closes_on=old.closes_on,
                by=staff,
            )
        assert Round.objects.count() == 1


class TestInviting:
    def test_all_schools_but_outlying_units(self, prepared, staff):
        main = SchoolFactory()
        SchoolFactory(parent=main)

        number = invitations.invite_schools(round_id=prepared.pk, by=staff)

        assert number == 1
        assert prepared.invitations.get().school == main

    def test_by_municipality_and_kind(self, prepared, staff):
        wanted = SchoolFactory(kind="grammar")
        SchoolFactory(kind="grammar")
        SchoolFactory(municipality=wanted.municipality, kind="primary")
        unit = SchoolFactory(municipality=wanted.municipality, kind="grammar", parent=wanted)

        invitations.invite_schools(
            round_id=prepared.pk,
            municipalities=[wanted.municipality_id],
            kinds=["grammar"],
            with_outlying_units=True,
            by=staff,
        )

        assert {one.school for one in prepared.invitations.all()} == {wanted, unit}

    def test_nobody_twice(self, prepared, staff):
        SchoolFactory()
        invitations.invite_schools(round_id=prepared.pk, by=staff)

        with pytest.raises(Refusal, match="invited already"):
            invitations.invite_schools(round_id=prepared.pk, by=staff)

    def test_in_an_open_round_the_letter_goes_at_once(self, staff):
        survey = RoundFactory()
        CoordinationFactory()

        invitations.invite_schools(round_id=survey.pk, by=staff)

        assert Letter.objects.get().kind == "needs_survey.invitation"

    def test_schools_are_not_asked_what_teachers_are(self, staff):
        SchoolFactory()
        survey = RoundFactory(kind=Round.Kind.TEACHERS)

        with pytest.raises(Refusal, match="single teachers"):
            invitations.invite_schools(round_id=survey.pk, by=staff)

    def test_an_invitation_is_taken_back_until_the_school_begins(self, staff):
        mistaken = InvitationFactory()
        begun = ContributorFactory().answer.invitation

        invitations.take_back(invitation_id=mistaken.pk, by=staff)

        assert mistaken.round.invitations.count() == 0
        with pytest.raises(Refusal, match="begun"):
            invitations.take_back(invitation_id=begun.pk, by=staff)
