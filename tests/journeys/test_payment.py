"""A school asks for its pro-forma invoice, pays, and the bank's statement finds it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests import office
from tests.factories.payments import PaymentSettingsFactory, application, school_proforma
from tests.factories.people import CoordinationFactory
from tests.factories.trainings import SeminarFactory
from tests.journeys import desk as back_office
from tests.journeys import sight
from tests.trainings.statements import files
from trainings.models import Proforma, StatementRow
from trainings.operations import statements

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


def test_one_transfer_for_three_invoices(another):
    coordinator = CoordinationFactory()
    made = [school_proforma("1000.00", school=coordinator.school) for _number in range(3)]
    staff = office.colleague()
    content = files.camt(files.entry("6000.00", payer=f"OS {coordinator.school.place}"))
    statement = statements.upload(file_name="izvod.xml", content=content, by=staff)
    statements.confirm(statement_id=statement.pk, by=staff)
    row = StatementRow.objects.get()

    # The work queue leads to the payment, which says why these invoices are suggested.
    desk = another(user=staff)
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile("6.000,00")).first.click()
    desk.get_by_role("link", name=office.serbian("Say what it was for")).click()
    numbers = ", ".join(one.document.register_number for one in made)
    expect(desk.get_by_text(numbers).first).to_be_visible()
    for one in made[:2]:
        desk.locator(f"[name=take_{one.pk}]").check()
    desk.locator(f"[name=amount_{made[2].pk}]").fill("1.500,00")
    desk.locator("#content-main input[type=submit]").click()
    row.refresh_from_db()
    assert (row.outcome, row.rest) == ("unknown", Decimal(500))

    # A mistake is taken back, and the rest goes where it belongs.
    sight.link(desk, "Undo the matching").click()
    for part in row.payments.exclude(proforma=made[2]):
        desk.locator(f"[name=payments][value='{part.pk}']").uncheck()
    desk.locator("textarea[name=reason]").fill("Погрешан износ.")
    desk.locator("#content-main input[type=submit]").click()
    sight.link(desk, "Say what it was for").click()
    desk.locator(f"[name=take_{made[2].pk}]").check()
    desk.locator("#content-main input[type=submit]").click()

    phone = another(user=coordinator.person.user, viewport={"width": 390, "height": 844})
    phone.goto(f"/moja-skola/{coordinator.school_id}/")
    expect(sight.heading(phone, "The school owes nothing")).to_be_visible()
