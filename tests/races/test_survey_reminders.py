"""Two of the staff, or one and the worker, who remind the same schools at the very same moment."""

from __future__ import annotations

from functools import partial

import pytest

from centar.access import Refusal
from needs_survey.models import Invitation
from needs_survey.operations import invitations
from tests.factories.needs_survey import SURVEYS, InvitationFactory
from tests.factories.people import CoordinationFactory, StaffFactory
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reminding():
    """The deed of one of the staff."""
    invitation = InvitationFactory(school=CoordinationFactory().school)
    staff = StaffFactory(permissions=SURVEYS)
    return partial(
        invitations.remind_now,
        round_id=invitation.round_id,
        chosen=[invitation.pk],
        by=staff,
    )


def test_a_school_is_reminded_once(reminding):
    outcomes = crowds.at_once([reminding] * 4)

    assert sorted(type(one).__name__ for one in outcomes) == [Refusal.__name__] * 3 + ["int"]
    assert Invitation.objects.get().reminders == 1


def test_without_the_lock_it_is_counted_twice(reminding, monkeypatch):
    """The control: both have read that the school was not reminded before either writes."""
    monkeypatch.setattr(invitations, "_locked", list)
    may = invitations.permissions.may_be_reminded
    monkeypatch.setattr(invitations.permissions, "may_be_reminded", crowds.met(2, may))

    outcomes = crowds.at_once([reminding] * 2)

    assert outcomes == [1, 1]
    assert Invitation.objects.get().reminders == 2
