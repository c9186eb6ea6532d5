"""Reviews begin in a phase, and begin anew with the same assessors."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation.models import Phase, Proposal, Review
from accreditation.operations import reviews as operations
from accreditation.queries import reviews as queries
from centar.access import Refusal
from centar.assessment.models import Assignment, DeclaredConflict
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.people.models import User
from tests.factories.accreditation import AuthorFactory, ProposalFactory, VersionFactory
from tests.factories.assessment import AssignmentFactory, DeclaredConflictFactory
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.reviews import ReviewFactory, chair_of, phase_with, review_of, staff
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase() -> Phase:
    return phase_with()


@pytest.fixture
def proposal(phase: Phase) -> Proposal:
    return ProposalFactory(call=phase.call, submitted=True)


def begin(phase: Phase, *proposals: Proposal, by: User | None = None) -> list[Review]:
    return operations.begin(
        phase_id=phase.pk, proposal_ids=[one.pk for one in proposals], by=by or chair_of(phase)
    )


def test_a_review_names_only_the_code_and_knows_whose_it_is(
    phase: Phase, proposal: Proposal
) -> None:
    school = SchoolFactory()
    second = ProposalFactory(call=phase.call, lead=PersonFactory(school=school), submitted=True)

    (review, _other) = begin(phase, proposal, second)

    author = proposal.authors.get()
    assert (review.item.code, review.item.topic) == (proposal.code, str(proposal.area_id))
    assert [party.person for party in review.item.parties.all()] == [author.person]
    assert Review.objects.get(version__proposal=second).item.parties.get().school == school
    assert Entry.objects.filter(action="accreditation.begin_review").count() == 2


def test_staff_may_begin_too_and_nobody_else(phase: Phase, proposal: Proposal) -> None:
    with pytest.raises(Refusal):
        begin(phase, proposal, by=UserFactory())

    assert begin(phase, proposal, by=staff())


@pytest.mark.parametrize("state", ["draft", "revision", "withdrawn", "accepted"])
def test_only_what_is_submitted_is_reviewed(phase: Phase, state: str) -> None:
    other = ProposalFactory(call=phase.call, state=state)

    with pytest.raises(Refusal, match="cannot be done now"):
        begin(phase, other)


def test_a_review_begins_once(phase: Phase, proposal: Proposal) -> None:
    begin(phase, proposal)

    with pytest.raises(Refusal, match="being reviewed already"):
        begin(phase, proposal)
    assert Review.objects.count() == 1


def test_all_begin_or_none(phase: Phase, proposal: Proposal) -> None:
    other = ProposalFactory(submitted=True)

    with pytest.raises(Refusal, match="another call"):
        begin(phase, proposal, other)
    assert not Review.objects.exists()


def test_what_waits_for_a_review_is_what_was_submitted_last(phase: Phase) -> None:
    waiting = ProposalFactory(call=phase.call, submitted=True)
    newest = VersionFactory(proposal=waiting)
    reviewed = ReviewFactory(phase=phase)
    ProposalFactory(call=phase.call)
    ProposalFactory(submitted=True)

    assert queries.to_begin(phase) == [newest]
    assert reviewed.version not in queries.to_begin(phase)


class TestContinuing:
    """A revised version goes to the same people."""

    @pytest.fixture
    def review(self, phase: Phase, proposal: Proposal) -> Review:
        return review_of(proposal, phase)

    def again(self, proposal: Proposal) -> Review:
        (review,) = operations.continue_with(VersionFactory(proposal=proposal), by=None)
        return review

    def test_the_same_assessors_are_asked(self, review: Review, proposal: Proposal) -> None:
        first = AssignmentFactory(item=review.item, state="sent")
        AssignmentFactory(item=review.item, state="declined")

        new = self.again(proposal)

        assert new.item.follows == review.item
        assert new.item.code == f"{proposal.code}-2"
        asked = Assignment.objects.filter(item=new.item)
        assert [(one.person, one.state) for one in asked] == [(first.person, "asked")]
        text = outbox.write(Letter.objects.get(kind="assessment.again")).text
        call = f"предлози на позив „{proposal.call.title}“ (програм стручног усавршавања)"
        assert call in text

    def test_a_declared_conflict_stays_one(self, review: Review, proposal: Proposal) -> None:
        partial = AssignmentFactory(item=review.item, state="ended").person
        DeclaredConflictFactory(item=review.item, person=partial)

        new = self.again(proposal)

        assert DeclaredConflict.objects.filter(item=new.item, person=partial).exists()
        assert not Assignment.objects.filter(item=new.item).exists()

    def test_whoever_was_an_author_stays_apart(self, review: Review, proposal: Proposal) -> None:
        gone = AuthorFactory(proposal=proposal).person
        review.item.parties.create(person=gone, email=gone.email)
        proposal.authors.filter(person=gone).update(removed_at="2026-01-01T00:00Z")

        new = self.again(proposal)

        assert new.item.parties.filter(person=gone).exists()

    def test_a_panel_that_has_ended_is_not_troubled(
        self, review: Review, proposal: Proposal, phase: Phase
    ) -> None:
        phase.panel.ended_at = "2026-01-01T00:00Z"
        phase.panel.save()

        assert operations.continue_with(VersionFactory(proposal=proposal), by=None) == []


class TestTable:
    """What those who lead see."""

    def rows(self, phase: Phase, user: User) -> list[queries.Row]:
        from django.utils import timezone

        return queries.table(phase.panel, user, is_blind=True, today=timezone.localdate())

    def test_a_chair_with_a_conflict_sees_neither_counters_nor_names(self, phase: Phase) -> None:
        review = ReviewFactory(phase=phase)
        AssignmentFactory(item=review.item, state="sent", points=[3, 4])
        chair = chair_of(phase)

        (row,) = self.rows(phase, chair)
        assert (row.standing.sent, row.standing.live, row.late) == (1, 1, 0)

        DeclaredConflictFactory(item=review.item, person=chair.person)
        (row,) = self.rows(phase, chair)
        hidden = row.standing
        assert (hidden.sent, hidden.live, hidden.mean, row.late) == (None, None, None, None)
        assert hidden.assessed == ()

    def test_titles_are_blind_where_authors_are_hidden(self, phase: Phase) -> None:
        lead = PersonFactory(first_name="Зорана", last_name="Ћирковић")
        proposal = ProposalFactory(
            call=phase.call, lead=lead, title="Метода Зоране Ћирковић", submitted=True
        )
        review_of(proposal, phase)

        (row,) = self.rows(phase, chair_of(phase))

        assert row.title == "Метода [author]"

    def test_a_followed_review_gives_way_to_the_next(self, phase: Phase) -> None:
        review = ReviewFactory(phase=phase)
        (new,) = operations.continue_with(VersionFactory(proposal=review.version.proposal), by=None)

        assert [row.review for row in self.rows(phase, chair_of(phase))] == [new]

    @pytest.mark.parametrize("number", [1, 3])
    def test_as_many_statements_for_three_as_for_one(
        self, phase: Phase, number: int, django_assert_num_queries: Any
    ) -> None:
        for review in ReviewFactory.create_batch(number, phase=phase):
            AssignmentFactory(item=review.item, state="sent", points=[3, 4])
        chair = chair_of(phase)

        with django_assert_num_queries(7):
            self.rows(phase, chair)
