"""A pupil at a telephone, who reads and types in Latin, and a shelf of Cyrillic books."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from library.models import MemberKind, Reservation
from library.operations import desk, words
from tests.factories.library import (
    ContributionFactory,
    CopyFactory,
    LoanFactory,
    MemberFactory,
    RecordFactory,
    ReservationFactory,
)
from tests.factories.people import PersonFactory, StaffFactory
from tests.journeys.test_every_page import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def pupil(first_name: str) -> object:
    """A member who borrows with the consent of a parent."""
    return MemberFactory(
        person=PersonFactory(first_name=first_name),
        kind=MemberKind.PUPIL,
        guardian_name="Мира Савић",
        guardian_email="mira.savic@example.org",
        consent_on=timezone.localdate(),
    )


def test_a_pupil_finds_in_latin_what_is_printed_in_cyrillic_and_reserves_it(another, post):
    book = RecordFactory(title="На Дрини ћуприја", year=1945)
    ContributionFactory(record=book)
    copy = CopyFactory(record=book)
    RecordFactory(title="Ћуприја преко Мораве")
    words.count()
    LoanFactory(copy=copy, due_on=timezone.localdate() + timedelta(days=6))
    lena, before = pupil("Лена"), pupil("Маша")
    first = ReservationFactory(record=book, member=before)
    page = another(user=lena.person.user, viewport=PHONE, has_touch=True)

    page.goto("/lat/biblioteka/")
    box = page.get_by_label("Tražite u biblioteci")
    box.press_sequentially("drini cup")
    expect(page.locator("#suggestions option").first).to_have_attribute("value", "drini ćuprija")
    # Without diacritics, in another case and with a typing error.
    box.fill("drini cuprjiom")
    box.press("Enter")
    page.get_by_role("link", name="Na Drini ćuprija").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Na Drini ćuprija")
    expect(page.locator("main")).to_contain_text("На Дрини ћуприја")
    page.get_by_role("button", name="Rezerviši").click()

    expect(page.locator("#reserved + ul")).to_contain_text("2. od 2")
    own = Reservation.objects.get(member=lena)
    assert (own.record, own.state) == (book, Reservation.State.WAITING)

    # Whoever stands before gives the turn back, and the copy comes home.
    other = another(user=before.person.user)
    other.goto("/lat/biblioteka/moje/")
    other.locator("summary", has_text="Odustani").click()
    other.get_by_role("button", name="Odustani").click()
    first.refresh_from_db()
    assert first.state == Reservation.State.CANCELLED
    page.reload()
    expect(page.locator("#reserved + ul")).to_contain_text("1. od 1")
    desk.take_back(copy_id=copy.pk, by=StaffFactory(permissions=["library.change_loan"]))
    page.reload()
    expect(page.locator("#reserved + ul")).to_contain_text("Spremno")
    # The guardian is who hears of it.
    assert [(one.to, "Дрини" in one.text) for one in post()] == [("mira.savic@example.org", True)]
