"""What a payment was for, said by hand: whole, divided among several invoices, and taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from centar.access import Refusal
from centar.audit.models import Entry
from tests.factories.payments import PaymentSettingsFactory, proforma
from tests.factories.people import StaffFactory
from tests.trainings.statements import files
from trainings.models import Payment, Proforma, StatementRow
from trainings.operations import payments, statements
from trainings.queries import payments as payment_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    PaymentSettingsFactory()
    return StaffFactory(permissions=["trainings.add_statement", "trainings.change_statementrow"])


@pytest.fixture
def payment(staff):
    """7.500 dinars that came without a reference."""
    content = files.camt(files.entry("7500.00", payer="Milica Petrović"))
    statement = statements.upload(file_name="izvod", content=content, by=staff)
    statements.confirm(statement_id=statement.pk, by=staff)
    return StatementRow.objects.get()


@pytest.fixture
def three(staff):
    """Three invoices of 2.500 dinars each, due one after the other."""
    made = [proforma("2500.00") for _number in range(3)]
    for number, one in enumerate(made, start=1):
        Proforma.objects.filter(pk=one.pk).update(due_on=date(2026, 12, number))
    return made


def match(row, shares, by):
    return payments.match(row_id=row.pk, shares={one.pk: part for one, part in shares}, by=by)


def paid(*made):
    """What each has got, which is what its live parts come to."""
    for one in made:
        one.refresh_from_db()
        assert one.paid == sum(part.amount for part in one.payments.filter(undone_at=None))
    return [one.paid for one in made]


def stands(row):
    row.refresh_from_db()
    return (row.outcome, row.assigned, row.rest)


def test_one_transfer_pays_three_invoices(payment, three, staff):
    match(payment, [(one, None) for one in three], staff)

    assert paid(*three) == [2500, 2500, 2500]
    assert stands(payment) == ("matched", 7500, 0)
    assert [one.standing for one in three] == ["paid", "paid", "paid"]
    assert all(Payment.objects.values_list("by_hand", flat=True))


def test_amounts_may_be_said_and_the_rest_stays_open(payment, three, staff):
    one, other, third = three

    match(payment, [(one, Decimal("2500.00")), (other, Decimal("1999.99"))], staff)

    assert paid(*three) == [Decimal(2500), Decimal("1999.99"), 0]
    assert stands(payment) == ("unknown", Decimal("4499.99"), Decimal("3000.01"))
    assert list(payment_queries.rows_to_settle()) == [payment]
    match(payment, [(third, None)], staff)
    assert stands(payment) == ("overpaid", 7500, 0)
    assert paid(*three) == [Decimal(2500), Decimal("1999.99"), Decimal("3000.01")]
    assert [one.standing for one in three] == ["paid", "partly", "overpaid"]
    assert list(payment_queries.rows_to_settle()) == []


def test_too_little_goes_to_the_invoice_that_is_due_first(payment, three, staff):
    first, second, last = three
    match(payment, [(first, Decimal(4000)), (last, None), (second, None)], staff)

    assert paid(first, second, last) == [4000, 2500, 1000]
    assert stands(payment) == ("overpaid", 7500, 0)


def test_a_single_invoice_gets_all_of_it(payment, three, staff):
    match(payment, [(three[0], None)], staff)

    assert (paid(three[0]), stands(payment)) == ([7500], ("overpaid", 7500, 0))


def test_a_part_that_does_not_pay_in_full_is_seen(payment, staff):
    large = proforma("9000.00")

    match(payment, [(large, None)], staff)

    assert (stands(payment)[0], large.standing) == ("partly", "unpaid")
    assert (paid(large), large.standing) == ([7500], "partly")


def test_saying_the_same_twice_is_once(payment, three, staff):
    for _click in range(2):
        match(payment, [(one, None) for one in three], staff)
        match(payment, [(one, Decimal(2500)) for one in three], staff)

    assert paid(*three) == [2500, 2500, 2500]
    assert Payment.objects.count() == 3
    assert Entry.objects.filter(action="trainings.match_payment").count() == 1


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([], "Choose at least one"),
        ([Decimal("7500.01")], "more than the 7.500,00"),
        ([Decimal(5000), Decimal("2500.01")], "more than the 7.500,00"),
        ([Decimal(7500), None], "nothing left for"),
        ([Decimal(0)], "more than zero"),
        ([Decimal(-1)], "more than zero"),
        ([Decimal("0.001")], "more than zero"),
    ],
)
def test_a_senseless_division_changes_nothing(parts, sentence, payment, three, staff):
    with pytest.raises(Refusal, match=sentence):
        match(payment, list(zip(three, parts, strict=False)), staff)

    assert (paid(*three), stands(payment)) == ([0, 0, 0], ("unknown", 0, 7500))
    assert Payment.objects.count() == 0


def test_what_is_matched_is_not_matched_again(payment, three, staff):
    one, other, _third = three
    match(payment, [(one, Decimal(2500))], staff)

    with pytest.raises(Refusal, match="part of this payment is for that invoice already"):
        match(payment, [(one, Decimal(100))], staff)
    match(payment, [(other, None)], staff)
    with pytest.raises(Refusal, match="matched already"):
        match(payment, [(three[2], None)], staff)

    assert paid(*three) == [2500, 5000, 0]


def test_all_of_it_or_a_part_is_taken_back(payment, three, staff):
    match(payment, [(one, None) for one in three], staff)
    wrong = payment.payments.get(proforma=three[1])

    payments.unmatch(
        row_id=payment.pk, by=staff, reason="Погрешан предрачун.", payment_ids=[wrong.pk]
    )
    assert paid(*three) == [2500, 0, 2500]
    assert stands(payment) == ("unknown", 5000, 2500)

    payments.unmatch(row_id=payment.pk, by=staff, reason="Погрешна школа.")
    assert paid(*three) == [0, 0, 0]
    assert stands(payment) == ("unknown", 0, 7500)
    match(payment, [(one, None) for one in three], staff)
    assert paid(*three) == [2500, 2500, 2500]
    entries = Entry.objects.filter(object_type="trainings.statementrow").order_by("pk")
    assert [one.action.partition(".")[2] for one in entries] == [
        "match_payment",
        "unmatch_payment",
        "unmatch_payment",
        "match_payment",
    ]
    assert entries[1].detail["proformas"] == f"{three[1].pk}: 2500.00"


def test_what_cannot_be_taken_back(payment, three, staff):
    with pytest.raises(Refusal, match="not matched"):
        payments.unmatch(row_id=payment.pk, by=staff, reason="Разлог.")
    match(payment, [(three[0], None)], staff)

    with pytest.raises(Refusal, match="Write the reason"):
        payments.unmatch(row_id=payment.pk, by=staff, reason=" ")
    with pytest.raises(Refusal, match="not matched"):
        payments.unmatch(row_id=payment.pk, by=staff, reason="Разлог.", payment_ids=[0])

    assert paid(three[0]) == [7500]


def test_only_those_who_may_match(payment, three):
    onlooker = StaffFactory(permissions=["trainings.view_statementrow"])
    for by in (onlooker, StaffFactory()):
        with pytest.raises(Refusal, match="Only the Centre's staff"):
            match(payment, [(three[0], None)], by)
        with pytest.raises(Refusal, match="Only the Centre's staff"):
            payments.unmatch(row_id=payment.pk, by=by, reason="Разлог.")

    assert paid(*three) == [0, 0, 0]


def test_a_failure_in_the_end_leaves_nothing(payment, three, staff, monkeypatch):
    def broken(*args, **facts):
        raise RuntimeError

    monkeypatch.setattr(payments.trail, "record", broken)

    with pytest.raises(RuntimeError):
        match(payment, [(one, None) for one in three], staff)

    assert (paid(*three), stands(payment)) == ([0, 0, 0], ("unknown", 0, 7500))
    assert Payment.objects.count() == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"assigned": 7501},
        {"assigned": -1},
        {"assigned": 7500},
        {"outcome": "matched"},
        {"outcome": "held"},
        {"outcome": "repeated"},
    ],
)
def test_the_database_knows_that_parts_are_never_more_than_the_whole(facts, payment):
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementRow.objects.update(**facts)


@pytest.mark.parametrize("amount", [100, 0, -1])
def test_the_database_knows_one_part_for_an_invoice_and_none_of_nothing(
    amount, payment, three, staff
):
    Payment.objects.create(row=payment, proforma=three[0], amount=100)
    other = three[0] if amount > 0 else three[1]

    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(row=payment, proforma=other, amount=amount)
