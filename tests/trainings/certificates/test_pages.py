"""A person's own certificates, and what everybody sees who verifies one."""

from __future__ import annotations

import pytest
from django.test import Client

from centar.events.models import Booking
from tests import office, reader
from tests.factories.certificates import HeldSeminarFactory, participant
from tests.factories.people import PersonFactory, UserFactory
from trainings.operations import certificates

pytestmark = pytest.mark.django_db

MINE = "/en/moja-uverenja/"


@pytest.fixture
def certificate(staff, seminar):
    booking = participant(seminar, first_name="Љиљана", last_name="Ђурђевић")
    return certificates.issue(booking_id=booking.pk, by=staff)


@pytest.fixture
def owner(certificate):
    return certificate.booking.person


def page_of(user):
    return reader.Page(office.desk_of(user).get(MINE).content.decode())


def test_one_sees_ones_own_certificates_and_fetches_them(certificate, owner):
    page = page_of(owner.user)

    links = [href for href, text in page.links if "U-1/2026" in text]
    assert links == [
        f"/en{certificate.document.pdf_path}",
        f"/en{certificate.document.verification_path}",
    ]
    assert office.desk_of(owner.user).get(links[0]).content.startswith(b"%PDF")


@pytest.mark.parametrize("make", [lambda: PersonFactory().user, UserFactory])
def test_others_see_none_of_them(certificate, make):
    page = page_of(make())

    assert "You have no certificate yet" in page.text
    assert "U-1/2026" not in page.text


def test_strangers_sign_in_first(certificate):
    answer = Client().get(MINE)

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/en/nalog/login/?next=/en/moja-uverenja/",
    )


def test_a_revoked_one_stays_with_its_reason_and_cannot_be_fetched(staff, certificate, owner):
    certificates.revoke(certificate_id=certificate.pk, by=staff, reason="Издато грешком.")

    page = page_of(owner.user)

    assert "Reason: Izdato greškom." in page.text
    assert [href for href, text in page.links if "U-1/2026" in text] == [
        f"/en{certificate.document.verification_path}"
    ]


def test_a_replaced_one_stands_behind_the_new_one(staff, certificate, owner):
    owner.last_name = "Марић"
    owner.save()
    certificates.replace(certificate_id=certificate.pk, by=staff, reason="Ново презиме.")

    text = page_of(owner.user).text

    assert text.index("U-2/2026") < text.index("U-1/2026")
    assert "replaced" in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_with_one_and_three(
    staff, seminar, django_assert_num_queries, number
):
    first = participant(seminar)
    person = first.person
    others = [participant(HeldSeminarFactory(), user=None) for _ in range(number - 1)]
    for booking in (first, *others):
        Booking.objects.filter(pk=booking.pk).update(person=person)
        certificates.issue(booking_id=booking.pk, by=staff)
    desk = office.desk_of(person.user)

    with django_assert_num_queries(4):
        response = desk.get(MINE)

    assert len(response.context["certificates"]) == number


def test_whoever_verifies_reads_all_but_the_birth(certificate):
    html = Client().get(f"/en{certificate.document.verification_path}").content.decode()
    text = reader.Page(html).text

    content = certificate.document.content
    assert "This paper is genuine and valid" in text
    missing = [
        words
        for words in (
            "Name and surname Ljiljana Đurđević",
            "Employer OŠ „Prva brazda“, Donja Vrbava",
            f"Catalogue number {content['number']}",
            "Area Prirodne nauke",
            "Competences K1 Kompetencija K1",
            "Priority areas 2 Prioritetna oblast 2",
            "Duration 8 hours",
            "Points 8 points",
            "Issued by Centar za obrazovanje Kragujevac",
            "Authorised person Mr Ljubica Đaković, direktor",
        )
        if words not in text
    ]
    assert missing == []
    for birth in ("1985", "24 March", "24. marta", content["birth_date"]):
        assert birth not in html


def test_a_professional_meeting_bears_the_number_of_its_approval(staff, seminar):
    seminar.programme.form = "meeting"
    seminar.programme.save()
    booking = participant(seminar)
    document = certificates.issue(booking_id=booking.pk, by=staff).document

    text = reader.Page(Client().get(f"/en{document.verification_path}").content.decode()).text

    assert f"Number of the approval decision {seminar.programme.number}" in text
    assert "Catalogue number" not in text
