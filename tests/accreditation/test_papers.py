"""Papers for the authors of good practice: given, verified by anybody, revoked, given anew."""

from __future__ import annotations

from datetime import timedelta

import pymupdf
import pytest
from django.utils import timezone

from accreditation.models import PracticePaper
from accreditation.operations import papers, practices
from centar.access import Refusal
from centar.documents import operations as documents
from centar.documents import papers as printing
from centar.documents.models import Document
from centar.outbox.models import Letter
from tests import office
from tests.factories import institute
from tests.factories.accreditation import AuthorFactory
from tests.factories.certificates import IssuingSettingsFactory
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return institute.follower()


@pytest.fixture
def practice(staff):
    IssuingSettingsFactory()
    made = institute.published(staff)
    AuthorFactory(proposal=made.proposal, person=PersonFactory(first_name="Бојан"))
    AuthorFactory(proposal=made.proposal, invited=True)
    return made


def test_every_author_gets_one_with_a_number_of_its_own(staff, practice):
    given = papers.give(practice_id=practice.pk, by=staff)

    assert [paper.document.register_number.split("/")[0] for paper in given] == ["ПДП-1", "ПДП-2"]
    assert [paper.document.person for paper in given] == [
        author.person for author in practice.proposal.authors.exclude(accepted_at=None)
    ]
    assert Letter.objects.filter(kind="accreditation.paper_ready").count() == 2
    with pytest.raises(Refusal, match="Every author has the paper already"):
        papers.give(practice_id=practice.pk, by=staff)


def test_the_pdf_says_what_the_register_says(staff, practice):
    yesterday = timezone.now() - timedelta(days=1)
    event = EventFactory(title="Дани физике", place="Крагујевац", starts_at=yesterday)
    practices.present(practice_id=practice.pk, event=event, by=staff)
    paper = papers.give(practice_id=practice.pk, by=staff)[0]

    pdf = printing.pdf_of(paper.document)

    with pymupdf.open(stream=pdf) as document:
        text = " ".join(" ".join(page.get_text() for page in document).split())
    for words in (
        paper.document.register_number,
        paper.author.name,
        practice.title,
        "Дани физике",
        "Мр Љубица Ђаковић",
        paper.document.printed_code,
    ):
        assert words in text
    assert pdf == printing.pdf_of(paper.document)


def test_it_does_not_say_that_somebody_presented_what_is_still_to_come(staff, practice):
    practices.present(practice_id=practice.pk, event=EventFactory(title="Дани физике"), by=staff)

    paper = papers.give(practice_id=practice.pk, by=staff)[0]

    content = paper.document.content
    assert (content["event"], content["held_on"], content["place"]) == ("", "", "")


def test_anybody_verifies_it(client, staff, practice):
    paper = papers.give(practice_id=practice.pk, by=staff)[0]

    page = client.get(paper.document.verification_path).content.decode()

    assert practice.title in page
    assert paper.author.name in page


def test_its_owner_reads_the_pdf_and_nobody_else(client, staff, practice):
    first, second = papers.give(practice_id=practice.pk, by=staff)

    for user, statuses in (
        (first.author.person.user, (200, 404)),
        (second.author.person.user, (404, 200)),
    ):
        desk = office.desk_of(user)
        found = tuple(desk.get(one.document.pdf_path).status_code for one in (first, second))
        assert found == statuses
    assert client.get(first.document.pdf_path).status_code == 302


def test_everybody_finds_the_own_paper_among_the_certificates(staff, practice):
    first, second = papers.give(practice_id=practice.pk, by=staff)

    page = office.desk_of(first.author.person.user).get("/moja-uverenja/").content.decode()

    assert first.document.pdf_path in page
    assert first.document.register_number in page
    assert second.document.register_number not in page
    papers.revoke(paper_id=first.pk, by=staff, reason="Погрешно име.")
    page = office.desk_of(first.author.person.user).get("/moja-uverenja/").content.decode()
    assert first.document.pdf_path not in page
    assert "Погрешно име." in page


def test_a_revoked_paper_says_so_and_a_new_one_can_be_given(client, staff, practice):
    first, second = papers.give(practice_id=practice.pk, by=staff)

    papers.revoke(paper_id=first.pk, by=staff, reason="Погрешно име.")

    old = Document.objects.get(pk=first.document_id)
    assert (old.is_valid, old.revoke_reason) == (False, "Погрешно име.")
    assert "Погрешно име." in client.get(old.verification_path).content.decode()
    assert Letter.objects.filter(kind="accreditation.paper_revoked").count() == 1
    [again] = papers.give(practice_id=practice.pk, by=staff)
    assert (again.pk, again.document.replaces) == (first.pk, old)
    assert PracticePaper.objects.count() == 2
    assert second.document.is_valid


def test_the_register_revokes_it_by_the_same_operation(staff, practice):
    paper = papers.give(practice_id=practice.pk, by=staff)[0]

    documents.withdraw(document=paper.document, by=staff, reason="Погрешно име.")

    assert not paper.document.is_valid
    assert Letter.objects.filter(kind="accreditation.paper_revoked").count() == 1


def test_a_paper_is_not_given_before_the_page_was_public(staff):
    IssuingSettingsFactory()
    practice = institute.prepared(staff)

    with pytest.raises(Refusal, match="Publish the example first"):
        papers.give(practice_id=practice.pk, by=staff)


def test_somebody_must_be_authorised_to_sign(staff):
    practice = institute.published(staff)

    with pytest.raises(Refusal, match="Enter the particulars of certificates first"):
        papers.give(practice_id=practice.pk, by=staff)
    assert not Document.objects.exists()


def test_a_paper_outlives_its_page(client, staff, practice):
    paper = papers.give(practice_id=practice.pk, by=staff)[0]

    practices.take_down(practice_id=practice.pk, reason="Замолили су.", by=staff)

    assert practice.title in client.get(paper.document.verification_path).content.decode()


def test_only_those_with_the_right_give_and_revoke(staff, practice):
    paper = papers.give(practice_id=practice.pk, by=staff)[0]
    AuthorFactory(proposal=practice.proposal, person=PersonFactory())
    author = paper.author.person.user
    onlooker = StaffFactory(permissions=["accreditation.view_practicepaper"])

    for by in (author, onlooker, institute.follower(is_staff=False)):
        with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
            papers.give(practice_id=practice.pk, by=by)
        with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
            papers.revoke(paper_id=paper.pk, by=by, reason="Не.")
