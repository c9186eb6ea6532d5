"""Anybody verifies a certificate: a valid one, a revoked one, one replaced by a new name, none."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import office
from tests.factories.certificates import HeldSeminarFactory, IssuingSettingsFactory, participant
from tests.journeys import desk as back_office
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import IN_EACH_LIGHT, PHONE, TOO_WIDE, turned
from trainings.operations import certificates

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

VALID = "This paper is genuine and valid"
REVOKED = "This paper was revoked and is not valid"
UNKNOWN = (
    "No paper with this code is in the register. Compare the code letter by letter with the paper."
)
REPLACED = "This paper was replaced and is no longer valid"


@pytest.fixture
def staff(transactional_db):
    IssuingSettingsFactory()
    return office.colleague()


@pytest.fixture
def certificate(staff):
    """Ljiljana's, of a seminar of last month."""
    seminar = HeldSeminarFactory(programme__title="Огледи у настави")
    booking = participant(seminar, first_name="Љиљана", last_name="Ђурђевић")
    return certificates.issue(booking_id=booking.pk, by=staff)


def page_of(certificate) -> str:
    return certificate.document.verification_path


def end(desk: Page, certificate, label: str, reason: str) -> None:
    """A certificate is found by its owner and ended, which asks for a reason."""
    desk.goto(f"/admin/trainings/certificate/?q={certificate.booking.person.first_name}")
    desk.locator("#result_list tbody a").first.click()
    back_office.operation(desk, label)
    expect(desk.locator(".errorlist")).to_have_text(office.serbian("This field is required."))
    desk.locator("#id_reason").fill(reason)
    desk.locator(f"input[type=submit][value='{office.serbian(label)}']").click()
    expect(back_office.succeeded(desk)).to_be_visible()


def test_a_revoked_one_says_why_to_everybody(visitor: Page, another, post, staff, certificate):
    visitor.goto(page_of(certificate))
    expect(sight.heading(visitor, VALID)).to_be_visible()
    post()

    end(another(user=staff), certificate, "Revoke", "Присуство је погрешно уписано.")

    visitor.reload()
    expect(sight.heading(visitor, REVOKED)).to_be_visible()
    expect(sight.heading(visitor, VALID)).to_have_count(0)
    expect(visitor.get_by_text("Присуство је погрешно уписано.")).to_be_visible()
    expect(visitor.get_by_text("Љиљана Ђурђевић")).to_be_visible()

    # Its owner is told by a letter, and finds it so on her page.
    [letter] = post()
    assert "Присуство је погрешно уписано." in letter.text
    hers = another(user=certificate.booking.person.user)
    hers.goto("/moja-strana/")
    sight.link(hers, "My certificates").click()
    expect(hers.get_by_text(office.serbian("revoked"), exact=True)).to_be_visible()
    expect(sight.link(hers, "Fetch the PDF")).to_have_count(0)


def test_after_a_change_of_name_the_old_one_points_to_the_new(
    visitor: Page, another, staff, certificate
):
    # She changes her name, the staff replace the paper.
    hers = another(user=certificate.booking.person.user)
    hers.goto("/profil/")
    sight.field(hers, "Last name").fill("Марић")
    sight.button(hers, "Save the profile").click()
    expect(sight.said(hers, "Your profile is saved.")).to_be_visible()
    end(another(user=staff), certificate, "Replace", "Ново презиме.")

    # The old code still opens the old paper, and leads on.
    visitor.goto(page_of(certificate))
    expect(sight.heading(visitor, REPLACED)).to_be_visible()
    expect(visitor.get_by_text("Ново презиме.")).to_be_visible()
    expect(visitor.get_by_text("Љиљана Ђурђевић")).to_be_visible()
    visitor.get_by_role("main").get_by_role("link", name="У-2/").click()
    expect(sight.heading(visitor, VALID)).to_be_visible()
    expect(visitor.get_by_text("Љиљана Марић")).to_be_visible()
    expect(visitor.get_by_text("Ђурђевић")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_forged_code_and_a_forged_number(another, certificate, scripts):
    code = certificate.document.printed_code
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    page = another(viewport=PHONE, java_script_enabled=scripts)
    assert page.goto(f"/provera/{forged.replace('-', '')}/").status == 404
    expect(sight.heading(page, "This paper was not found")).to_be_visible()

    # What was typed stays, until it is right.
    typed, number = (sight.field(page, one) for one in ("Verification code", "Register number"))
    typed.fill(forged)
    sight.button(page, "Verify").click()
    expect(page.get_by_role("alert")).to_contain_text(office.serbian(UNKNOWN))
    expect(typed).to_have_value(forged)
    typed.fill(code.lower())
    number.fill("У-7/2020")
    sight.button(page, "Verify").click()
    expect(page.get_by_role("alert")).to_contain_text(
        office.serbian("The paper with this code has another number.")
    )
    expect(typed).to_have_value(code.lower())
    number.fill(certificate.document.register_number.replace("У", "u"))
    sight.button(page, "Verify").click()
    expect(sight.heading(page, VALID)).to_be_visible()


@pytest.mark.parametrize(
    ("face", "name"),
    [("", "Љиљана Ђурђевић"), ("/lat", "Ljiljana Đurđević")],
    ids=["cyrillic", "latin"],
)
@pytest.mark.parametrize("standing", ["valid", "revoked", "replaced"])
def test_axe_finds_nothing(another, staff, certificate, standing, face, name):
    if standing == "revoked":
        certificates.revoke(certificate_id=certificate.pk, by=staff, reason="Грешка.")
    elif standing == "replaced":
        certificate.booking.person.last_name = "Марић"
        certificate.booking.person.save()
        certificates.replace(certificate_id=certificate.pk, by=staff, reason="Ново презиме.")
    page = another(viewport=PHONE, bypass_csp=True)
    found = []

    for path in (page_of(certificate), "/provera/", "/provera/nema/"):
        page.goto(face + path)
        if path == page_of(certificate):
            expect(page.get_by_text(name)).to_be_visible()
        page.add_script_tag(path=AXE)
        for scheme, rules in IN_EACH_LIGHT:
            turned(page, scheme=scheme)
            result = page.evaluate("(rules) => axe.run({runOnly: rules})", rules)
            found += [(path, scheme, one["id"]) for one in result["violations"]]
            found += [(path, scheme, part) for part in page.evaluate(TOO_WIDE)]

    assert found == []
