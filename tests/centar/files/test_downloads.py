"""A private file on its way to the reader."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import Client

from centar.files import downloads
from tests import office
from tests.factories import files
from tests.factories.people import AdministratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_file_is_saved_and_neither_shown_nor_kept():
    answer = downloads.answer(files.stored("Уверење 1.pdf"))

    assert b"".join(answer.streaming_content) == files.pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D0%A3%D0%B2%D0%B5%D1%80%D0%B5%D1%9A%D0%B5%201.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_a_file_whose_bytes_are_gone_is_not_found():
    file = files.stored()
    default_storage.delete(file.path)

    with pytest.raises(Http404):
        downloads.answer(file)


@pytest.mark.parametrize("account", ["nobody", "teacher", "administrator"])
def test_no_address_leads_to_the_stored_bytes(account):
    client = Client()
    if account != "nobody":
        client.force_login(UserFactory() if account == "teacher" else AdministratorFactory())
    path = files.stored().path

    found = [client.get(f"/{root}{path}").status_code for root in ("", "media/", "static/")]

    assert found == [404, 404, 404]


def test_the_back_office_reads_names_and_changes_nothing():
    file = files.stored()
    desk = office.desk_of(AdministratorFactory())
    page = "/admin/files/privatefile/"

    assert desk.get(page).status_code == 200
    assert desk.get(f"{page}add/").status_code == 403
    assert desk.post(f"{page}{file.pk}/change/", {"name": "b.pdf"}).status_code == 403
    assert desk.post(f"{page}{file.pk}/delete/", {"post": "yes"}).status_code == 403
