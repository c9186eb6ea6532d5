"""Counting statements: each payment once, for what it names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from centar.access import Refusal
from centar.audit.models import Entry
from tests.factories.payments import PaymentSettingsFactory, proforma, school_proforma
from tests.factories.people import StaffFactory
from tests.trainings.statements import files
from trainings.models import Proforma, Statement, StatementFormat, StatementRow
from trainings.operations import statements
from trainings.payments import model97
from trainings.queries import statements as queries

pytestmark = pytest.mark.django_db
WORKS = ("trainings.add_statement", "trainings.change_statementrow")


@pytest.fixture
def staff():
    PaymentSettingsFactory()
    return StaffFactory(permissions=WORKS)


def counted(content, by):
    statement = statements.upload(file_name="izvod", content=content, by=by)
    return statements.confirm(statement_id=statement.pk, by=by)


def outcomes():
    return list(StatementRow.objects.order_by("pk").values_list("outcome", flat=True))


def paid(made):
    made.refresh_from_db()
    total = sum(payment.amount for payment in made.payments.filter(undone_at=None))
    assert made.paid == total
    return made.paid


def written_ways(made):
    check, body = made.reference[:2], made.reference[2:]
    return [
        made.reference,
        f"97{made.reference}",
        f"97 {check}-{body}",
        f"(97) {check} {body}",
        made.reference.lstrip("0"),
        f"{check}-{body[:4]}-{body[4:]}",
    ]


@pytest.mark.parametrize("way", range(6))
def test_a_payment_finds_its_invoice_however_the_reference_is_written(way, staff):
    made = proforma("2500.00")

    counted(files.camt(files.entry("2500.00", written_ways(made)[way])), staff)

    assert (outcomes(), paid(made), made.standing) == (["matched"], Decimal(2500), "paid")


def test_a_check_with_lost_zeros_is_found(staff):
    made = proforma("2500.00")
    body = next(str(n) for n in range(2026000001, 2026000999) if model97.check(str(n))[0] == "0")
    reference = model97.reference(body)
    Proforma.objects.update(reference=reference, reference_key=reference.lstrip("0"))

    counted(files.camt(files.entry("2500.00", f"97 {reference[1:]}")), staff)

    assert paid(made) == Decimal(2500)


def test_every_outcome(staff):
    exact, part, over = proforma("2500.00"), proforma("2500.00"), proforma("2500.00")
    content = files.camt(
        files.entry("2500.00", exact.reference),
        files.entry("1000.00", part.reference),
        files.entry("3000.00", over.reference),
        files.entry("700.00", "123-456"),
        files.entry("50.00", way="DBIT"),
    )

    statement = counted(content, staff)

    assert outcomes() == ["matched", "partly", "overpaid", "unknown"]
    assert [paid(one) for one in (exact, part, over)] == [2500, 1000, 3000]
    assert [one.standing for one in (exact, part, over)] == ["paid", "partly", "overpaid"]
    assert (statement.repeated, statement.outgoing, statement.content) == (0, 1, None)
    assert Entry.objects.filter(action="trainings.confirm_statement").count() == 1


def test_two_parts_make_the_whole(staff):
    made = proforma("2500.00")

    counted(
        files.camt(files.entry("1000.00", made.reference), files.entry("1500.00", made.reference)),
        staff,
    )

    assert (outcomes(), paid(made)) == (["partly", "matched"], Decimal(2500))


def test_the_reference_in_the_purpose_counts(staff):
    made = proforma("2500.00")

    counted(files.camt(files.entry("2500.00", purpose=f"kotizacija {made.reference}")), staff)

    assert outcomes() == ["matched"]


def test_looking_counts_nothing(staff):
    made = proforma("2500.00")
    content = files.camt(files.entry("2500.00", made.reference))
    statement = statements.upload(file_name="izvod", content=content, by=staff)

    [planned] = queries.plan_of(statement).rows

    assert (planned.outcome, planned.proforma) == ("matched", made)
    assert (StatementRow.objects.count(), paid(made)) == (0, 0)


@pytest.mark.parametrize("number", ["B-1", ""])
def test_the_same_file_again_counts_nothing(number, staff):
    made = proforma("2500.00")
    content = files.camt(files.entry("2500.00", made.reference, number=number))
    counted(content, staff)

    again = counted(content, staff)

    assert (again.repeated, again.rows.count(), paid(made)) == (1, 0, Decimal(2500))


def test_confirming_twice_is_once(staff):
    made = proforma("2500.00")
    content = files.camt(files.entry("2500.00", made.reference))
    first = counted(content, staff)

    statements.confirm(statement_id=first.pk, by=staff)

    assert paid(made) == Decimal(2500)


def test_an_overlapping_file_counts_only_what_is_new(staff):
    one, other = proforma("2500.00"), proforma("2500.00")
    first = files.entry("2500.00", one.reference)
    alike = files.entry("100.00")
    counted(files.camt(first, alike), staff)

    later = counted(files.camt(alike, alike, first, files.entry("2500.00", other.reference)), staff)

    assert (later.repeated, later.rows.count()) == (2, 2)
    assert (paid(one), paid(other)) == (Decimal(2500), Decimal(2500))


def test_money_for_an_ended_invoice_is_seen_as_over(staff):
    made = proforma("2500.00")
    Proforma.objects.update(amount=0, ended_at="2026-01-01T00:00:00Z")

    counted(files.camt(files.entry("2500.00", made.reference)), staff)

    assert outcomes() == ["overpaid"]
    assert list(Proforma.objects.overpaid()) == [made]


def test_columns_are_named_once(staff):
    made = school_proforma("2500.00", size=2)
    content = files.table([files.row("5.000,00", made.reference)])
    statement = statements.upload(file_name="izvod.csv", content=content, by=staff)
    assert queries.needs_columns(statement)
    with pytest.raises(Refusal, match="what the columns"):
        statements.confirm(statement_id=statement.pk, by=staff)

    statements.name_columns(
        statement_id=statement.pk, name="Банка", columns=files.COLUMNS, by=staff
    )
    statements.confirm(statement_id=statement.pk, by=staff)
    next_one = statements.upload(
        file_name="izvod2.csv",
        content=files.table([files.row("700,00")], encoding="cp1251", separator=","),
        by=staff,
    )

    assert paid(made) == Decimal(5000)
    assert not queries.needs_columns(next_one)
    assert StatementFormat.objects.count() == 1


@pytest.mark.parametrize(
    "columns",
    [{"booked_on": 0}, {"amount": 3}, {"booked_on": 1, "amount": 3}, {"booked_on": 0, "amount": 5}],
)
def test_columns_that_read_nothing_are_refused(columns, staff):
    content = files.table([files.row("5.000,00")])
    statement = statements.upload(file_name="izvod.csv", content=content, by=staff)

    with pytest.raises(Refusal):
        statements.name_columns(statement_id=statement.pk, name="Банка", columns=columns, by=staff)

    assert StatementFormat.objects.count() == 0


def test_a_file_that_is_none_is_refused_beside_its_field(staff):
    for content in (b"", b"<a/>", b"\x89PNG\r\n"):
        with pytest.raises(Refusal) as refusal:
            statements.upload(file_name="x", content=content, by=staff)
        assert refusal.value.field == "file"
    assert Statement.objects.count() == 0


def test_only_those_who_may_bring_statements_in():
    PaymentSettingsFactory()
    content = files.camt(files.entry("1.00"))
    onlooker = StaffFactory(permissions=["trainings.view_statement"])

    with pytest.raises(Refusal, match="Only the Centre's staff"):
        statements.upload(file_name="x", content=content, by=onlooker)


def test_a_statement_is_thrown_away_until_it_is_counted(staff):
    content = files.camt(files.entry("1.00"))
    waiting = statements.upload(file_name="x", content=content, by=staff)
    done = counted(content, staff)

    statements.discard(statement_id=waiting.pk, by=staff)
    with pytest.raises(Refusal, match="counted already"):
        statements.discard(statement_id=done.pk, by=staff)

    assert list(Statement.objects.all()) == [done]
