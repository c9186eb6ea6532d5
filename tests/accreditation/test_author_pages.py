"""What authors read of a review: what is asked, what they changed, what is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation.models import Decision, Proposal, Review, RevisionPoint, RevisionRequest
from centar.assessment.models import Assignment
from tests.factories.accreditation import ProposalFactory, VersionFactory
from tests.factories.assessment import AssignmentFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import phase_with, review_of, staff
from tests.office import desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    phase = phase_with()
    return review_of(ProposalFactory(call=phase.call, submitted=True), phase)


@pytest.fixture
def proposal(review: Review) -> Proposal:
    return review.version.proposal


@pytest.fixture
def sent(review: Review) -> Assignment:
    made: Assignment = AssignmentFactory(
        item=review.item,
        person=PersonFactory(first_name="Рајна", last_name="Рецензовић"),
        state="sent",
        points=[3, 3],
        for_author="Занимљиво.",
        for_chair="Слабо, искрено.",
    )
    return made


@pytest.fixture
def desk(proposal: Proposal) -> Client:
    return desk_of(proposal.authors.get().person.user)


@pytest.fixture
def point(review: Review, proposal: Proposal) -> RevisionPoint:
    request = RevisionRequest.objects.create(
        version=review.version, due_on=timezone.localdate() + timedelta(days=5)
    )
    proposal.state = Proposal.State.REVISION
    proposal.save()
    return RevisionPoint.objects.create(request=request, order=1, text="Допунити.")


def page(name: str, *args: object) -> str:
    return reverse(f"accreditation:{name}", args=args)


def test_authors_read_what_is_asked_without_names(
    desk: Client, proposal: Proposal, point: RevisionPoint, sent: Assignment
) -> None:
    text = desk.get(page("revision", proposal.pk)).content.decode()

    assert "Допунити." in text
    assert "Занимљиво." in text
    assert "Слабо, искрено." not in text
    assert "Рецензовић" not in text


def test_they_answer_and_are_not_overwritten(
    desk: Client, proposal: Proposal, point: RevisionPoint
) -> None:
    address = page("revision", proposal.pk)
    typed = {f"point_{point.pk}": "Допуњено.", f"seen_{point.pk}": "1"}

    first = desk.post(address, typed)
    second = desk.post(address, {**typed, f"point_{point.pk}": "Другачије."})

    point.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 422)
    assert point.answer == "Допуњено."
    assert "Другачије." in second.content.decode()
    assert "изменио овај одговор" in second.content.decode()


def test_it_is_not_there_before_and_after(desk: Client, proposal: Proposal) -> None:
    assert desk.get(page("revision", proposal.pk)).status_code == 404


def test_the_difference_of_two_versions(desk: Client, proposal: Proposal) -> None:
    proposal.title = "Сасвим ново"
    proposal.save()
    VersionFactory(proposal=proposal)

    text = desk.get(page("difference", proposal.pk, 2)).content.decode()

    assert "Сасвим ново" in text
    assert desk.get(page("difference", proposal.pk, 1)).status_code == 404
    assert desk.get(page("difference", proposal.pk, 3)).status_code == 404


def test_the_decision_with_the_version_that_it_is_about(
    desk: Client, review: Review, proposal: Proposal, sent: Assignment
) -> None:
    Decision.objects.create(
        proposal=proposal, version=review.version, outcome="declined", reasons="Није јасно."
    )

    text = desk.get(page("decision", proposal.pk)).content.decode()

    assert "Није јасно." in text
    assert review.version.sha256 in text
    assert "Занимљиво." in text
    assert "Слабо, искрено." not in text
    assert "Рецензовић" not in text


def test_three_people(review: Review, proposal: Proposal) -> None:
    Decision.objects.create(
        proposal=proposal, version=review.version, outcome="accepted", reasons="Да."
    )
    VersionFactory(proposal=proposal)
    addresses = [page("decision", proposal.pk), page("difference", proposal.pk, 2)]

    def answers(desk: Client) -> set[int]:
        return {desk.get(address).status_code for address in addresses}

    assert answers(desk_of(staff())) == {200}
    assert answers(desk_of(AssignmentFactory(item=review.item).person.user)) == {404}
    assert answers(Client()) == {302}
