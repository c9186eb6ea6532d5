"""Statements of the bank and their rows in the back office."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import office
from tests.factories.payments import PaymentSettingsFactory, proforma
from tests.trainings.statements import files
from trainings.models import Payment, Statement, StatementFormat, StatementRow
from trainings.operations import statements

pytestmark = pytest.mark.django_db

BOMB = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
ENTITIES = "This file declares entities of its own, which no bank does. It was not read."


@pytest.fixture
def staff():
    PaymentSettingsFactory()
    return office.colleague()


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


def page(model, what, *args):
    return reverse(f"admin:trainings_{model}_{what}", args=args)


def sent(content, name="izvod.xml"):
    return {"file": SimpleUploadedFile(name, content)}


def test_a_statement_is_looked_at_and_then_counted(desk):
    made = proforma("2500.00")
    content = files.camt(files.entry("2500.00", made.reference), files.entry("70.00"))

    answer = desk.post(page("statement", "add"), sent(content), follow=True)

    statement = Statement.objects.get()
    assert [row.outcome for row in answer.context["rows"]] == ["matched", "unknown"]
    assert StatementRow.objects.count() == 0
    desk.post(page("statement", "operation", statement.pk, "brojanje"))
    made.refresh_from_db()
    assert (made.standing, StatementRow.objects.count()) == ("paid", 2)
    assert desk.get(page("statement", "change", statement.pk)).status_code == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<a/>", "This XML is no bank statement (CAMT.053)."),
        (BOMB, ENTITIES),
        (b"\x00\x01", "No columns were found in this file. Is it a CSV of the bank?"),
        (b"tekst", "No columns were found in this file. Is it a CSV of the bank?"),
    ],
    ids=["foreign", "bomb", "binary", "text"],
)
def test_a_foreign_file_is_refused_beside_its_field(content, sentence, desk):
    answer = desk.post(page("statement", "add"), sent(content))

    assert answer.status_code == 200
    assert answer.context["form"].errors == {"file": [office.serbian(sentence)]}
    assert Statement.objects.count() == 0


@pytest.mark.parametrize("amount", ["12.345,00", "12,345.00"])
def test_a_table_in_windows_1250_is_read_rightly_with_either_separator(amount, desk):
    made = proforma("12345.00", person__first_name="Ђорђе", person__last_name="Шћепановић")
    rows = f"Datum;Platilac;Iznos;Poziv\r\n20.11.2026;Đorđe Šćepanović;{amount};{made.reference}"

    asked = desk.post(page("statement", "add"), sent(rows.encode("cp1250"), "i.csv"), follow=True)

    statement = Statement.objects.get()
    form = asked.context["form"]
    named = {name: form[name].value() for name in form.fields} | {"name": "Банка"}
    shown = desk.post(page("statement", "operation", statement.pk, "kolone"), named, follow=True)
    [row] = shown.context["rows"]
    assert (row.entry.payer, row.entry.amount) == ("Đorđe Šćepanović", Decimal("12345.00"))
    assert (row.outcome, row.proforma) == ("matched", made)
    assert "Đorđe Šćepanović" in shown.content.decode()


def test_an_amount_that_is_none_names_its_line_and_counts_nothing(desk):
    content = files.table([files.row("1.2.3,4")])
    desk.post(page("statement", "add"), sent(content, "izvod.csv"))
    statement = Statement.objects.get()

    named = {name: str(number) for name, number in files.COLUMNS.items()} | {"name": "Банка"}
    answer = desk.post(page("statement", "operation", statement.pk, "kolone"), named)

    assert answer.context["form"].non_field_errors() == [
        office.serbian("Line %(line)d: %(sentence)s")
        % {"line": 3, "sentence": office.serbian("“%(text)s” is no amount.") % {"text": "1.2.3,4"}}
    ]
    assert (StatementFormat.objects.count(), StatementRow.objects.count()) == (0, 0)


def test_the_columns_of_a_new_bank_are_asked_for_and_guessed(desk):
    made = proforma("2500.00")
    content = files.table([files.row("2.500,00", made.reference)], encoding="cp1251")

    asked = desk.post(page("statement", "add"), sent(content, "izvod.csv"), follow=True)

    statement = Statement.objects.get()
    form = asked.context["form"]
    guessed = {name: form[name].value() for name in files.COLUMNS}
    assert guessed == {name: str(number) for name, number in files.COLUMNS.items()}
    address = page("statement", "operation", statement.pk, "kolone")
    wrong = desk.post(address, guessed | {"name": "Банка", "booked_on": "999"})
    assert list(wrong.context["form"].errors) == ["booked_on"]
    shown = desk.post(address, guessed | {"name": "Банка"}, follow=True)
    assert [row.outcome for row in shown.context["rows"]] == ["matched"]
    assert StatementFormat.objects.get().columns == files.COLUMNS


def test_a_statement_is_thrown_away_before_it_is_counted(desk, staff):
    statement = statements.upload(file_name="x", content=files.camt(), by=staff)

    desk.post(page("statement", "delete", statement.pk), {"post": "yes"})

    assert Statement.objects.count() == 0


@pytest.fixture
def unknown(staff):
    content = files.camt(files.entry("2500.00"))
    statement = statements.upload(file_name="x", content=content, by=staff)
    statements.confirm(statement_id=statement.pk, by=staff)
    return StatementRow.objects.get()


def test_a_row_is_matched_by_hand_and_undone(desk, unknown):
    made = proforma("2500.00")
    match = page("statementrow", "operation", unknown.pk, "uparivanje")
    [line] = desk.get(match).context["form"].lines
    assert (line.suggestion.proforma, len(line.suggestion.reasons)) == (made, 2)

    desk.post(match, {f"take_{made.pk}": "on"})
    made.refresh_from_db()
    assert made.standing == "paid"

    undo = page("statementrow", "operation", unknown.pk, "razdvajanje")
    [part] = Payment.objects.all()
    nothing = desk.post(undo, {"reason": "Погрешно."})
    assert list(nothing.context["form"].errors) == ["payments"]
    desk.post(undo, {"reason": "Погрешно.", "payments": [part.pk]})
    assert Payment.objects.get().undo_reason == "Погрешно."
    desk.post(match, {"other_1": made.pk})
    made.refresh_from_db()
    assert made.standing == "paid"


def test_a_row_is_divided_at_the_desk(desk, unknown):
    one, other = proforma("2500.00"), proforma("900.00")
    match = page("statementrow", "operation", unknown.pk, "uparivanje")

    desk.post(match, {f"amount_{one.pk}": "1.600,00", "other_1": other.pk, "other_amount_1": "900"})

    parts = unknown.payments.order_by("pk").values_list("proforma", "amount")
    assert dict(parts) == {one.pk: Decimal(1600), other.pk: Decimal(900)}
    unknown.refresh_from_db()
    assert unknown.outcome == "partly"
    shown = desk.get(page("statementrow", "change", unknown.pk)).content.decode()
    assert "1.600,00" in shown


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "__all__"),
        ({"amount": "много"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "2.500,01"}, "__all__"),
        ({"take": "on", "other_1": "made"}, "other_1"),
        ({"other_1": "999999"}, "other_1"),
        ({"other_amount_1": "100"}, "other_1"),
    ],
)
def test_a_senseless_division_is_said_and_keeps_what_was_typed(typed, field, desk, unknown):
    made = proforma("2500.00")
    names = {"take": f"take_{made.pk}", "amount": f"amount_{made.pk}"}
    sent = {names.get(name, name): text for name, text in typed.items()}
    sent = {name: made.pk if text == "made" else text for name, text in sent.items()}

    answer = desk.post(page("statementrow", "operation", unknown.pk, "uparivanje"), sent)

    form = answer.context["form"]
    assert list(form.errors) == [names.get(field, field)]
    assert [form[name].value() for name in sent] == [
        True if text == "on" else str(text) for text in sent.values()
    ]
    assert Payment.objects.count() == 0


def test_a_held_payment_is_answered_at_the_desk(desk, staff, unknown):
    content = files.camt(files.entry("2500.00", number="B-1"))
    statement = statements.upload(file_name="y", content=content, by=staff)
    seen = desk.get(page("statement", "change", statement.pk))
    assert [row.alike for row in seen.context["rows"]] == [unknown]
    statements.confirm(statement_id=statement.pk, by=staff)
    held = StatementRow.objects.get(outcome="held")
    shown = desk.get(page("statementrow", "change", held.pk))
    assert [one.name for one, _address in shown.context["operations"]] == [
        "druga-uplata",
        "ista-uplata",
    ]

    desk.post(page("statementrow", "operation", held.pk, "ista-uplata"))
    held.refresh_from_db()
    assert held.outcome == "repeated"
    desk.post(page("statementrow", "operation", held.pk, "druga-uplata"))
    held.refresh_from_db()
    assert held.outcome == "unknown"


def test_pages_to_read_have_no_button_to_save(desk, unknown):
    made = proforma()
    pages = [
        ("statementrow", unknown.pk),
        ("proforma", made.pk),
        ("statement", unknown.statement_id),
    ]

    for model, pk in pages:
        assert "_save" not in desk.get(page(model, "change", pk)).content.decode()


@pytest.mark.parametrize("model", ["statement", "statementrow", "feerule", "statementformat"])
def test_every_list_opens(model, desk, unknown):
    assert desk.get(page(model, "changelist")).status_code == 200
