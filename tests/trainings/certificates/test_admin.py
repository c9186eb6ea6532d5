"""Certificates in the back office."""

from __future__ import annotations

import pytest

from centar.documents.models import Document
from tests import office, reader
from tests.factories.certificates import HeldSeminarFactory, participant
from tests.factories.people import StaffFactory, UserFactory
from trainings.models import Certificate, CertificateBatch, IssuingSettings
from trainings.operations import certificate_batches as batches
from trainings.operations import certificates

pytestmark = pytest.mark.django_db

CERTIFICATES = "/admin/trainings/certificate/"
BATCHES = "/admin/trainings/certificatebatch/"
SEMINARS = "/admin/trainings/seminarevent/"


@pytest.fixture
def colleague(db):
    """Somebody with exactly the rights that the portal gives those who run seminars."""
    return office.colleague()


@pytest.fixture
def desk(colleague):
    return office.desk_of(colleague)


@pytest.fixture
def certificate(staff, seminar):
    return certificates.issue(booking_id=participant(seminar, first_name="Ђура").pk, by=staff)


@pytest.fixture
def batch(staff, seminar):
    participant(seminar)
    participant(seminar, last_name="Љубић", minutes=None)
    return batches.work_off(batches.order(seminar_id=seminar.pk, by=staff).pk)


def page(certificate):
    return f"{CERTIFICATES}{certificate.pk}/change/"


@pytest.mark.parametrize("address", [CERTIFICATES, BATCHES, f"{CERTIFICATES}add/"])
def test_the_lists_are_for_staff_with_the_permission(colleague, address):
    codes = [
        office.desk_of(user).get(address).status_code
        for user in (UserFactory(), StaffFactory(), colleague)
    ]

    assert codes == [302, 403, 200]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(CERTIFICATES, 6), (BATCHES, 6)])
def test_a_list_takes_the_same_queries_with_one_row_and_three(
    desk, staff, seminar, django_assert_num_queries, address, queries, number
):
    for one in [seminar, *HeldSeminarFactory.create_batch(number - 1)]:
        participant(one)
        batches.work_off(batches.order(seminar_id=one.pk, by=staff).pk)

    with django_assert_num_queries(queries):
        response = desk.get(address)

    assert len(response.context["cl"].result_list) == number


@pytest.mark.parametrize("words", ["Đura", "ђура"])
def test_a_certificate_is_found_by_its_owner(desk, staff, seminar, certificate, words):
    certificates.issue(booking_id=participant(seminar).pk, by=staff)

    found = list(desk.get(CERTIFICATES, {"q": words}).context["cl"].result_list)

    assert found == [certificate]


def test_one_is_issued_singly(desk, colleague, seminar):
    booking = participant(seminar)

    response = desk.post(f"{CERTIFICATES}add/", {"booking": booking.pk})

    made = Certificate.objects.get()
    assert (response.status_code, made.booking, made.document.issued_by) == (
        302,
        booking,
        colleague,
    )


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (120, "Присуство: 2 сата од укупно 6 сати; потребно је 80 %."),
        (None, "Није уписано ниједно присуство."),
    ],
    ids=["in part", "not at all"],
)
def test_the_reason_of_a_refusal_stands_beside_the_field(desk, seminar, minutes, sentence):
    booking = participant(seminar, minutes=minutes)

    response = desk.post(f"{CERTIFICATES}add/", {"booking": booking.pk})

    assert response.context["adminform"].form.errors == {"booking": [sentence]}
    assert Document.objects.count() == 0


def test_nobody_is_given_a_second_one(desk, seminar, certificate):
    response = desk.post(f"{CERTIFICATES}add/", {"booking": certificate.booking_id})

    assert response.context["adminform"].form.errors == {
        "booking": ["Већ има уверење са овог семинара."]
    }
    assert Document.objects.count() == 1


@pytest.mark.parametrize("forged", ["", "0", "x", "\0", "9" * 30])
def test_a_forged_participant_is_pointed_at(desk, seminar, forged):
    response = desk.post(f"{CERTIFICATES}add/", {"booking": forged})

    assert response.status_code == 200
    assert len(office.errors(response)) == 1


def test_a_certificate_is_read_and_never_edited(desk, certificate):
    before = Certificate.objects.values().get()

    html = desk.get(page(certificate)).content.decode()
    desk.post(page(certificate), {"hours": "80", "points": "80"})

    assert certificate.document.pdf_path in html
    assert Certificate.objects.values().get() == before
    assert desk.post(f"{CERTIFICATES}{certificate.pk}/delete/", {"post": "yes"}).status_code == 403


def test_one_is_revoked_and_one_replaced_on_its_page(desk, certificate):
    person = certificate.booking.person
    person.last_name = "Марић"
    person.save()
    address = f"{CERTIFICATES}{certificate.pk}/radnja"

    replaced = desk.post(f"{address}/zamena/", {"reason": "Ново презиме."})
    new = Certificate.objects.get(ended_at=None)
    revoked = desk.post(f"{CERTIFICATES}{new.pk}/radnja/opoziv/", {"reason": "Грешка."})

    assert (replaced["Location"], revoked["Location"]) == (page(new), page(new))
    assert Certificate.objects.filter(ended_at=None).count() == 0
    assert [one for one, _ in desk.get(page(new)).context["operations"]] == []


def test_only_who_may_revokes(certificate, colleague):
    address = f"{CERTIFICATES}{certificate.pk}/radnja/opoziv/"
    users = (UserFactory(), StaffFactory(permissions=["trainings.view_certificate"]), colleague)

    codes = [office.desk_of(user).post(address, {"reason": "Зато."}).status_code for user in users]

    assert codes == [302, 403, 302]


def test_a_batch_is_ordered_on_the_page_of_the_seminar(desk, colleague, seminar):
    participant(seminar)

    response = desk.post(f"{SEMINARS}{seminar.pk}/radnja/uverenja/", follow=True)

    batch = CertificateBatch.objects.get()
    assert (batch.seminar, batch.created_by, batch.state) == (seminar, colleague, "queued")
    listed = f"{BATCHES}?seminar__pk__exact={seminar.pk}"
    assert listed in [href for href, _ in reader.Page(response.content.decode()).links]
    assert list(desk.get(listed).context["cl"].result_list) == [batch]


def test_a_certificate_for_nobody_is_refused_with_a_sentence(desk, seminar):
    response = desk.post(f"{SEMINARS}{seminar.pk}/radnja/uverenja/")

    assert response.context["form"].non_field_errors() == [
        "На овом семинару нико нема место, па нема коме да се изда уверење."
    ]


def test_progress_is_watched_without_a_script(desk, staff, seminar):
    participant(seminar)
    batch = batches.order(seminar_id=seminar.pk, by=staff)
    address = f"{BATCHES}{batch.pk}/change/"
    refresh = '<meta http-equiv="refresh" content="3">'

    waiting = desk.get(address).content.decode()
    batches.work_off(batch.pk)
    done = desk.get(address).content.decode()

    assert (refresh in waiting, refresh in done) == (True, False)
    assert "0 од 1: издато 0, одбијено 0" in waiting
    assert "1 од 1: издато 1, одбијено 0" in done


def test_who_was_refused_is_listed_with_the_reason(desk, batch):
    text = reader.Page(desk.get(f"{BATCHES}{batch.pk}/change/").content.decode()).text

    assert "Милица Љубић: Није уписано ниједно присуство." in text


def test_the_file_to_print_is_for_those_who_issue(batch, colleague):
    address = f"{BATCHES}{batch.pk}/stampa.pdf"
    only_reads = StaffFactory(permissions=["trainings.view_certificatebatch"])

    answers = [office.desk_of(user).get(address) for user in (UserFactory(), only_reads, colleague)]

    assert [answer.status_code for answer in answers] == [302, 403, 200]
    assert answers[2].content.startswith(b"%PDF")
    assert "no-store" in answers[2]["Cache-Control"]


def test_without_a_file_there_is_nothing_to_fetch(desk, staff, seminar):
    participant(seminar)
    batch = batches.order(seminar_id=seminar.pk, by=staff)

    assert desk.get(f"{BATCHES}{batch.pk}/stampa.pdf").status_code == 404
    assert desk.get(f"{BATCHES}0/stampa.pdf").status_code == 404


def test_the_particulars_are_edited_by_the_staff(desk):
    fields = {
        "valid_from": "1.9.2026.",
        "organiser": "Центар за образовање Крагујевац",
        "seat": "Крагујевац",
        "authorised_person": "Мр Љубица Ђаковић",
        "authorised_title": "директор",
    }

    desk.post("/admin/trainings/issuingsettings/add/", fields)

    assert IssuingSettings.objects.get().authorised_person == "Мр Љубица Ђаковић"
