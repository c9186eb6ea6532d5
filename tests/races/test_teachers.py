"""One teacher who sends from two windows at once, and the worker who empties the urn meanwhile."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import transaction

from centar.questionnaires.models import Response
from needs_survey.models import Ballot, TeacherInvitation
from needs_survey.operations import teachers as operations
from needs_survey.operations import urn
from tests.attacks import joining
from tests.factories.teachers import TeacherInvitationFactory, teachers_round
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def windows(number, *, drafts):
    """So many windows of one teacher, with so many drafts."""
    invitation = TeacherInvitationFactory()
    keys = [operations.begin(round_id=invitation.round_id) for _ in range(drafts)]

    def send(key):
        operations.send(invitation_id=invitation.pk, key=key, subject_id=None, answers=[])

    return [partial(send, keys[place % drafts]) for place in range(number)]


def kinds_of(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_the_same_draft_sent_twice_at_once_is_one_answer():
    outcomes = crowds.at_once(windows(4, drafts=1))

    # Whoever comes while it is being sent goes on with it; whoever comes later reads that it is.
    assert set(kinds_of(outcomes)) <= {"NoneType", "AlreadyAnswered"}
    assert Ballot.objects.count() == 1


def test_two_drafts_sent_at_once_are_one_answer_and_a_kind_refusal():
    outcomes = crowds.at_once(windows(2, drafts=2))

    assert kinds_of(outcomes) == ["AlreadyAnswered", "NoneType"]
    assert Ballot.objects.count() == 1


def test_without_the_lock_two_drafts_would_be_two_answers(monkeypatch):
    """The control: both windows read the invitation before either uses it."""

    def unlocked(invitation_id):
        rows = TeacherInvitation.objects.select_related("round", "school")
        return rows.get(pk=invitation_id)

    sending = windows(2, drafts=2)
    monkeypatch.setattr(operations, "_lock", crowds.met(2, unlocked))
    may = operations.permissions.may_answer
    monkeypatch.setattr(operations.permissions, "may_answer", crowds.met(2, may))
    outcomes = crowds.at_once(sending)

    assert kinds_of(outcomes) == ["NoneType", "NoneType"]
    assert Ballot.objects.count() == 2


def scene():
    """An urn that is about to be emptied, and one more teacher who is about to send."""
    survey, _ = teachers_round()
    late = TeacherInvitationFactory(round=survey)
    key = operations.begin(round_id=survey.pk)
    for _number in range(10):
        other = TeacherInvitationFactory(round=survey, school=late.school)
        operations.send(
            invitation_id=other.pk,
            key=operations.begin(round_id=survey.pk),
            subject_id=None,
            answers=[],
        )

    def send():
        operations.send(invitation_id=late.pk, key=key, subject_id=None, answers=[])

    return survey, send


def test_who_sends_while_the_urn_is_emptied_is_not_lost():
    survey, send = scene()

    outcomes = crowds.at_once([send, partial(urn.empty, round_id=survey.pk)])

    assert outcomes[0] is None
    assert Ballot.objects.count() + Response.objects.count() == 11
    assert len(joining.used()) == 11


def test_without_waiting_for_the_urn_the_invitation_is_not_found(monkeypatch):
    """The control: an invitation that is being written anew is gone for whoever waits for it."""
    survey, send = scene()
    monkeypatch.setattr(operations, "_wait_for_the_urn", lambda round_id: None)
    write_anew = urn._write_invitations_anew
    met = crowds.met(2, lambda: None)

    def slowly(round):
        write_anew(round)
        met()
        # Time enough for the other to wait for the row that is deleted.
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1)")

    def hastily():
        met()
        send()

    monkeypatch.setattr(urn, "_write_invitations_anew", slowly)
    outcomes = crowds.at_once([hastily, partial(urn.empty, round_id=survey.pk)])

    assert type(outcomes[0]).__name__ == "DoesNotExist"
