"""The desk of the library, with a bar-code reader and the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from library.models import Loan, Reservation
from tests.factories.library import CopyFactory, MemberFactory, ReservationFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import RULES, VIOLATIONS
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def scan(page: Page, code: str) -> None:
    """What a bar-code reader does: it types into whatever has the focus, and presses Enter."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def press(page: Page, value: str) -> None:
    """Go with the Tab key to the button that sends this, and press it."""
    expect(page.locator(f"button[value='{value}']").first).to_be_visible()
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == value:
            break
    page.keyboard.press("Enter")


def said(page: Page, words: str) -> None:
    """The line on top says this."""
    expect(page.locator(".desk-line").first).to_contain_text(words)


def test_the_desk_lends_renews_and_returns_and_the_queue_moves(another):
    ana, iva = (
        MemberFactory(person=PersonFactory(first_name=first, last_name=last))
        for first, last in (("Ана", "Анић"), ("Ива", "Ивић"))
    )
    first, second = (CopyFactory(record__title=title) for title in ("Мост", "Врт"))
    page = another(user=StaffFactory(permissions=["library.change_loan"]))
    page.goto("/biblioteka/pult/")

    scan(page, ana.card)
    expect(page.locator("#reader")).to_have_text("Ана Анић")
    # Faster than the page answers.
    scan(page, first.barcode)
    scan(page, second.barcode)
    said(page, "Позајмљено: „Врт“")
    assert Loan.objects.open().filter(member=ana).count() == 2

    press(page, "renew")
    said(page, "Продужено: „Мост“")

    waits = ReservationFactory(record=first.record, member=iva)
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_have_count(0)
    scan(page, first.barcode)
    said(page, "Враћено: „Мост“")
    said(page, "На полицу резервација: Ива Ивић")
    waits.refresh_from_db()
    assert (waits.state, waits.copy) == (Reservation.State.READY, first)

    scan(page, "ivić")
    expect(page.locator("#id_code")).to_be_focused()
    press(page, iva.card)
    expect(page.locator("#reader")).to_have_text("Ива Ивић")
    expect(page.locator("#desk")).to_contain_text(re.compile("Одвојено на полици резервација"))
    scan(page, first.barcode)
    said(page, "Позајмљено: „Мост“")
    assert Loan.objects.open().get(copy=first).member == iva

    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(VIOLATIONS, RULES) == []


def test_without_javascript_the_same_field_does_the_same(another):
    member, copy = MemberFactory(), CopyFactory(record__title="Мост")
    page = another(
        user=StaffFactory(permissions=["library.change_loan"]), java_script_enabled=False
    )
    page.goto("/biblioteka/pult/")

    for code, words in ((member.card, None), (copy.barcode, "Позајмљено: „Мост“")):
        expect(page.locator("#id_code")).to_be_focused()
        scan(page, code)
        if words:
            said(page, words)
    page.get_by_role("button", name=serbian("Finish (Esc)")).click()
    expect(page.locator("#reader")).to_have_count(0)
    expect(page.locator("#id_code")).to_be_focused()
    scan(page, copy.barcode)
    said(page, "Враћено: „Мост“")
