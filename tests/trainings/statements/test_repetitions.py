"""The same payment told by two files is not counted twice, and two equal ones are not lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from centar.access import Refusal
from centar.audit.models import Entry
from tests.factories.payments import PaymentSettingsFactory, proforma
from tests.factories.people import StaffFactory
from tests.trainings.statements import files
from trainings.models import Payment, StatementFormat, StatementRow
from trainings.operations import held_rows, payments, statements
from trainings.payments.statements import likeness, tables
from trainings.payments.statements.entries import Entry as Told
from trainings.queries import payments as payment_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    PaymentSettingsFactory()
    StatementFormat.objects.create(
        name="Банка", header=tables.table(files.table([])).header, columns=files.COLUMNS
    )
    return StaffFactory(permissions=["trainings.add_statement", "trainings.change_statementrow"])


@pytest.fixture
def count(staff):
    def count_it(content):
        statement = statements.upload(file_name="izvod", content=content, by=staff)
        return statements.confirm(statement_id=statement.pk, by=staff)

    return count_it


def camt(made, *numbers):
    return files.camt(*(files.entry("2500.00", made.reference, number=one) for one in numbers))


def csv(made, times=1):
    return files.table([files.row("2.500,00", made.reference)] * times)


def outcomes():
    return list(StatementRow.objects.order_by("pk").values_list("outcome", flat=True))


def paid(made):
    made.refresh_from_db()
    return made.paid


def test_a_payment_of_another_file_is_held_and_counts_nothing(count):
    made = proforma("2500.00")
    count(camt(made, "B-1"))

    later = count(csv(made))

    first, held = StatementRow.objects.order_by("pk")
    assert (outcomes(), held.alike, held.rest) == (["matched", "held"], first, 0)
    assert (paid(made), Payment.objects.count()) == (Decimal(2500), 1)
    assert list(payment_queries.rows_to_settle()) == [held]
    entry = Entry.objects.filter(action="trainings.confirm_statement").latest("pk")
    assert (entry.detail["counted"], entry.detail["held"], later.repeated) == (0, 1, 0)


def test_the_other_way_round_it_is_held_too(count):
    made = proforma("2500.00")
    count(csv(made))

    count(camt(made, "B-1"))

    assert (outcomes(), paid(made)) == (["matched", "held"], Decimal(2500))


def test_the_same_file_again_is_known_whatever_was_said(count, staff):
    made = proforma("2500.00")
    count(camt(made, "B-1"))
    count(csv(made))
    assert count(csv(made)).repeated == 1
    held = StatementRow.objects.get(outcome="held")
    held_rows.take_for_repeated(row_id=held.pk, by=staff)

    again = count(csv(made))

    assert (again.repeated, outcomes()) == (1, ["matched", "repeated"])
    assert list(payment_queries.rows_to_settle()) == []


def test_two_equal_payments_of_one_file_are_two(count):
    made = proforma("2500.00")

    count(csv(made, times=2))

    assert (outcomes(), paid(made)) == (["matched", "overpaid"], Decimal(5000))


def test_each_counted_payment_explains_one_of_another_file(count):
    made = proforma("2500.00")
    count(camt(made, "B-1", "B-2"))

    count(csv(made, times=3))

    assert outcomes() == ["matched", "overpaid", "held", "held", "overpaid"]
    assert len(set(StatementRow.objects.filter(outcome="held").values_list("alike"))) == 2
    assert paid(made) == Decimal(7500)


def test_what_a_known_row_explains_holds_no_other(count, staff):
    """The second version of a file tells one payment more; only the first was told before."""
    made = proforma("2500.00")
    count(camt(made, "B-1"))
    count(csv(made))

    later = count(csv(made, times=2))

    assert (later.repeated, outcomes()) == (1, ["matched", "held", "overpaid"])


def test_numbers_of_the_bank_tell_payments_apart(count):
    made = proforma("2500.00")
    count(camt(made, "B-1"))

    count(camt(made, "B-2"))

    assert (outcomes(), paid(made)) == (["matched", "overpaid"], Decimal(5000))


def test_somebody_says_that_it_is_another_payment(count, staff):
    made = proforma("2500.00")
    count(camt(made, "B-1"))
    count(csv(made))
    held = StatementRow.objects.get(outcome="held")

    for _click in range(2):
        held_rows.count_as_another(row_id=held.pk, by=staff)

    assert (outcomes(), paid(made)) == (["matched", "overpaid"], Decimal(5000))
    assert Entry.objects.filter(action="trainings.count_as_another").count() == 1


def test_an_answer_can_be_changed(count, staff):
    made = proforma("2500.00")
    count(camt(made, "B-1"))
    count(csv(made))
    held = StatementRow.objects.get(outcome="held")
    held_rows.take_for_repeated(row_id=held.pk, by=staff)
    assert (outcomes(), paid(made)) == (["matched", "repeated"], Decimal(2500))

    held_rows.count_as_another(row_id=held.pk, by=staff)
    with pytest.raises(Refusal, match="matched already"):
        held_rows.take_for_repeated(row_id=held.pk, by=staff)
    payments.unmatch(row_id=held.pk, by=staff, reason="Ипак иста.")
    held_rows.take_for_repeated(row_id=held.pk, by=staff)

    assert (outcomes(), paid(made)) == (["matched", "repeated"], Decimal(2500))


def test_without_an_invoice_it_is_counted_as_unknown(count, staff):
    count(files.camt(files.entry("70.00", number="B-1")))
    count(files.table([files.row("70,00")]))

    held_rows.count_as_another(row_id=StatementRow.objects.get(outcome="held").pk, by=staff)

    assert outcomes() == ["unknown", "unknown"]


def test_what_is_held_pays_for_nothing_until_it_is_counted(count, staff):
    made = proforma("2500.00")
    count(camt(made, "B-1"))
    count(csv(made))
    first, held = StatementRow.objects.order_by("pk")

    with pytest.raises(Refusal, match="Say first whether"):
        payments.match(row_id=held.pk, shares={made.pk: None}, by=staff)
    with pytest.raises(Refusal, match="looks like no other"):
        held_rows.take_for_repeated(row_id=first.pk, by=staff)

    assert paid(made) == Decimal(2500)


def test_only_those_who_may_match_answer(count):
    made = proforma("2500.00")
    count(camt(made, "B-1"))
    count(csv(made))
    held = StatementRow.objects.get(outcome="held")
    onlooker = StaffFactory(permissions=["trainings.view_statementrow"])

    for answer in (held_rows.count_as_another, held_rows.take_for_repeated):
        with pytest.raises(Refusal, match="Only the Centre's staff"):
            answer(row_id=held.pk, by=onlooker)

    assert outcomes() == ["matched", "held"]


FACTS = {
    "booked_on": date(2026, 11, 20),
    "amount": Decimal(2500),
    "payer": "Милица Петровић",
    "payer_account": "165-55-74",
    "reference": "97 14-123412",
    "account": "840-955845-10",
}


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"payer": "MILICA PETROVIC KRAGUJEVAC", "payer_account": ""},
        {"payer": "M. Petrović d.o.o.", "payer_account": "165000000000005574"},
        {"payer_account": "RS35165000000000005574", "account": "840000000095584510"},
        {"reference": "14123412"},
        {"reference": "", "account": "", "payer": "", "payer_account": ""},
        {"reference": "00", "bank_reference": "B-1"},
        {"reference": "55-12345", "purpose": "kotizacija 97 14-123412"},
    ],
)
def test_what_is_missing_or_written_otherwise_does_not_tell_them_apart(other):
    assert likeness.may_be_same(Told(**FACTS), Told(**FACTS | other))


@pytest.mark.parametrize(
    "other",
    [
        {"booked_on": date(2026, 11, 21)},
        {"amount": Decimal("2500.01")},
        {"payer_account": "200-2206180101000-48"},
        {"payer": "Зоран Илић", "payer_account": ""},
        {"reference": "97 20-12345"},
        {"account": "165-55-74"},
    ],
)
def test_what_both_tell_differently_tells_them_apart(other):
    assert not likeness.may_be_same(Told(**FACTS), Told(**FACTS | other))


def test_two_numbers_tell_apart_and_no_number_is_none():
    one = Told(**FACTS, bank_reference="B-1")

    assert not likeness.may_be_same(one, Told(**FACTS, bank_reference="B-2"))
    assert likeness.may_be_same(one, Told(**FACTS, bank_reference="NONREF"))
