"""Money in the back office: settings, exceptions and invoices."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import office
from tests.factories.payments import (
    ACCOUNT,
    PaymentSettingsFactory,
    application,
    place,
    proforma,
    school_proforma,
)
from tests.factories.people import UserFactory
from tests.factories.trainings import SeminarFactory
from tests.trainings.payments import papers
from trainings.models import (
    FeeRule,
    PaymentSettings,
    Proforma,
)

pytestmark = pytest.mark.django_db

SETTINGS = {
    "payee": "Центар",
    "address": "Улица 1",
    "place": "Крагујевац",
    "pib": "101134702",
    "account": ACCOUNT,
    "reference_prefix": "",
    "reference_digits": "6",
    "code_person": "289",
    "code_school": "221",
    "purpose": "Котизација",
    "payment_days": "8",
    "days_after_reminder": "5",
}


@pytest.fixture
def staff():
    PaymentSettingsFactory()
    return office.colleague()


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


def page(model, what, *args):
    return reverse(f"admin:trainings_{model}_{what}", args=args)


def test_the_settings_are_written_once_and_checked():
    desk = office.desk_of(office.colleague())
    add = page("paymentsettings", "add")

    wrong = desk.post(add, SETTINGS | {"account": "160-123456-90", "pib": "101134703"})
    right = desk.post(add, SETTINGS)

    assert sorted(wrong.context["adminform"].form.errors) == ["account", "pib"]
    assert right.status_code == 302
    assert PaymentSettings.objects.get().account == ACCOUNT
    assert desk.get(add).url == page("paymentsettings", "change", PaymentSettings.objects.get().pk)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "-1"}, "value"),
        ({"kind": "percent", "value": "101"}, "__all__"),
        ({"starts_on": "јуче"}, "starts_on"),
        ({"name": ""}, "name"),
        ({"seminar": "999999"}, "seminar"),
    ],
)
def test_a_senseless_exception_is_refused_in_its_form(change, field, desk):
    typed = {"name": "Град", "kind": "amount", "value": "0", "starts_on": "1.1.2026."} | change

    answer = desk.post(page("feerule", "add"), typed)

    assert list(answer.context["adminform"].form.errors) == [field]
    assert FeeRule.objects.count() == 0


def test_an_exception_is_kept(desk):
    typed = {"name": "Град", "kind": "free", "value": "0", "starts_on": "1.1.2026."}

    assert desk.post(page("feerule", "add"), typed).status_code == 302
    assert FeeRule.objects.get().name == "Град"


def test_staff_issue_for_a_place_and_for_an_application(desk):
    alone = place(SeminarFactory())
    group = application(SeminarFactory(), size=2)

    desk.post(page("proforma", "add"), {"booking": alone.pk})
    desk.post(page("proforma", "add"), {"booking": group.bookings.first().pk})

    made = Proforma.objects.order_by("pk").values_list("booking", "group")
    assert list(made) == [(alone.pk, None), (None, group.pk)]


def test_a_refusal_stands_beside_the_field(desk):
    booking = place(SeminarFactory(fee=Decimal(0)))

    answer = desk.post(page("proforma", "add"), {"booking": booking.pk})

    assert answer.context["form"].errors == {
        "booking": [office.serbian("There is nothing to pay.")]
    }


def test_an_invoice_is_read_printed_numbered_and_taken_back(desk):
    made = proforma()
    shown = desk.get(page("proforma", "change", made.pk))
    assert [one.name for one, _address in shown.context["operations"]] == ["sef", "ponistavanje"]

    paper = desk.get(page("proforma", "paper", made.pk))
    assert papers.codes_of(paper.content) == [made.document.content["qr_text"]]

    desk.post(page("proforma", "operation", made.pk, "sef"), {"number": "СЕФ-77"})
    desk.post(page("proforma", "operation", made.pk, "ponistavanje"), {"reason": "Грешка."})
    made.refresh_from_db()
    assert (made.invoice_number, made.standing) == ("СЕФ-77", "ended")


def test_who_only_reads_changes_nothing(staff):
    made = proforma()
    desk = office.desk_of(office.onlooker())

    assert desk.get(page("proforma", "change", made.pk)).status_code == 200
    for address in (
        page("proforma", "operation", made.pk, "ponistavanje"),
        page("proforma", "add"),
        page("statement", "add"),
    ):
        assert desk.post(address, {"reason": "x"}).status_code == 403
    assert office.desk_of(UserFactory()).get(page("proforma", "changelist")).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_invoices_costs_the_same_for_three_as_for_one(
    rows, desk, django_assert_num_queries
):
    for _number in range(rows):
        school_proforma()
    desk.get(page("proforma", "changelist"))

    with django_assert_num_queries(7):
        answer = desk.get(page("proforma", "changelist"))

    assert len(answer.context["cl"].result_list) == rows


@pytest.mark.parametrize("standing", ["unpaid", "overdue", "overpaid", "ended", "x"])
def test_invoices_are_filtered_by_their_standing(standing, desk):
    made = proforma("2500.00")
    Proforma.objects.update(paid=9000, due_on="2020-01-01")

    answer = desk.get(page("proforma", "changelist"), {"standing": standing})

    shown = [made] if standing in ("overpaid", "x") else []
    assert list(answer.context["cl"].result_list) == shown
