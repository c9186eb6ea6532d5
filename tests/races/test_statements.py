"""Money is counted, matched and asked for twice at the very same moment."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError

from centar.access import Refusal
from centar.documents.models import Document
from centar.events import locks
from centar.events.models import Event
from tests.factories.payments import PaymentSettingsFactory, application, proforma
from tests.factories.people import StaffFactory
from tests.factories.trainings import SeminarFactory
from tests.races import crowds
from tests.trainings.statements import files
from trainings.models import PaymentSettings, Proforma, Statement, StatementRow
from trainings.operations import payment_settings, payments, proformas, statements
from trainings.queries import statements as queries

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def no_lock(monkeypatch):
    """Everybody reads the settings of payment as they are, and nobody waits."""
    monkeypatch.setattr(payment_settings, "locked", lambda: PaymentSettings.objects.get())


def kinds_of(outcomes):
    """What came of each deed, sorted by name."""
    return sorted(type(outcome).__name__ for outcome in outcomes)


def confirmations():
    """Two people who have uploaded the same file, each about to confirm it."""
    made = proforma("2500.00")
    content = files.camt(files.entry("2500.00", made.reference))
    deeds = []
    for _number in range(2):
        by = StaffFactory(permissions=["trainings.add_statement"])
        statement = statements.upload(file_name="izvod", content=content, by=by)
        deeds.append(partial(statements.confirm, statement_id=statement.pk, by=by))
    return deeds


def test_the_payment_is_counted_once():
    outcomes = crowds.at_once(confirmations())

    assert {type(outcome) for outcome in outcomes} == {Statement}
    assert sorted(outcome.repeated for outcome in outcomes) == [0, 1]
    assert StatementRow.objects.count() == 1
    assert Proforma.objects.get().paid == Decimal(2500)


def test_without_the_lock_both_believe_that_it_is_new(monkeypatch):
    """The control: only the belt of the database keeps the second from counting it again."""
    no_lock(monkeypatch)
    deeds = confirmations()
    monkeypatch.setattr(queries, "plan", crowds.met(2, queries.plan))

    outcomes = crowds.at_once(deeds)

    assert {type(outcome) for outcome in outcomes} == {Statement, IntegrityError}


def test_one_statement_confirmed_by_many_clicks_is_counted_once():
    outcomes = crowds.at_once([confirmations()[0]] * 4)

    assert kinds_of(outcomes) == ["Statement"] * 4
    assert StatementRow.objects.count() == 1
    assert Proforma.objects.get().paid == Decimal(2500)


def divisions():
    """Two people who say at once that all of one payment was for another invoice."""
    invoices = [proforma("2500.00") for _number in range(2)]
    by = StaffFactory(permissions=["trainings.add_statement", "trainings.change_statementrow"])
    content = files.camt(files.entry("2500.00"))
    statement = statements.upload(file_name="izvod", content=content, by=by)
    statements.confirm(statement_id=statement.pk, by=by)
    row = StatementRow.objects.get()
    return [
        partial(payments.match, row_id=row.pk, shares={one.pk: Decimal(2500)}, by=by)
        for one in invoices
    ]


def test_a_payment_is_spent_once():
    outcomes = crowds.at_once(divisions())

    assert {type(outcome) for outcome in outcomes} == {StatementRow, Refusal}
    assert sorted(Proforma.objects.values_list("paid", flat=True)) == [0, Decimal(2500)]
    assert StatementRow.objects.get().assigned == Decimal(2500)


def test_without_the_lock_both_believe_that_nothing_is_spent(monkeypatch):
    """The control: only the belt of the database keeps the second from spending it again."""
    no_lock(monkeypatch)
    deeds = divisions()
    monkeypatch.setattr(payments, "_demand_open", crowds.met(2, payments._demand_open))

    outcomes = crowds.at_once(deeds)

    assert {type(outcome) for outcome in outcomes} == {StatementRow, IntegrityError}
    assert StatementRow.objects.get().assigned == Decimal(2500)


def issuings():
    """The coordinator and somebody of the staff ask for the money of one application."""
    PaymentSettingsFactory()
    group = application(SeminarFactory(fee=Decimal(2500)), size=2)
    return [partial(proformas.issue_for_group, group_id=group.pk, by=None)] * 2


def test_an_invoice_asked_for_twice_at_once_is_one():
    outcomes = crowds.at_once(issuings() * 2)

    assert len({made.pk for made in outcomes}) == 1
    assert [one.number for one in Document.objects.all()] == [1]


def test_without_the_locks_the_second_invoice_fails(monkeypatch):
    """The control: both find none before either writes, and only the database keeps them apart."""
    deeds = issuings()
    no_lock(monkeypatch)
    monkeypatch.setattr(locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    monkeypatch.setattr(proformas, "_issue", crowds.met(2, proformas._issue))

    outcomes = crowds.at_once(deeds)

    assert kinds_of(outcomes) == [IntegrityError.__name__, "Proforma"]
