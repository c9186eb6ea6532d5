"""The same statement is counted twice at the very same moment."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError

from tests.factories.payments import proforma
from tests.factories.people import StaffFactory
from tests.races import crowds
from tests.trainings.statements import files
from trainings.models import PaymentSettings, Proforma, Statement, StatementRow
from trainings.operations import payment_settings, statements
from trainings.queries import statements as queries

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


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
    monkeypatch.setattr(payment_settings, "locked", lambda: PaymentSettings.objects.get())
    deeds = confirmations()
    monkeypatch.setattr(queries, "plan", crowds.met(2, queries.plan))

    outcomes = crowds.at_once(deeds)

    assert {type(outcome) for outcome in outcomes} == {Statement, IntegrityError}
