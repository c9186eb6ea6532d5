"""Who gets the PDF of a paper."""

from __future__ import annotations

import pytest
from django.test import Client

from centar.documents import operations
from tests import office
from tests.factories.documents import issued
from tests.factories.people import PersonFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def document(owner):
    return issued(person=owner)


def test_the_owner_and_the_back_office_get_it_and_nobody_else(owner, document):
    may = [owner.user, StaffFactory(permissions=["documents.view_document"])]
    may_not = [PersonFactory().user, UserFactory(), StaffFactory()]

    answers = [office.desk_of(user).get(document.pdf_path) for user in may]
    refused = [office.desk_of(user).get(document.pdf_path).status_code for user in may_not]
    anonymous = Client().get(document.pdf_path)

    assert [answer["Content-Type"] for answer in answers] == ["application/pdf"] * 2
    assert answers[0].content.startswith(b"%PDF-1.")
    assert answers[0]["Content-Disposition"] == 'inline; filename="PT-1-2026.pdf"'
    assert refused == [404] * 3
    assert (anonymous.status_code, anonymous["Location"].split("?")[0]) == (302, "/nalog/login/")


def test_a_revoked_paper_is_given_to_the_back_office_only(owner, document):
    staff = StaffFactory(permissions=["documents.view_document", "documents.change_document"])
    operations.withdraw(document=document, by=staff, reason="Зато.")

    codes = [
        office.desk_of(user).get(document.pdf_path).status_code for user in (owner.user, staff)
    ]

    assert codes == [404, 200]


def test_it_is_the_same_file_whenever_it_is_asked_for(owner, document):
    desk = office.desk_of(owner.user)

    first, second = (desk.get(document.pdf_path).content for _ in range(2))

    assert first == second
