"""What authors read of their proposals after the Centre's decision, and what waits for them."""

from __future__ import annotations

import pytest

from accreditation import notices
from accreditation.models import Call
from accreditation.operations import filings, papers, practices, programmes
from tests import office
from tests.factories import institute
from tests.factories.accreditation import AuthorFactory
from tests.factories.certificates import IssuingSettingsFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return institute.follower()


def lead(proposal):
    return proposal.authors.get(leads=True).person


def read(person, address) -> str:
    page: str = office.desk_of(person.user).get(address).content.decode()
    return page


def waiting(person) -> list[str]:
    return [notice.text.partition(":")[0] for notice in notices.for_person(person)]


def test_what_the_institute_returned_waits_for_its_authors_until_it_is_completed(staff):
    proposal = institute.filed(staff)
    person = lead(proposal)
    assert "Предлог је у Заводу" in read(person, proposal.get_absolute_url())
    filings.give_back(
        proposal_id=proposal.pk,
        returned_on=institute.days(-1),
        complete_by=institute.days(7),
        what_is_missing="Биографија.",
        by=staff,
    )

    assert waiting(person) == ["The institute asks for more"]
    assert waiting(PersonFactory()) == []
    assert "Завод тражи допуну" in read(person, proposal.get_absolute_url())
    assert "допунити до" in read(person, "/predlozi/")

    filings.complete(proposal_id=proposal.pk, completed_on=institute.days(0), by=staff)
    assert waiting(person) == []


def test_a_refusal_waits_for_its_authors_as_long_as_they_can_appeal(staff):
    proposal = institute.refused(staff)
    person = lead(proposal)

    assert waiting(person) == ["An appeal is possible"]
    assert "жалба је могућа до" in read(person, "/predlozi/")
    assert "Ако желите да уложите жалбу" in read(person, proposal.get_absolute_url())

    filings.appeal(proposal_id=proposal.pk, appealed_on=institute.days(0), by=staff)
    assert waiting(person) == []
    assert "жалба је могућа до" not in read(person, "/predlozi/")
    assert "Ако желите да уложите жалбу" not in read(person, proposal.get_absolute_url())


def test_nobody_is_told_of_an_appeal_that_is_too_late(staff):
    proposal = institute.refused(staff)
    proposal.filing.appeal_until = institute.days(-1)
    proposal.filing.save()

    assert waiting(lead(proposal)) == []
    assert "жалба је могућа до" not in read(lead(proposal), "/predlozi/")


def test_an_author_finds_the_programme_that_was_made(staff):
    proposal = institute.accredited(staff)
    person = lead(proposal)
    assert "Центар га уноси у каталог" in read(person, proposal.get_absolute_url())

    made = programmes.make(proposal_id=proposal.pk, by=staff)

    link = f'<a href="/katalog/{made.programme_id}/">'
    assert link in read(person, proposal.get_absolute_url())
    assert "каталошки број 345" in read(person, "/predlozi/")


def test_authors_find_the_public_page_and_each_the_own_paper(staff):
    IssuingSettingsFactory()
    proposal = institute.accepted(Call.Kind.PRACTICE)
    second = AuthorFactory(proposal=proposal, person=PersonFactory()).person
    practice = institute.prepared(staff, proposal=proposal)
    public = f'<a href="{practice.get_absolute_url()}">'
    assert public not in read(lead(proposal), proposal.get_absolute_url())

    practices.publish(practice_id=practice.pk, by=staff)
    given = papers.give(practice_id=practice.pk, by=staff)

    for person in (lead(proposal), second):
        page = read(person, proposal.get_absolute_url())
        assert public in page
        fetched = [one.author.person for one in given if one.document.pdf_path in page]
        assert fetched == [person]
