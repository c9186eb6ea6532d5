"""Changes asked for point by point, and the authors' answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accreditation import revisions as changes
from accreditation.models import Proposal, Review, RevisionPoint, RevisionRequest, Version
from accreditation.operations import reviews, revisions
from accreditation.permissions import reviews as permissions
from centar.access import Refusal
from centar.assessment.models import Panel
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.people.models import User
from tests.factories.accreditation import AuthorFactory, ProposalFactory, VersionFactory
from tests.factories.assessment import AssignmentFactory
from tests.factories.people import UserFactory
from tests.factories.reviews import chair_of, phase_with, review_of

pytestmark = pytest.mark.django_db

POINTS = ["Допунити литературу.", "  ", "Објаснити циљеве."]


@pytest.fixture
def review() -> Review:
    phase = phase_with()
    proposal = ProposalFactory(call=phase.call, title="Огледи", submitted=True)
    return review_of(proposal, phase)


@pytest.fixture
def proposal(review: Review) -> Proposal:
    return review.version.proposal


@pytest.fixture
def chair(review: Review) -> User:
    return chair_of(review.phase)


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def ask(review: Review, by: User, **facts: object) -> RevisionRequest:
    whole = {"points": POINTS, "note": "Хвала.", "due_on": in_days(14), **facts}
    return revisions.ask(version_id=review.version_id, by=by, **whole)  # type: ignore[arg-type]


def test_asking_closes_the_assessments_and_writes_to_all_authors(
    review: Review, proposal: Proposal, chair: User
) -> None:
    second = AuthorFactory(proposal=proposal)
    AuthorFactory(proposal=proposal, invited=True)
    AssignmentFactory(item=review.item)

    request = ask(review, chair)

    proposal.refresh_from_db()
    review.item.refresh_from_db()
    assert proposal.state == Proposal.State.REVISION
    assert Entry.objects.filter(action="accreditation.ask_changes").count() == 1
    assert [(one.order, one.text) for one in request.points.all()] == [
        (1, "Допунити литературу."),
        (2, "Објаснити циљеве."),
    ]
    assert review.item.closed_at is not None
    assert review.item.assignments.get().state == "ended"
    letters = Letter.objects.filter(kind="accreditation.changes")
    lead = proposal.authors.get(leads=True)
    assert {one.recipient for one in letters} == {lead.person.email, second.person.email}


def test_the_letter_says_what_is_asked_and_names_no_assessor(review: Review, chair: User) -> None:
    assessor = AssignmentFactory(item=review.item, state="sent").person
    ask(review, chair)

    message = outbox.write(Letter.objects.get(kind="accreditation.changes"))

    assert "Огледи" in message.subject
    assert "1. Допунити литературу.\n2. Објаснити циљеве." in message.text
    assert "Хвала." in message.text
    assert str(assessor) not in message.text
    assert str(chair.person) not in message.text


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"points": [" ", ""]}, "at least one thing", "points"),
        ({"due_on": date(2020, 1, 1)}, "day is over", "due_on"),
    ],
)
def test_what_cannot_be_asked(
    review: Review, chair: User, facts: dict[str, object], sentence: str, field: str
) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        ask(review, chair, **facts)

    assert refused.value.field == field
    assert not RevisionRequest.objects.exists()


def test_only_whoever_leads_asks(review: Review) -> None:
    with pytest.raises(Refusal, match="leads the panel"):
        ask(review, UserFactory())


def test_a_chair_with_a_conflict_does_not_ask(review: Review, chair: User) -> None:
    AuthorFactory(proposal=review.version.proposal, person=chair.person)

    with pytest.raises(Refusal, match="conflict"):
        ask(review, chair)


def test_the_second_of_two_who_ask_is_refused(review: Review, chair: User) -> None:
    ask(review, chair)

    with pytest.raises(Refusal, match="changes asked for"):
        ask(review, chair)


def test_a_newer_version_is_not_asked_about_by_mistake(review: Review, chair: User) -> None:
    reviews.continue_with(VersionFactory(proposal=review.version.proposal), by=None)

    with pytest.raises(Refusal, match="newer version"):
        ask(review, chair)


class TestAnswering:
    @pytest.fixture
    def request_(self, review: Review, chair: User) -> RevisionRequest:
        return ask(review, chair)

    @pytest.fixture
    def author(self, proposal: Proposal) -> User:
        user: User = proposal.authors.get().person.user
        return user

    def answer(self, request: RevisionRequest, by: User, said: str, seen: int = 1) -> None:
        point = request.points.first()
        assert point is not None
        revisions.answer(
            request_id=request.pk, answers={point.pk: said}, seen={point.pk: seen}, by=by
        )

    def test_an_author_answers_a_point(self, request_: RevisionRequest, author: User) -> None:
        self.answer(request_, author, "Допуњено.")

        assert [one.answer for one in request_.points.all()] == ["Допуњено.", ""]

    def test_nobody_else_does(self, request_: RevisionRequest) -> None:
        with pytest.raises(Refusal, match="Only the authors"):
            self.answer(request_, UserFactory(), "Ја")

    def test_an_answer_is_not_overwritten_silently(
        self, request_: RevisionRequest, author: User
    ) -> None:
        self.answer(request_, author, "Прво.")

        with pytest.raises(Refusal, match=r"changed this answer since. It is: Прво") as refused:
            self.answer(request_, author, "Друго.")
        assert refused.value.field == f"point_{request_.points.earliest('pk').pk}"
        assert request_.points.earliest("pk").answer == "Прво."

    def test_saving_the_same_once_more_changes_nothing(
        self, request_: RevisionRequest, author: User
    ) -> None:
        self.answer(request_, author, "Прво.")
        self.answer(request_, author, "Прво.")

        assert RevisionPoint.objects.earliest("pk").revision == 2

    def test_not_after_the_last_day_unless_there_is_more_time(
        self, request_: RevisionRequest, author: User, chair: User
    ) -> None:
        RevisionRequest.objects.update(due_on=in_days(-1))
        with pytest.raises(Refusal, match="last day for the changes is over"):
            self.answer(request_, author, "Касно")

        revisions.extend(request_id=request_.pk, due_on=in_days(3), by=chair)
        self.answer(request_, author, "Стигло је")

        assert Letter.objects.filter(kind="accreditation.changes").count() == 2

    def test_what_is_resubmitted_answers_the_request(
        self, request_: RevisionRequest, proposal: Proposal
    ) -> None:
        version = VersionFactory(proposal=proposal)
        Proposal.objects.update(state="submitted")

        self.resubmitted(version)

        request_.refresh_from_db()
        assert request_.answered_by == version

    def resubmitted(self, version: Version) -> None:
        reviews.continue_with(version, by=None)

    def test_what_changed_is_told_with_the_points(
        self, request_: RevisionRequest, author: User, proposal: Proposal
    ) -> None:
        self.answer(request_, author, f"Допунила {author.person.first_name}.")
        Proposal.objects.update(title="Огледи из физике")
        proposal.refresh_from_db()
        version = VersionFactory(proposal=proposal)
        self.resubmitted(version)

        shown = changes.change(version, is_blind=False)
        blind = changes.change(version, is_blind=True)

        assert [section.title for section in shown.changed] == ["The proposal"]
        assert shown.points[0] == ("Допунити литературу.", f"Допунила {author.person.first_name}.")
        assert blind.points[0] == ("Допунити литературу.", "Допунила [author].")


def test_declined_only_when_the_authors_let_the_day_pass(review: Review, chair: User) -> None:
    ask(review, chair)
    proposal = Proposal.objects.get()

    early = permissions.may_happen(proposal, "decline", timezone.localdate())
    late = permissions.may_happen(proposal, "decline", in_days(15))

    assert (bool(early), bool(late)) == (False, True)
    assert "still have time" in str(early.reason)
    assert not permissions.may_happen(proposal, "accept", in_days(15))


def test_an_open_panel_hides_nothing(review: Review) -> None:
    Panel.objects.update(blindness="open")
    version = VersionFactory(proposal=review.version.proposal)

    assert changes.change(version, is_blind=False).before == review.version
