"""A school asks for its pro-forma invoice, pays, and the bank's statement finds it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests import office
from tests.factories.payments import PaymentSettingsFactory, application
from tests.factories.people import CoordinationFactory
from tests.factories.trainings import SeminarFactory
from tests.journeys import desk as back_office
from tests.journeys import sight
from tests.trainings.statements import files
from trainings.models import Proforma

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_invoice_to_the_money(another, post):
    PaymentSettingsFactory()
    coordinator = CoordinationFactory()
    application(SeminarFactory(fee=Decimal(2500)), school=coordinator.school, size=5)
    phone = another(user=coordinator.person.user, viewport={"width": 390, "height": 844})

    # The coordinator makes the school's invoice, and a letter leads back to it.
    phone.goto("/moje-uplate/")
    sight.button(phone, "Make the pro-forma invoice").click()
    expect(phone).to_have_url(re.compile(r"/moje-uplate/\d+/$"))
    expect(phone.get_by_text("12.500,00 динара").first).to_be_visible()
    made = Proforma.objects.get()
    [letter] = post()
    assert (letter.to, f"/moje-uplate/{made.pk}/" in letter.text) == (
        coordinator.person.email,
        True,
    )

    # The staff bring in the statement: it is looked at, then counted.
    desk = another(user=office.colleague())
    paid = files.entry("12500.00", f"(97) {made.reference}")
    back_office.bring_in_statement(desk, files.camt(paid))
    expect(desk.get_by_text(str(made))).to_be_visible()
    made.refresh_from_db()
    assert made.standing == Proforma.Standing.UNPAID
    back_office.count_statement(desk)

    # The school sees that everything has come.
    phone.reload()
    expect(sight.heading(phone, "Paid")).to_be_visible()
