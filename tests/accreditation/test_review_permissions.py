"""Who may what with reviews: a table of truth over everybody who could come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accreditation.models import Proposal, Review, RevisionRequest
from accreditation.permissions import reviews as permissions
from centar.access import Verdict
from tests.factories.accreditation import ProposalFactory
from tests.factories.assessment import AssignmentFactory, DeclaredConflictFactory, SeatFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.reviews import chair_of, phase_with, review_of, staff
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db

WHO = (
    "author",
    "assessor",
    "chair",
    "chair_in_conflict",
    "colleague_of_author",
    "staff",
    "staff_in_conflict",
    "reading_staff",
    "staff_with_seat",
    "stranger",
    "nobody",
)


@pytest.fixture
def people() -> dict[str, object]:
    """Everybody, by what they are to one review."""
    school = SchoolFactory()
    phase = phase_with()
    lead = PersonFactory(school=school)
    proposal = ProposalFactory(call=phase.call, lead=lead, submitted=True)
    review = review_of(proposal, phase)
    partial = PersonFactory()
    SeatFactory(panel=phase.panel, person=partial, role="chair")
    DeclaredConflictFactory(item=review.item, person=partial)
    colleague = PersonFactory(school=school)
    SeatFactory(panel=phase.panel, person=colleague, role="chair")
    near = PersonFactory(user=staff(), school=school)
    seated = PersonFactory(user=staff())
    SeatFactory(panel=phase.panel, person=seated)
    reading = StaffFactory(permissions=["accreditation.view_proposal", "assessment.view_panel"])
    return {
        "review": review,
        "author": lead.user,
        "assessor": AssignmentFactory(item=review.item).person.user,
        "chair": phase.panel.seats.filter(role="chair").earliest("pk").person.user,
        "chair_in_conflict": partial.user,
        "colleague_of_author": colleague.user,
        "staff": staff(),
        "staff_in_conflict": near.user,
        "reading_staff": reading,
        "staff_with_seat": seated.user,
        "stranger": PersonFactory().user,
        "nobody": AnonymousUser(),
    }


def table(people: dict[str, object], ask: Callable[[object], Verdict | bool]) -> set[str]:
    """Those who may."""
    return {who for who in WHO if ask(people[who])}


LEADING = {"chair", "chair_in_conflict", "colleague_of_author"}
STAFF = {"staff", "staff_in_conflict", "staff_with_seat"}


def review_among(people: dict[str, object]) -> Review:
    review = people["review"]
    assert isinstance(review, Review)
    return review


def test_who_begins_reviews(people: dict[str, object]) -> None:
    phase = review_among(people).phase

    assert table(people, lambda user: permissions.may_lead(phase, user)) == LEADING | STAFF


def test_who_decides(people: dict[str, object]) -> None:
    proposal = review_among(people).version.proposal

    may = table(people, lambda user: permissions.may_decide(proposal, user))

    assert may == {"chair", "staff", "staff_with_seat"}


def test_who_opens_a_review_that_others_assess(people: dict[str, object]) -> None:
    review = review_among(people)

    may = table(people, lambda user: permissions.may_read_review(review, user))

    assert may == {"chair", "staff", "staff_with_seat", "reading_staff"}


def test_who_prepares_it_for_blind_readers(people: dict[str, object]) -> None:
    proposal = review_among(people).version.proposal

    may = table(people, lambda user: permissions.may_prepare(proposal, user))

    assert may == {"staff", "staff_with_seat"}


def test_who_reads_the_sheet(people: dict[str, object]) -> None:
    call = review_among(people).phase.call

    may = table(people, lambda user: permissions.may_read_sheet(call, user))

    assert may == LEADING | STAFF | {"reading_staff"}


def test_to_whom_the_authors_are_hidden(people: dict[str, object]) -> None:
    panel = review_among(people).phase.panel
    signed_in = [who for who in WHO if who != "nobody"]

    blind = {who for who in signed_in if permissions.is_blind(panel, people[who])}  # type: ignore[arg-type]
    panel.blindness = "single"
    shown = {who for who in signed_in if not permissions.is_blind(panel, people[who])}  # type: ignore[arg-type]

    assert blind == set(signed_in) - {"staff", "staff_in_conflict", "reading_staff"}
    assert shown == set(signed_in)


def test_who_answers_what_is_asked(people: dict[str, object]) -> None:
    review = review_among(people)
    today = timezone.localdate()
    request = RevisionRequest.objects.create(version=review.version, due_on=today)
    proposal = review.version.proposal
    proposal.state = Proposal.State.REVISION
    proposal.save()

    may = table(people, lambda user: permissions.may_answer(request, user, today))
    late = table(
        people, lambda user: permissions.may_answer(request, user, today + timedelta(days=1))
    )

    assert (may, late) == ({"author"}, set())


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        ("submitted", {"ask_changes", "accept", "decline"}),
        ("draft", set()),
        ("accepted", set()),
        ("declined", set()),
        ("withdrawn", set()),
        ("filed", set()),
    ],
)
def test_what_can_be_done_in_which_state(state: str, possible: set[str]) -> None:
    phase = phase_with()
    proposal = ProposalFactory(call=phase.call, submitted=True)
    review_of(proposal, phase)
    proposal.state = state

    found = {
        action
        for action in ("ask_changes", "accept", "decline")
        if permissions.may_happen(proposal, action, timezone.localdate())
    }

    assert found == possible


def test_an_account_that_was_closed_leads_nothing() -> None:
    phase = phase_with()
    chair = chair_of(phase)
    chair.is_active = False
    chair.save()

    assert not permissions.may_lead(phase, chair)
    assert not permissions.may_read_sheet(phase.call, chair)
