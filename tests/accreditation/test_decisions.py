"""Decisions, for ever about one version."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from accreditation.models import Decision, Proposal, Review
from accreditation.operations import decisions, reviews, submitting
from centar.access import Refusal
from centar.assessment.models import Item
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.people.models import User
from tests.factories.accreditation import CallFactory, ProposalFactory, VersionFactory
from tests.factories.assessment import AssignmentFactory, DeclaredConflictFactory
from tests.factories.people import UserFactory
from tests.factories.reviews import chair_of, phase_with, review_of, staff

pytestmark = pytest.mark.django_db

REASONS = "Јасно и добро."


@pytest.fixture
def review() -> Review:
    phase = phase_with()
    proposal = ProposalFactory(call=phase.call, title="Огледи", submitted=True)
    return review_of(proposal, phase)


@pytest.fixture
def chair(review: Review) -> User:
    return chair_of(review.phase)


def decide(review: Review, by: User, outcome: str = "accepted", reasons: str = REASONS) -> Decision:
    return decisions.decide(version_id=review.version_id, outcome=outcome, reasons=reasons, by=by)


@pytest.mark.parametrize("outcome", ["accepted", "declined"])
def test_a_decision_points_at_its_version(review: Review, chair: User, outcome: str) -> None:
    AssignmentFactory(item=review.item)

    decision = decide(review, chair, outcome)

    proposal = Proposal.objects.get()
    assert (proposal.state, decision.version) == (outcome, review.version)
    assert decision.decided_by == chair.person
    assert Item.objects.get().closed_at is not None
    action = {"accepted": "accreditation.accept", "declined": "accreditation.decline"}[outcome]
    assert Entry.objects.filter(action=action, object_id=proposal.pk).exists()


def test_the_letter_has_the_reasons_and_names_nobody(review: Review, chair: User) -> None:
    assessor = AssignmentFactory(item=review.item, state="sent").person
    decide(review, chair)

    message = outbox.write(Letter.objects.get(kind="accreditation.decision"))

    assert REASONS in message.text
    assert "Огледи" in message.subject
    assert str(assessor) not in message.text
    assert str(chair.person) not in message.text


def test_neither_decision_nor_version_can_be_changed(review: Review, chair: User) -> None:
    decision = decide(review, chair)

    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reasons="Друго")
    with pytest.raises(DatabaseError), transaction.atomic():
        decision.version.delete()


def test_reasons_are_needed(review: Review, chair: User) -> None:
    with pytest.raises(Refusal, match="reasons") as refused:
        decide(review, chair, reasons="  ")

    assert refused.value.field == "reasons"
    assert Proposal.objects.get().state == "submitted"


def test_who_decides_and_who_does_not(review: Review, chair: User) -> None:
    """Three people: may, may not, and one who would but for a conflict."""
    with pytest.raises(Refusal, match="leads the panel"):
        decide(review, UserFactory())
    other = staff()
    DeclaredConflictFactory(item=review.item, person=chair.person)
    with pytest.raises(Refusal, match="conflict"):
        decide(review, chair)

    assert decide(review, other)


def test_what_is_not_reviewed_is_not_decided(review: Review) -> None:
    other = ProposalFactory(call=review.phase.call, submitted=True)

    with pytest.raises(Refusal, match="has not begun"):
        decisions.decide(
            version_id=other.versions.get().pk, outcome="accepted", reasons=REASONS, by=staff()
        )


def test_a_call_without_phases_is_decided_by_the_staff() -> None:
    proposal = ProposalFactory(call=CallFactory(kind="practice"), submitted=True)

    decision = decisions.decide(
        version_id=proposal.versions.get().pk, outcome="accepted", reasons=REASONS, by=staff()
    )

    assert decision.proposal == proposal


def test_a_newer_version_is_not_decided_by_mistake(review: Review, chair: User) -> None:
    reviews.continue_with(VersionFactory(proposal=review.version.proposal), by=None)

    with pytest.raises(Refusal, match="newer version"):
        decide(review, chair)


def test_what_is_withdrawn_waits_for_nobody(review: Review) -> None:
    assignment = AssignmentFactory(item=review.item)
    proposal = review.version.proposal
    author = proposal.authors.get().person.user

    submitting.withdraw(proposal_id=proposal.pk, reason="Болест.", by=author)

    assignment.refresh_from_db()
    assert assignment.state == "ended"
    assert Item.objects.get().closed_at is not None


def test_nothing_is_left_when_the_letter_cannot_be_queued(
    review: Review, chair: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(decision: Decision) -> None:
        raise RuntimeError

    monkeypatch.setattr("accreditation.letters.decisions.queue_decision", fail)

    with pytest.raises(RuntimeError):
        decide(review, chair)
    assert not Decision.objects.exists()
    assert Proposal.objects.get().state == "submitted"
    assert Item.objects.get().closed_at is None
