"""What assessors read, write and send; what is not theirs is not found."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from accreditation.models import BlindCopy, Review
from accreditation.operations import reviews as operations
from centar.assessment.models import Assignment, DeclaredConflict, Item, Panel
from centar.people.models import Person
from tests.factories import files
from tests.factories.accreditation import (
    AskedDocumentFactory,
    AttachmentFactory,
    ProposalFactory,
    VersionFactory,
    question,
    write,
)
from tests.factories.assessment import AssignmentFactory, DeclaredConflictFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import phase_with, review_of
from tests.office import desk_of

pytestmark = pytest.mark.django_db


def lead() -> Person:
    return PersonFactory(first_name="Зорана", last_name="Ћирковић")


def word_file(text: str = "План рада", author: str = "Зорана Ћирковић") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    document.core_properties.author = author
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture
def review() -> Review:
    phase = phase_with()
    proposal = ProposalFactory(call=phase.call, lead=lead(), title="Огледи Зоране Ћирковић")
    aims = question(phase.call, "aims", text="Циљеви?")
    write(proposal, (aims, "Ћирковићева метода."))
    named = AskedDocumentFactory(call=phase.call, title="Сажетак", names_nobody=True)
    AttachmentFactory(
        proposal=proposal, document=named, file=files.stored("Cirkovic.docx", word_file())
    )
    AttachmentFactory(proposal=proposal, file=files.stored("biografija.docx", word_file()))
    proposal.state, proposal.submitted_at = "submitted", proposal.created_at
    proposal.save()
    VersionFactory(proposal=proposal)
    return review_of(proposal, phase)


@pytest.fixture
def assignment(review: Review) -> Assignment:
    made: Assignment = AssignmentFactory(item=review.item)
    return made


@pytest.fixture
def desk(assignment: Assignment) -> Client:
    return desk_of(assignment.person.user)


def page(name: str, *args: object) -> str:
    return reverse(f"accreditation:{name}", args=args)


def test_the_list_tells_what_waits(desk: Client, assignment: Assignment) -> None:
    AssignmentFactory(item=assignment.item, person=PersonFactory())

    response = desk.get(page("reviews"))

    assert [(one, title) for one, title in response.context["waiting"]] == [
        (assignment, "Огледи [аутор]")
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_for_three(
    number: int, django_assert_num_queries: Any
) -> None:
    person = PersonFactory()
    for _ in range(number):
        phase = phase_with()
        proposal = ProposalFactory(call=phase.call, submitted=True)
        AssignmentFactory(item=review_of(proposal, phase).item, person=person)
    desk = desk_of(person.user)
    desk.get(page("reviews"))  # the session and what is remembered

    with django_assert_num_queries(7):
        desk.get(page("reviews"))


def test_a_blind_assessor_reads_no_author(desk: Client, assignment: Assignment) -> None:
    response = desk.get(page("review", assignment.pk))
    text = response.content.decode()

    assert "Огледи [аутор]" in text
    assert "[аутор] метода." in text
    assert "ирков" not in text
    assert "prilog-1.docx" in text
    assert "biografija" not in text


@pytest.mark.parametrize("blindness", ["single", "open"])
def test_a_phase_that_hides_no_authors_tells_nothing_to_one_that_does(
    desk: Client, assignment: Assignment, review: Review, blindness: str
) -> None:
    phase = phase_with(call=review.phase.call, blindness=blindness)
    other = AssignmentFactory(item=review_of(review.version.proposal, phase).item)

    blind = desk.get(page("review", assignment.pk)).content.decode()
    text = desk_of(other.person.user).get(page("review", other.pk)).content.decode()

    assert "ирков" not in blind
    assert "Зорана Ћирковић" in text
    assert "biografija.docx" in text


class TestFiles:
    def fetch(self, desk: Client, assignment: Assignment, place: int) -> Any:
        attachments = assignment.item.review.version.attachments.order_by("pk")
        return desk.get(page("review_file", assignment.pk, attachments[place].pk))

    def test_a_file_that_names_nobody_is_given_without_its_author(
        self, desk: Client, assignment: Assignment
    ) -> None:
        response = self.fetch(desk, assignment, 0)

        read = docx.Document(io.BytesIO(response.content))
        assert response["Content-Disposition"] == 'attachment; filename="prilog-1.docx"'
        assert read.core_properties.author == ""
        assert read.paragraphs[0].text == "План рада"

    def test_another_file_is_not_found(self, desk: Client, assignment: Assignment) -> None:
        assert self.fetch(desk, assignment, 1).status_code == 404

    def test_the_copy_is_given_instead(self, desk: Client, assignment: Assignment) -> None:
        attachment = assignment.item.review.version.attachments.order_by("pk")[1]
        copy = files.stored("kopija.docx", word_file("Без имена", "Зорана"))
        BlindCopy.objects.create(attachment=attachment, file=copy)

        response = self.fetch(desk, assignment, 1)

        read = docx.Document(io.BytesIO(response.content))
        assert read.paragraphs[0].text == "Без имена"
        assert read.core_properties.author == ""
        assert 'filename="prilog-2.docx"' in response["Content-Disposition"]

    def test_a_file_that_names_an_author_all_the_same_is_kept_back(
        self, desk: Client, assignment: Assignment
    ) -> None:
        attachment = assignment.item.review.version.attachments.order_by("pk")[0]
        attachment.file = files.stored("sazetak.docx", word_file("Води Ћирковић."))
        attachment.save()

        response = self.fetch(desk, assignment, 0)

        assert response.status_code == 409
        assert "ирков" not in response.content.decode()

    def test_in_an_open_panel_files_are_as_they_are(
        self, desk: Client, assignment: Assignment
    ) -> None:
        Panel.objects.update(blindness="single")

        response = self.fetch(desk, assignment, 1)

        assert b"".join(response.streaming_content) == word_file_of(assignment, 1)


def word_file_of(assignment: Assignment, place: int) -> bytes:
    attachment = assignment.item.review.version.attachments.order_by("pk")[place]
    return files.bytes_of(attachment.file)


class TestNotTheirs:
    NAMES = ("review", "review_scores", "review_refusal", "review_difference")

    def answers(self, desk: Client, assignment: Assignment) -> set[int]:
        attachment = assignment.item.review.version.attachments.order_by("pk")[0]
        found = {desk.get(page(name, assignment.pk)).status_code for name in self.NAMES}
        file = desk.get(page("review_file", assignment.pk, attachment.pk))
        return found | {file.status_code}

    def test_another_assessor_of_the_same_finds_nothing(self, assignment: Assignment) -> None:
        other = AssignmentFactory(item=assignment.item)

        assert self.answers(desk_of(other.person.user), assignment) == {404}

    def test_somebody_who_assesses_nothing_finds_nothing(self, assignment: Assignment) -> None:
        assert self.answers(desk_of(PersonFactory().user), assignment) == {404}

    def test_an_author_finds_nothing(self, assignment: Assignment) -> None:
        author = assignment.item.review.version.proposal.authors.get().person.user

        assert self.answers(desk_of(author), assignment) == {404}

    def test_whoever_is_not_signed_in_is_asked_to(self, assignment: Assignment) -> None:
        assert self.answers(Client(), assignment) == {302}

    def test_whoever_has_a_conflict_now_finds_nothing(
        self, desk: Client, assignment: Assignment
    ) -> None:
        DeclaredConflictFactory(item=assignment.item, person=assignment.person)

        assert self.answers(desk, assignment) == {404}

    def test_from_whom_it_was_taken_away_finds_nothing(
        self, desk: Client, assignment: Assignment
    ) -> None:
        Assignment.objects.update(state="ended")

        assert self.answers(desk, assignment) == {404}

    def test_a_file_of_another_proposal_is_not_found(
        self, desk: Client, assignment: Assignment
    ) -> None:
        strange = AttachmentFactory(document=AskedDocumentFactory(names_nobody=True))

        assert desk.get(page("review_file", assignment.pk, strange.pk)).status_code == 404


class TestScores:
    def typed(self, assignment: Assignment, **facts: str) -> dict[str, str]:
        typed = {"seen": "0", "page": "abc", "for_author": "Похвално.", "for_chair": ""}
        for criterion in assignment.item.panel.criteria.all():
            typed |= {f"points_{criterion.pk}": "4", f"comment_{criterion.pk}": ""}
        return typed | {"recommendation": "accept"} | facts

    def test_a_draft_is_kept(self, desk: Client, assignment: Assignment) -> None:
        address = page("review_scores", assignment.pk)

        response = desk.post(address, self.typed(assignment, recommendation=""))

        assignment.refresh_from_db()
        assert response.status_code == 302
        assert (assignment.state, assignment.for_author) == ("asked", "Похвално.")
        assert "Похвално." in desk.get(address).content.decode()

    def test_it_is_kept_while_it_is_typed(self, desk: Client, assignment: Assignment) -> None:
        address = page("review_scores", assignment.pk)

        first = desk.post(address, self.typed(assignment), headers={"HX-Target": "kept"})
        # The page has seen no other draft, and is not told of its own.
        again = desk.post(
            address, self.typed(assignment, for_author="Још"), headers={"HX-Target": "kept"}
        )

        assert (first.status_code, again.status_code) == (200, 200)
        assert b"data-kept" in again.content
        assert Assignment.objects.get().for_author == "Још"

    def test_another_page_is_told_and_keeps_what_was_typed(
        self, desk: Client, assignment: Assignment
    ) -> None:
        address = page("review_scores", assignment.pk)
        desk.post(address, self.typed(assignment))

        response = desk.post(address, self.typed(assignment, page="def", for_author="Друго"))

        assert response.status_code == 409
        assert "Друго" in response.content.decode()
        assert Assignment.objects.get().for_author == "Похвално."

    def test_sending_needs_everything(self, desk: Client, assignment: Assignment) -> None:
        typed = self.typed(assignment, recommendation="", send="1")

        response = desk.post(page("review_scores", assignment.pk), typed)

        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"recommendation"}
        assert Assignment.objects.get().state == "asked"

    def test_the_others_are_read_only_afterwards(
        self, desk: Client, assignment: Assignment
    ) -> None:
        other = AssignmentFactory(
            item=assignment.item, state="sent", points=[1, 2], for_author="Слабо."
        )
        before = desk.get(page("review", assignment.pk)).content.decode()

        desk.post(page("review_scores", assignment.pk), self.typed(assignment, send="1"))
        after = desk.get(page("review", assignment.pk)).content.decode()

        assert "Слабо." not in before
        assert "Слабо." in after
        assert str(other.person) not in after

    def test_what_is_sent_cannot_be_opened_again(
        self, desk: Client, assignment: Assignment
    ) -> None:
        Assignment.objects.update(state="sent", sent_at="2026-01-01T00:00Z")

        assert desk.get(page("review_scores", assignment.pk)).status_code == 403

    def test_nothing_is_typed_into_what_is_closed(
        self, desk: Client, assignment: Assignment
    ) -> None:
        Item.objects.update(closed_at="2026-01-01T00:00Z")

        response = desk.post(page("review_scores", assignment.pk), self.typed(assignment))

        assert response.status_code == 403


class TestRefusing:
    def test_a_conflict_takes_it_away(self, desk: Client, assignment: Assignment) -> None:
        response = desk.post(
            page("review_refusal", assignment.pk), {"reason": "Сарађујемо.", "is_conflict": "on"}
        )

        assert response.status_code == 302
        assert DeclaredConflict.objects.get().person == assignment.person
        assert desk.get(page("review", assignment.pk)).status_code == 404

    def test_declining_needs_a_reason(self, desk: Client, assignment: Assignment) -> None:
        address = page("review_refusal", assignment.pk)

        empty = desk.post(address, {"reason": ""})
        done = desk.post(address, {"reason": "Немам времена."})

        assert (empty.status_code, done.status_code) == (422, 302)
        assert Assignment.objects.get().state == "declined"


def test_the_difference_is_shown_blind(desk: Client, review: Review) -> None:
    proposal = review.version.proposal
    assignment = AssignmentFactory(item=review.item, state="sent")
    proposal.title = "Нови огледи Ћирковић Зоране"
    proposal.save()
    (new,) = operations.continue_with(VersionFactory(proposal=proposal), by=None)
    own = new.item.assignments.get(person=assignment.person)

    response = desk_of(assignment.person.user).get(page("review_difference", own.pk))
    text = response.content.decode()

    assert "<del>" in text
    assert "<ins>" in text
    assert "ирков" not in text
    assert 'class="visually-hidden">[уклоњено: ' in text
