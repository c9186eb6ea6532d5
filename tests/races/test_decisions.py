"""Two who lead decide about one proposal at the very same moment."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accreditation.models import Decision, Proposal, Review, RevisionRequest
from accreditation.operations import decisions, reviews, revisions
from accreditation.permissions import reviews as permissions
from centar.access import Refusal
from tests.factories.accreditation import ProposalFactory
from tests.factories.assessment import AssignmentFactory, ChairFactory
from tests.factories.reviews import phase_with, review_of
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phase(transactional_db):
    made = phase_with()
    ChairFactory(panel=made.panel)
    return made


@pytest.fixture
def chairs(phase):
    seats = phase.panel.seats.filter(role="chair").order_by("pk")
    return [seat.person.user for seat in seats.select_related("person__user")]


@pytest.fixture
def review(phase):
    made = review_of(ProposalFactory(call=phase.call, submitted=True), phase)
    AssignmentFactory(item=made.item)
    return made


def decide(review, by, outcome):
    return partial(
        decisions.decide,
        version_id=review.version_id,
        outcome=outcome,
        reasons="Разлог.",
        by=by,
    )


def ask(review, by):
    return partial(
        revisions.ask,
        version_id=review.version_id,
        points=["Допунити."],
        note="",
        due_on=timezone.localdate() + timedelta(days=5),
        by=by,
    )


def test_two_chairs_who_decide_at_once_make_one_decision(review, chairs):
    first, second = chairs

    outcomes = crowds.at_once(
        [decide(review, first, "accepted"), decide(review, second, "declined")]
    )

    decision = Decision.objects.get()
    assert sorted(type(one).__name__ for one in outcomes) == ["Decision", "Refusal"]
    assert Proposal.objects.get().state == decision.outcome


def test_deciding_and_asking_for_changes_at_once_is_one_of_the_two(review, chairs):
    first, second = chairs

    outcomes = crowds.at_once([decide(review, first, "accepted"), ask(review, second)])

    assert sum(isinstance(one, Refusal) for one in outcomes) == 1
    assert Decision.objects.count() + RevisionRequest.objects.count() == 1


def test_without_the_lock_a_proposal_is_decided_and_sent_back(review, chairs, monkeypatch):
    """The control: both read that it is submitted before either writes."""
    for module in (decisions, revisions):
        monkeypatch.setattr(module, "lock_proposal", lambda pk: Proposal.objects.get(pk=pk))
    monkeypatch.setattr(permissions, "may_happen", crowds.met(2, permissions.may_happen))
    first, second = chairs

    crowds.at_once([decide(review, first, "accepted"), ask(review, second)])

    assert (Decision.objects.count(), RevisionRequest.objects.count()) == (1, 1)


def test_a_review_that_many_begin_at_once_begins_once(phase, chairs):
    proposal = ProposalFactory(call=phase.call, submitted=True)
    begin = partial(reviews.begin, phase_id=phase.pk, proposal_ids=[proposal.pk], by=chairs[0])

    outcomes = crowds.at_once([begin] * 4)

    assert sum(isinstance(one, Refusal) for one in outcomes) == 3
    assert Review.objects.count() == 1


def test_without_the_lock_only_the_database_stops_the_second(phase, chairs, monkeypatch):
    """The control: both see that no review has begun."""
    proposal = ProposalFactory(call=phase.call, submitted=True)
    monkeypatch.setattr(
        reviews, "lock_proposal", lambda pk: Proposal.objects.select_related("call").get(pk=pk)
    )
    monkeypatch.setattr(permissions, "may_begin", crowds.met(2, permissions.may_begin))
    begin = partial(reviews.begin, phase_id=phase.pk, proposal_ids=[proposal.pk], by=chairs[0])

    outcomes = crowds.at_once([begin] * 2)

    assert sum(isinstance(one, IntegrityError | Refusal) for one in outcomes) == 1
