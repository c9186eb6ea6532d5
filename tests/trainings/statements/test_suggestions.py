"""Which invoices a payment without a reference may be for, and why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from centar.schools.models import School
from tests.factories.payments import PaymentSettingsFactory, proforma, school_proforma
from tests.factories.people import StaffFactory
from tests.factories.schools import SchoolFactory
from tests.trainings.statements import files
from trainings.models import Proforma, StatementRow
from trainings.operations import payments, statements
from trainings.queries import suggestions

pytestmark = pytest.mark.django_db

EXACT = "Exactly this amount is open."
SAME = "The payer has this name."
ALIKE = "The payer's name is alike."


@pytest.fixture
def staff():
    PaymentSettingsFactory()
    return StaffFactory(permissions=["trainings.add_statement", "trainings.change_statementrow"])


@pytest.fixture
def came(staff):
    """A payment that came, by amount, payer and purpose."""

    def come(amount, payer="", purpose=""):
        content = files.camt(files.entry(amount, payer=payer, purpose=purpose))
        statement = statements.upload(file_name="izvod", content=content, by=staff)
        statements.confirm(statement_id=statement.pk, by=staff)
        return StatementRow.objects.latest("pk")

    return come


def suggested(row):
    return [(one.proforma, one.reasons) for one in suggestions.suggestions(row)]


def of(first_name, last_name, fee="2500.00"):
    return proforma(fee, person__first_name=first_name, person__last_name=last_name)


def test_amount_and_name_come_first_then_the_amount_then_the_name(came):
    another = of("Зоран", "Илић")
    named = of("Милица", "Петровић", "2400.00")
    both = of("Милица", "Петровић")
    of("Зоран", "Илић", "900.00")

    assert suggested(came("2500.00", "Milica Petrović")) == [
        (both, [EXACT, SAME]),
        (another, [EXACT]),
        (named, [SAME]),
    ]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("ПЕТРОВИЋ МИЛИЦА", SAME),
        ("PETROVIC MILICA, KNEZA MILOSA 3, KRAGUJEVAC", SAME),
        ("Милицa Петpовић", SAME),  # Latin a, p
        ("MILICA PETROVlC", ALIKE),
        ("Milica Petrovi", ALIKE),
    ],
)
def test_a_name_is_known_in_every_script_order_and_spelling(told, reason, came):
    made = of("Милица", "Петровић")
    of("Милица", "Симић")

    assert suggested(came("100.00", told)) == [(made, [reason])]


def test_somebody_else_pays_and_names_the_teacher_in_the_purpose(came):
    made = of("Милица", "Петровић")

    assert suggested(came("900.00", "Zoran Ilić", "kotizacija za Milicu Petrović")) == [
        (made, [ALIKE])
    ]


def school(place, name="ОШ „Вук Караџић“"):
    found: School = SchoolFactory(name=name, place=place)
    return found


def test_a_school_whose_name_the_bank_shortens(came):
    made = school_proforma(school=school("Крагујевац", name="Основна школа „21. октобар“"))
    school_proforma("900.00", school=school("Крагујевац", name="Прва крагујевачка гимназија"))

    assert suggested(came("100.00", 'OŠ "21. OKTOBAR" KRAGUJEVAC', "predracun")) == [
        (made, [ALIKE])
    ]


def test_a_sum_of_several_invoices_of_one_school(came):
    here, elsewhere = school("Крагујевац"), school("Лапово")
    small, large, third = (
        school_proforma(fee, school=here, size=2) for fee in ("1000.00", "2500.00", "700.00")
    )
    there = school_proforma("9000.00", school=elsewhere)

    found = suggested(came("7000.00", 'OS "VUK KARADZIC" KRAGUJEVAC'))

    numbers = ", ".join(one.document.register_number for one in (small, large))
    together = f"Together exactly this amount: {numbers}."
    assert found == [
        (small, [together, SAME]),
        (large, [together, SAME]),
        (third, [SAME]),
        (there, [ALIKE]),
    ]


def test_all_invoices_of_a_school_say_something_without_its_name(came):
    made = [school_proforma(fee, school=school("Рача")) for fee in ("1000.00", "2500.00")]

    found = suggested(came("7000.00", "Uprava za trezor"))

    assert [one for one, _reasons in found] == made
    assert [len(reasons) for _one, reasons in found] == [1, 1]
    # Some of several, of a payer with another name, are a chance.
    assert suggested(came("2000.01", "Uprava za trezor")) == []


def test_what_is_left_counts_and_not_what_came(came, staff):
    one, other = of("Милица", "Петровић"), of("Ана", "Илић", "1500.00")
    row = came("4000.00", "Zoran Simić")
    assert suggested(row) == []

    payments.match(row_id=row.pk, shares={one.pk: Decimal(2500)}, by=staff)

    row.refresh_from_db()
    assert suggested(row) == [(other, [EXACT])]


def test_what_is_paid_or_ended_is_not_suggested(came):
    of("Милица", "Петровић")
    Proforma.objects.update(ended_at="2026-01-01T00:00:00Z")
    of("Милица", "Петровић")
    Proforma.objects.filter(ended_at=None).update(paid=2500)

    assert suggested(came("2500.00", "Milica Petrović")) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_many_invoices_cost_one_query_and_a_dozen_is_shown(rows, came, django_assert_num_queries):
    for _number in range(rows):
        of("Милица", "Петровић")
    row = came("777.00", "Милица Петровић")

    with django_assert_num_queries(1):
        found = suggestions.suggestions(row)
        assert [str(one.proforma) for one in found]

    assert len(found) == min(rows, suggestions.SHOWN)
