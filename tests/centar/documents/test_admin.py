"""The register in the back office."""

from __future__ import annotations

import pytest

from centar.documents import operations
from centar.documents.models import Document
from tests import office
from tests.factories.documents import issued
from tests.factories.people import PersonFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/documents/document/"
READS = ("documents.view_document",)
REVOKES = (*READS, "documents.change_document")


@pytest.fixture
def desk():
    return office.desk_of(StaffFactory(permissions=REVOKES))


def page(document):
    return f"{LIST}{document.pk}/change/"


def deed(document):
    return f"{LIST}{document.pk}/radnja/opoziv/"


def found(desk, words):
    return list(desk.get(LIST, {"q": words}).context["cl"].result_list)


def test_the_register_is_for_staff_with_the_permission():
    codes = [
        office.desk_of(user).get(LIST).status_code
        for user in (UserFactory(), StaffFactory(), StaffFactory(permissions=READS))
    ]

    assert codes == [302, 403, 200]


@pytest.mark.parametrize("words", ["ПТ-2/2026", "pt-2/2026", "2/2026", "2", "Đura", "Ђура"])
def test_a_paper_is_found_by_its_number_and_by_the_name(desk, words):
    issued(person=PersonFactory())
    wanted = issued(person=PersonFactory(first_name="Ђура"))

    assert found(desk, words) == [wanted]


@pytest.mark.parametrize("words", ["У-2/2026", "2/2025", "Ж-2", "о" * 10_000])
def test_other_words_find_nothing(desk, words):
    issued()
    issued()

    assert found(desk, words) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_with_one_row_and_three(
    desk, django_assert_num_queries, number
):
    for _ in range(number):
        issued(person=PersonFactory())

    with django_assert_num_queries(9):
        desk.get(LIST)


def test_a_paper_is_read_and_never_edited(desk):
    document = issued()
    before = Document.objects.values().get()

    html = desk.get(page(document)).content.decode()
    desk.post(page(document), {"number": "7", "content": "{}", "revoke_reason": "Тако."})

    assert document.pdf_path in html
    assert document.verification_path in html
    assert "1985" not in html
    assert Document.objects.values().get() == before
    assert desk.post(f"{LIST}{document.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.get(f"{LIST}add/").status_code == 403


def test_a_paper_is_revoked_on_its_page(desk):
    document = issued()

    response = desk.post(deed(document), {"reason": "Погрешно име."})

    document.refresh_from_db()
    assert (response["Location"], document.revoke_reason) == (page(document), "Погрешно име.")
    assert list(desk.get(page(document)).context["operations"]) == []


@pytest.mark.parametrize("reason", ["", "   ", "\0", "о" * 501])
def test_a_wrong_reason_is_pointed_at_and_stays(desk, reason):
    document = issued()

    response = desk.post(deed(document), {"reason": reason})

    assert list(response.context["form"].errors) == ["reason"]
    assert response.context["form"]["reason"].value() == reason
    assert Document.objects.get().is_valid


def test_only_who_may_change_revokes():
    document = issued()
    users = (UserFactory(), StaffFactory(permissions=READS), StaffFactory(permissions=REVOKES))

    codes = [
        office.desk_of(user).post(deed(document), {"reason": "Зато."}).status_code for user in users
    ]

    assert codes == [302, 403, 302]
    assert Document.objects.get().revoked_by == users[2]


def test_the_filter_tells_valid_from_revoked(desk):
    valid, revoked = issued(), issued()
    operations.revoke(document_id=revoked.pk, by=StaffFactory(), reason="Зато.")

    rows = [
        list(desk.get(LIST, {"validity": value}).context["cl"].result_list)
        for value in ("valid", "revoked")
    ]

    assert rows == [[valid], [revoked]]


def test_the_filter_names_the_kinds(desk):
    document = issued()

    rows = [
        list(desk.get(LIST, {"kind": kind}).context["cl"].result_list)
        for kind in (document.kind, "certificate", "nema")
    ]

    assert rows == [[document], [], []]
    assert "потврда" in desk.get(LIST).content.decode()
