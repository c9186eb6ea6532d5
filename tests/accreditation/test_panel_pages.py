"""The pages of those who lead a review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation.models import Decision, Phase, Proposal, Review, RevisionRequest
from centar.assessment.models import Assignment, DeclaredConflict
from tests.factories import files
from tests.factories.accreditation import AttachmentFactory, ProposalFactory, VersionFactory
from tests.factories.assessment import AssignmentFactory, DeclaredConflictFactory, SeatFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ReviewFactory, chair_of, phase_with, review_of, staff
from tests.office import desk_of, messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase() -> Phase:
    return phase_with()


@pytest.fixture
def review(phase: Phase) -> Review:
    lead = PersonFactory(first_name="Зорана", last_name="Ћирковић")
    proposal = ProposalFactory(
        call=phase.call, lead=lead, title="Огледи Зоране Ћирковић", submitted=True
    )
    return review_of(proposal, phase)


@pytest.fixture
def desk(phase: Phase) -> Client:
    return desk_of(chair_of(phase))


def page(name: str, *args: object) -> str:
    return reverse(f"accreditation:{name}", args=args)


def test_a_review_begins_from_the_table(desk: Client, phase: Phase) -> None:
    proposal = ProposalFactory(call=phase.call, submitted=True)
    address = page("panel", phase.panel_id)

    nothing = desk.post(address, {})
    response = desk.post(address, {"proposals": [proposal.pk]}, follow=True)

    assert nothing.status_code == 422
    assert Review.objects.get().version.proposal == proposal
    assert messages(response) == ["Почела је рецензија 1 предлога. Доделите му оцењиваче."]


def test_a_proposal_of_another_call_is_not_offered(desk: Client, phase: Phase) -> None:
    strange = ProposalFactory(submitted=True)
    ProposalFactory(call=phase.call, submitted=True)

    response = desk.post(page("panel", phase.panel_id), {"proposals": [strange.pk]})

    assert response.status_code == 422
    assert not Review.objects.exists()


def test_the_table_shows_how_far_each_is(desk: Client, phase: Phase, review: Review) -> None:
    AssignmentFactory(item=review.item, state="sent", points=[4, 5])

    text = desk.get(page("panel", phase.panel_id)).content.decode()

    assert "Огледи [аутор]" in text
    assert "све су стигле" in text
    assert 'class="number" data-label="Затражено">1<' in text
    assert "ирков" not in text


def test_a_chair_with_a_conflict_reads_no_number(
    desk: Client, phase: Phase, review: Review
) -> None:
    AssignmentFactory(item=review.item, state="sent", points=[4, 5])
    DeclaredConflictFactory(item=review.item, person=chair_of(phase).person)

    text = desk.get(page("panel", phase.panel_id)).content.decode()

    assert "Имате сукоб интереса; овај предлог воде други." in text
    assert 'class="number" data-label' not in text
    assert desk.get(page("led_review", review.pk)).status_code == 403


def test_somebody_is_asked_by_hand(desk: Client, phase: Phase, review: Review) -> None:
    seat = SeatFactory(panel=phase.panel)
    author = review.version.proposal.authors.get().person
    SeatFactory(panel=phase.panel, person=author)
    shown = desk.get(page("led_review", review.pk)).content.decode()

    wrong = desk.post(page("led_assign", review.pk), {"person": author.pk})
    response = desk.post(page("led_assign", review.pk), {"person": seat.person_id})

    assert str(seat.person) in shown
    assert str(author) not in shown
    assert (wrong.status_code, response.status_code) == (422, 302)
    assert [one.person for one in Assignment.objects.all()] == [seat.person]


def test_somebody_is_let_go(desk: Client, review: Review) -> None:
    assignment = AssignmentFactory(item=review.item)

    desk.post(page("led_end", review.pk, assignment.pk))

    assignment.refresh_from_db()
    assert assignment.state == "ended"


def test_an_assignment_of_another_review_is_not_found(desk: Client, review: Review) -> None:
    strange = AssignmentFactory(state="sent")

    for name in ("led_end", "led_give_back"):
        assert desk.post(page(name, review.pk, strange.pk)).status_code == 404


def test_what_was_sent_is_given_back_until_the_decision(desk: Client, review: Review) -> None:
    assignment, other = (
        AssignmentFactory(item=review.item, state="sent", for_author=words)
        for words in ("Моје речи", "Туђе речи")
    )
    led, address = page("led_review", review.pk), page("led_give_back", review.pk, assignment.pk)
    theirs = desk_of(assignment.person.user)
    own = page("review", assignment.pk)
    saw = theirs.get(own).content.decode()

    asked = desk.get(address)
    wrong = desk.post(address, {"reason": "", "due_on": "1.1.2020."})
    typed = {"reason": "Погрешан рад.", "due_on": asked.context["form"]["due_on"].value()}
    done = desk.post(address, typed | {"due_on": f"{typed['due_on']:%d.%m.%Y.}"})

    assert f'href="{address}"' not in desk.get(led).content.decode()
    assert wrong.context["form"].errors.keys() == {"reason"}
    assert (wrong.status_code, done.status_code) == (422, 302)
    reads = theirs.get(own).content.decode()
    assert ("Туђе речи" in saw, "Туђе речи" in reads) == (True, False)
    assert "Враћено вам је: Погрешан рад." in reads
    still = page("led_give_back", review.pk, other.pk)
    assert f'href="{still}"' in desk.get(led).content.decode()

    desk.post(page("decide", review.version_id), {"outcome": "accepted", "reasons": "Добро."})

    assert desk.get(still).status_code == 403


def test_all_are_asked_as_proposed(desk: Client, phase: Phase, review: Review) -> None:
    SeatFactory.create_batch(3, panel=phase.panel)
    address = page("panel_plan", phase.panel_id)
    seen = desk.get(address).context["plan"].fingerprint

    old = desk.post(address, {"seen": "другачије"})
    done = desk.post(address, {"seen": seen})

    assert (old.status_code, done.status_code) == (409, 302)
    assert Assignment.objects.filter(item=review.item).count() == 3


def test_a_chair_may_say_that_they_are_not_impartial(
    desk: Client, phase: Phase, review: Review
) -> None:
    response = desk.post(page("led_conflict", review.pk))

    assert response.status_code == 302
    assert DeclaredConflict.objects.get().person == chair_of(phase).person
    assert desk.get(page("led_review", review.pk)).status_code == 403


def test_a_chair_is_blind_where_authors_are_hidden_and_the_staff_are_not(
    desk: Client, review: Review
) -> None:
    address, table = page("led_review", review.pk), page("panel", review.phase.panel_id)
    why = "Аутори су скривени и од вас"
    office = desk_of(staff())

    chair_reads = desk.get(address).content.decode()
    staff_read = office.get(address).content.decode()

    assert "ирков" not in chair_reads
    assert "Зорана Ћирковић" in staff_read
    assert (why in chair_reads, why in staff_read) == (True, False)
    assert why in desk.get(table).content.decode()
    assert why not in office.get(table).content.decode()


def test_a_blind_chair_gets_no_file_that_names_somebody(desk: Client, phase: Phase) -> None:
    proposal = ProposalFactory(call=phase.call)
    attachment = AttachmentFactory(proposal=proposal)
    proposal.state, proposal.submitted_at = "submitted", timezone.now()
    proposal.save()
    VersionFactory(proposal=proposal)
    review = review_of(proposal, phase)
    address = page("led_file", review.pk, attachment.pk)

    assert desk.get(address).status_code == 404
    given = desk_of(staff()).get(address)
    assert b"".join(given.streaming_content) == files.bytes_of(attachment.file)


def test_who_asked_for_changes_and_for_what(desk: Client, review: Review) -> None:
    address = page("ask_changes", review.version_id)
    day = timezone.localdate() + timedelta(days=10)
    typed = {"point_1": "Допунити.", "places": "3", "note": "", "due_on": f"{day:%d.%m.%Y.}"}

    more = desk.post(address, {**typed, "more": "1"})
    empty = desk.post(address, {**typed, "point_1": ""})
    over = desk.post(address, {**typed, "due_on": "1.1.2020."})
    done = desk.post(address, typed)

    assert more.status_code == 200
    assert "point_6" in more.content.decode()
    assert "Допунити." in more.content.decode()
    assert empty.context["form"].errors.keys() == {"point_1"}
    assert over.context["form"].errors.keys() == {"due_on"}
    assert done.status_code == 302
    assert RevisionRequest.objects.get().due_on == day
    assert desk.get(address).status_code == 403


def test_more_time_is_given(desk: Client, review: Review) -> None:
    day = timezone.localdate()
    request = RevisionRequest.objects.create(version=review.version, due_on=day)
    Proposal.objects.update(state="revision")
    address = page("extend_request", request.pk)
    later = day + timedelta(days=7)
    likely = day + timedelta(days=14)

    shown = desk.get(address).content.decode()
    wrong = desk.post(address, {"due_on": "1.1.2020."})
    done = desk.post(address, {"due_on": f"{later:%d.%m.%Y.}"})

    request.refresh_from_db()
    assert f'placeholder="{likely.day}.{likely.month}.{likely.year}."' in shown
    assert (wrong.status_code, done.status_code) == (422, 302)
    assert request.due_on == later


def test_it_is_decided_with_reasons(desk: Client, review: Review) -> None:
    address = page("decide", review.version_id)

    empty = desk.post(address, {"outcome": "", "reasons": ""})
    done = desk.post(address, {"outcome": "accepted", "reasons": "Добро."})

    assert empty.context["form"].errors.keys() == {"outcome", "reasons"}
    assert done.status_code == 302
    assert Decision.objects.get().reasons == "Добро."


LED = ("led_review", "led_difference")


class TestNotTheirs:
    """Three people: those of the tests above may; these may not."""

    def answers(self, desk: Client, review: Review) -> set[int]:
        version = review.version_id
        sent = AssignmentFactory(item=review.item, state="sent")
        pages = [
            page("panel", review.phase.panel_id),
            page("panel_plan", review.phase.panel_id),
            page("led_give_back", review.pk, sent.pk),
            page("ask_changes", version),
            page("decide", version),
            *(page(name, review.pk) for name in LED),
        ]
        return {desk.get(address).status_code for address in pages}

    def test_the_chair_of_another_panel(self, review: Review) -> None:
        assert self.answers(desk_of(chair_of(phase_with())), review) == {404}

    def test_an_assessor(self, review: Review) -> None:
        assessor = AssignmentFactory(item=review.item).person.user

        assert self.answers(desk_of(assessor), review) == {404}

    def test_an_author(self, review: Review) -> None:
        author = review.version.proposal.authors.get().person.user

        assert self.answers(desk_of(author), review) == {404}

    def test_whoever_is_not_signed_in(self, review: Review) -> None:
        assert self.answers(Client(), review) == {302}


def test_my_reviews_tell_which_panels_i_lead(desk: Client, phase: Phase) -> None:
    ReviewFactory(phase=phase_with())

    assert list(desk.get(page("reviews")).context["panels"]) == [phase.panel]
