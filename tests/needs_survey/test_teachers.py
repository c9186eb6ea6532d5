"""Asking teachers, and taking one answer of each without learning whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.questionnaires.models import Answer, Response
from needs_survey.anonymous import codes, seals
from needs_survey.models import Ballot, Reminder, Round, TeacherDraft, TeacherInvitation
from needs_survey.operations import teachers as operations
from needs_survey.queries import teachers as queries
from tests.factories.needs_survey import SURVEYS, RoundFactory
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory, SubjectFactory
from tests.factories.teachers import TeacherInvitationFactory, teachers_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return StaffFactory(permissions=SURVEYS)


def begun(invitation, **values):
    key = operations.begin(round_id=invitation.round_id)
    typed = {name: [value] for name, value in values.items()}
    operations.save(round_id=invitation.round_id, key=key, values=typed, instead_of=list(values))
    return key


def send(invitation, key, question=None, number=4):
    answers = [Answer(question=question, number=number)] if question else []
    operations.send(invitation_id=invitation.pk, key=key, subject_id=None, answers=answers)


# --- Asking ---------------------------------------------------------------------------------


def test_teachers_of_chosen_places_are_invited_once_each(staff):
    survey, _ = teachers_round()
    here, elsewhere = MunicipalityFactory(), MunicipalityFactory()
    near = SchoolFactory(municipality=here)
    one = PersonFactory(school=near)
    without_account = PersonFactory(user=None, contact_email="Bez@example.org", school=near)
    PersonFactory(school=SchoolFactory(municipality=elsewhere))
    PersonFactory(school=near, post=Person.Post.PRINCIPAL)
    PersonFactory(user=None, school=near)
    PersonFactory(school=near, user=UserFactory(is_active=False))

    number = operations.invite(round_id=survey.pk, municipalities=[here.pk], by=staff)

    asked = TeacherInvitation.objects.order_by("email")
    assert number == 2
    assert [(invitation.email, invitation.school) for invitation in asked] == sorted(
        [("bez@example.org", near), (one.user.email, near)], key=lambda pair: pair[0]
    )
    assert without_account.pk is not None
    with pytest.raises(Refusal, match="invited already"):
        operations.invite(round_id=survey.pk, municipalities=[here.pk], by=staff)


def test_kinds_and_subjects_narrow_the_choice(staff):
    survey, _ = teachers_round()
    physics = SubjectFactory()
    PersonFactory(school=SchoolFactory(kind="grammar"), subject=physics)
    PersonFactory(school=SchoolFactory(kind="primary"), subject=physics)
    PersonFactory(school=SchoolFactory(kind="grammar"), subject=SubjectFactory())

    found = queries.addresses_to_invite(survey, kinds=["grammar"], subjects=[physics.pk])

    assert len(found) == 1


def test_the_link_is_found_by_its_code_and_kept_nowhere(staff):
    survey, _ = teachers_round()
    PersonFactory(school=SchoolFactory())
    operations.invite(round_id=survey.pk, by=staff)

    invitation = TeacherInvitation.objects.get()
    code = codes.link_code(invitation.pk, invitation.door)
    assert queries.invitation_behind(code) == invitation
    assert queries.invitation_behind(codes.printed(code).lower()) == invitation
    assert queries.invitation_behind("A" * 16) is queries.invitation_behind("нема") is None
    assert code not in str(list(TeacherInvitation.objects.values()) + list(Letter.objects.values()))


def test_a_round_of_schools_one_not_opened_and_one_that_is_over_ask_no_teachers(staff):
    PersonFactory(school=SchoolFactory())
    for survey, sentence in (
        (RoundFactory(), "schools are asked"),
        (RoundFactory(kind=Round.Kind.TEACHERS, opened_at=None), "Open the round first"),
        (RoundFactory(kind=Round.Kind.TEACHERS, closed=True), "The last day is over"),
    ):
        with pytest.raises(Refusal, match=sentence):
            operations.invite(round_id=survey.pk, by=staff)


def test_only_the_staff_ask():
    survey, _ = teachers_round()
    for nobody in (UserFactory(), StaffFactory()):
        with pytest.raises(Refusal, match="staff"):
            operations.invite(round_id=survey.pk, by=nobody)
        with pytest.raises(Refusal, match="staff"):
            operations.add_slips(
                round_id=survey.pk, school_id=SchoolFactory().pk, number=1, by=nobody
            )


def test_a_school_gets_slips_up_to_a_limit(staff):
    survey, _ = teachers_round()
    school = SchoolFactory()

    operations.add_slips(round_id=survey.pk, school_id=school.pk, number=3, by=staff)

    slips = queries.slips(survey.pk, school.pk)
    assert [(slip.email, slip.school) for slip in slips] == [("", school)] * 3
    entry = Entry.objects.get()
    assert (entry.action, entry.detail) == (
        "needs_survey.add_slips",
        {"school": school.pk, "slips": 3},
    )
    with pytest.raises(Refusal, match="at most 300 slips; this one has 3"):
        operations.add_slips(round_id=survey.pk, school_id=school.pk, number=298, by=staff)


def test_only_those_who_have_not_answered_are_reminded_and_not_too_often():
    survey, _ = teachers_round(most_reminders=1)
    silent = TeacherInvitationFactory(round=survey)
    TeacherInvitationFactory(round=survey, is_used=True)
    TeacherInvitationFactory(round=survey, email="")
    TeacherInvitationFactory(round=survey, reminders=1)
    today = Reminder.objects.create(round=survey, on=timezone.localdate())

    numbers = [operations.remind(reminder_id=today.pk) for _ in range(2)]

    silent.refresh_from_db()
    assert numbers == [1, 0]
    assert (silent.reminders, silent.reminded_on) == (1, timezone.localdate())
    assert [letter.recipient for letter in Letter.objects.all()] == [silent.email]


# --- Writing --------------------------------------------------------------------------------


def test_a_draft_is_read_with_its_key_only():
    invitation = TeacherInvitationFactory()
    key = begun(invitation, q1="Дужи одмор.")

    draft = TeacherDraft.objects.get()
    assert queries.draft_values(invitation.round_id, key) == {"q1": ["Дужи одмор."]}
    assert queries.draft_values(invitation.round_id, codes.new_key()) is None
    assert queries.draft_values(RoundFactory().pk, key) is None
    assert key not in str(TeacherDraft.objects.values())
    with pytest.raises(seals.BrokenSeal):
        seals.unseal(draft.sealed, codes.draft_seals(codes.new_key()))


def test_saving_a_part_leaves_the_others():
    invitation = TeacherInvitationFactory()
    key = begun(invitation, q1="а", q2="б", q2_7="в")

    operations.save(
        round_id=invitation.round_id, key=key, values={"q3": ["г"]}, instead_of=["q2", "q3"]
    )

    assert queries.draft_values(invitation.round_id, key) == {"q1": ["а"], "q3": ["г"]}


def test_a_draft_that_is_gone_and_a_round_that_is_over_take_nothing():
    invitation = TeacherInvitationFactory()
    key = begun(invitation)
    nothing = {"values": {}, "instead_of": []}
    with pytest.raises(Refusal, match="no longer"):
        operations.save(round_id=invitation.round_id, key=codes.new_key(), **nothing)

    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(Refusal, match="The last day was"):
        operations.save(round_id=invitation.round_id, key=key, **nothing)
    with pytest.raises(Refusal, match="The last day was"):
        operations.begin(round_id=invitation.round_id)


@pytest.mark.parametrize(("days", "left"), [(0, 1), (1, 1), (2, 0)])
def test_drafts_of_a_round_that_is_over_are_dropped_a_day_later(days, left):
    begun(TeacherInvitationFactory())
    Round.objects.update(
        closes_on=timezone.localdate() - timedelta(days=days),
        opens_on=timezone.localdate() - timedelta(days=20),
    )

    operations.drop_drafts(today=timezone.localdate())

    assert TeacherDraft.objects.count() == left


# --- Sending --------------------------------------------------------------------------------


def test_sending_uses_the_invitation_and_leaves_neither_draft_nor_claim():
    survey, (scale, _) = teachers_round()
    invitation = TeacherInvitationFactory(round=survey)

    send(invitation, begun(invitation), scale)

    invitation.refresh_from_db()
    assert (invitation.is_used, invitation.claim) == (True, "")
    assert (TeacherDraft.objects.count(), Ballot.objects.count()) == (0, 1)
    assert Response.objects.count() == Entry.objects.count() == 0


def test_a_second_answer_is_refused_and_its_draft_stays():
    invitation = TeacherInvitationFactory()
    first, second = begun(invitation), begun(invitation)
    send(invitation, first)

    for key in (second, first):
        with pytest.raises(operations.AlreadyAnswered):
            send(invitation, key)

    assert (Ballot.objects.count(), TeacherDraft.objects.count()) == (1, 1)


def test_before_and_after_its_days_nothing_is_taken_and_the_invitation_stays_good():
    invitation = TeacherInvitationFactory()
    key = begun(invitation)
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(Refusal, match="The last day was"):
        send(invitation, key)

    invitation.refresh_from_db()
    assert (invitation.is_used, Ballot.objects.count()) == (False, 0)


@pytest.mark.parametrize("broken", ["_cast", "_forget_claim"])
def test_whatever_breaks_on_the_way_sending_again_is_one_answer(monkeypatch, broken):
    invitation = TeacherInvitationFactory()
    key, other = begun(invitation), begun(invitation)

    def lost(*args):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(operations, broken, lost)
        with pytest.raises(ConnectionError):
            send(invitation, key)
    # Another draft does not get in between.
    with pytest.raises(operations.AlreadyAnswered):
        send(invitation, other)
    send(invitation, key)

    invitation.refresh_from_db()
    assert (invitation.is_used, invitation.claim, Ballot.objects.count()) == (True, "", 1)


def test_sending_goes_on_after_the_last_day_when_it_broke_off_before(monkeypatch):
    invitation = TeacherInvitationFactory()
    key = begun(invitation)
    with monkeypatch.context() as patch:
        patch.setattr(operations, "_cast", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(invitation, key)
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    send(invitation, key)

    assert Ballot.objects.count() == 1
