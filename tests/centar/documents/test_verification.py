"""The public pages on which a paper is verified."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centar.documents import limits, operations
from centar.documents.models import new_code
from tests import reader
from tests.factories.documents import issued
from tests.factories.people import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]

FORM = "/en/provera/"


@pytest.fixture
def staff():
    return StaffFactory(permissions=["documents.change_document"])


def page_of(document, client=None):
    return (client or Client()).get(f"/en{document.verification_path}")


def words(response):
    return reader.Page(response.content.decode()).text


def test_a_valid_paper_shows_all_that_is_public_without_signing_in():
    document = issued()

    response = page_of(document)

    assert response.status_code == 200
    text = words(response)
    assert "This paper is genuine and valid" in text
    assert "PT-1/2026" in text
    assert "Ana Ljubičić" in text
    assert "It is valid by its entry in the Centre's register" in text


@pytest.mark.parametrize("face", ["", "/lat", "/en"])
def test_every_page_leads_whoever_holds_a_paper_to_the_form(face):
    for path in ("/kako-radi/", "/", "/kako-radi/"):
        html = Client().get(f"{face}{path}").content.decode()
        footer = html[html.index("<footer") :]
        assert f'href="{face}/provera/"' in footer


def test_the_birth_date_is_nowhere_on_the_page():
    html = page_of(issued()).content.decode()

    assert "1985" not in html


def test_neither_page_is_indexed_or_kept():
    for response in (page_of(issued()), Client().get(FORM)):
        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "no-store" in response["Cache-Control"]


def test_a_revoked_paper_says_why(staff):
    document = issued()
    operations.withdraw(document=document, by=staff, reason="Погрешно име.")

    text = words(page_of(document))

    assert "This paper was revoked and is not valid" in text
    assert "Reason: Pogrešno ime." in text
    assert "genuine and valid" not in text
    assert "Ana Ljubičić" in text


def test_a_replaced_paper_leads_to_the_new_one(staff):
    old = issued()
    new = operations.replace(
        document_id=old.pk, content={"name": "Ана Марић"}, by=staff, reason="Ново презиме."
    )

    page = reader.Page(page_of(old).content.decode())

    assert "This paper was replaced and is no longer valid" in page.text
    assert [href for href, text in page.links if "PT-2/2026" in text] == [
        f"/en{new.verification_path}"
    ]
    assert "Ana Marić" in words(page_of(new))


@pytest.mark.parametrize("spell", [str, str.lower, lambda code: f"{code[:5]}-{code[5:]} "])
def test_the_form_leads_to_the_paper(spell):
    document = issued()

    response = Client().post(FORM, {"code": spell(document.code)})

    assert (response.status_code, response["Location"]) == (302, f"/en{document.verification_path}")


@pytest.mark.parametrize("number", ["ПТ-1/2026", "pt-1/2026"])
def test_the_number_may_be_compared_too(number):
    document = issued()

    response = Client().post(FORM, {"code": document.code, "number": number})

    assert response["Location"] == f"/en{document.verification_path}"


def test_a_number_alone_finds_nothing():
    document = issued()

    response = Client().post(FORM, {"number": document.register_number})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["code"]
    assert "Ana" not in words(response)


def test_another_number_is_pointed_at_and_what_was_typed_stays():
    document = issued()

    response = Client().post(FORM, {"code": document.code, "number": "ПТ-7/2026"})

    assert response.context["form"].errors == {
        "number": ["The paper with this code has another number."]
    }
    assert 'value="ПТ-7/2026"' in response.content.decode()


@pytest.mark.parametrize(
    "forged", [new_code(), "nema", "1", "%00", "../", "A" * 10_000, "' OR 1=1 --", "ПТ-1/2026"]
)
def test_every_wrong_code_is_answered_alike(forged):
    document = issued()
    almost = document.code[:-1] + ("A" if document.code[-1] != "A" else "B")

    by_link = [
        Client().get("/en/provera/{}/".format(code.replace("/", "%2F").replace("%00", "\0")))
        for code in (almost, forged)
        if code != "../"
    ]
    by_form = Client().post(FORM, {"code": forged})

    assert {response.status_code for response in by_link} == {404}
    assert by_form.status_code == 422
    assert "Ana" not in words(by_form)


def test_an_unknown_and_a_senseless_code_get_the_same_words():
    pages = [
        words(Client().get(f"/en/provera/{code}/")) for code in (new_code(), "nema", "A" * 3000)
    ]

    assert len(set(pages)) == 1
    assert "No paper with this code is in the register." in pages[0]


def test_too_many_questions_from_one_address_are_refused_for_a_minute():
    document = issued()
    with time_machine.travel("2027-02-01 11:00:30Z", tick=False) as clock:
        answers = [page_of(document).status_code for _ in range(limits.MOST_A_MINUTE)]
        refused = page_of(document)
        by_form = Client().post(FORM, {"code": document.code})
        elsewhere = Client(REMOTE_ADDR="192.0.2.7").get(f"/en{document.verification_path}")
        form = Client().get(FORM)
        clock.shift(60)
        later = page_of(document)

    assert answers == [200] * limits.MOST_A_MINUTE
    assert (refused.status_code, refused["Retry-After"], by_form.status_code) == (429, "60", 429)
    assert "Wait a minute, then go on." in words(refused)
    assert (elsewhere.status_code, form.status_code, later.status_code) == (200, 200, 200)


def test_visitors_of_one_network_of_ipv6_are_one_visitor(rf):
    near, far = (
        rf.get("/", REMOTE_ADDR=address) for address in ("2001:db8:0:1::5", "2001:db8:0:2::5")
    )
    neighbour = rf.get("/", REMOTE_ADDR="2001:db8:0:1::6")
    for _ in range(limits.MOST_A_MINUTE):
        limits.may_verify(near)

    assert [limits.may_verify(one) for one in (neighbour, far)] == [False, True]


def test_verifying_reads_the_register_once(staff):
    old = issued()
    operations.replace(document_id=old.pk, content={"name": "А"}, by=staff, reason="Ново.")

    with CaptureQueriesContext(connection) as queries:
        page_of(old)

    assert len([one for one in queries if "documents_document" in one["sql"]]) == 1
