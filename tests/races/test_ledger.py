"""One proof that two people confirm at once, and one certificate that is credited twice at once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection
from django.db.models import Sum

from centar.audit.models import Entry
from centar.outbox.models import Letter
from tests.factories.ledger import DocumentFactory, LedgerEntryFactory
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.factories.schools import SchoolFactory
from tests.races import crowds
from trainings.models import LedgerEntry
from trainings.operations import confirmations, ledger, own_entries
from trainings.permissions import ledger as permissions

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
TABLE = LedgerEntry._meta.db_table


def kinds_of(outcomes):
    return Counter(type(outcome).__name__ for outcome in outcomes)


def points():
    """What counts of everything in the ledger."""
    return LedgerEntry.objects.counted().aggregate(sum=Sum("points"))["sum"] or 0


def done(action):
    return Entry.objects.filter(action=action).count()


@pytest.fixture
def _no_trigger(transactional_db):
    """Confirmed entries can be changed."""
    run(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
    yield
    run(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


@pytest.fixture
def _no_constraint(transactional_db):
    """A document may be in the ledger any number of times."""
    (constraint,) = (
        one
        for one in LedgerEntry._meta.constraints
        if one.name == "trainings_one_entry_of_a_document"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(LedgerEntry, constraint)
    yield
    run(f"TRUNCATE {TABLE}")
    with connection.schema_editor() as editor:
        editor.add_constraint(LedgerEntry, constraint)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def waiting():
    """A proof of 8 points, and the two who may confirm it."""
    school = SchoolFactory()
    confirmers = [CoordinationFactory(school=school).person.user for _ in range(2)]
    entry = LedgerEntryFactory(person=PersonFactory(school=school), state="pending")
    return LedgerEntry.objects.get(pk=entry.pk), confirmers


def confirming(entry, confirmers):
    return [
        partial(confirmations.confirm, entry_id=entry.pk, revision=entry.revision, by=by)
        for by in confirmers
    ]


@pytest.fixture
def _read_without_lock(monkeypatch):
    """Both have been let in before either of them writes."""

    both_are_in = crowds.met(2, lambda: None)

    def unlocked(entry_id, revision, by):
        entry = LedgerEntry.objects.select_related("person__user").get(pk=entry_id)
        assert permissions.may_confirm(entry, by)
        both_are_in()
        return entry

    monkeypatch.setattr(confirmations, "_as_read", unlocked)


def test_a_proof_that_two_confirm_at_once_counts_once(waiting):
    outcomes = crowds.at_once(confirming(*waiting) * 3)

    assert kinds_of(outcomes) == {"LedgerEntry": 1, "Refusal": 5}
    assert (points(), done("trainings.confirm_entry"), Letter.objects.count()) == (8, 1, 1)


@pytest.mark.usefixtures("_read_without_lock")
def test_without_the_lock_the_database_refuses_the_second_confirmation(waiting):
    outcomes = crowds.at_once(confirming(*waiting))

    assert kinds_of(outcomes) == {"LedgerEntry": 1, IntegrityError.__name__: 1}
    assert (points(), done("trainings.confirm_entry")) == (8, 1)


@pytest.mark.usefixtures("_read_without_lock", "_no_trigger")
def test_without_lock_and_trigger_a_proof_is_confirmed_twice(waiting):
    """The control."""
    outcomes = crowds.at_once(confirming(*waiting))

    assert kinds_of(outcomes) == {"LedgerEntry": 2}
    assert done("trainings.confirm_entry") == 2


def test_a_proof_confirmed_while_its_owner_mends_it_is_the_one_that_was_read(waiting):
    entry, (coordinator, _other) = waiting
    proposal = own_entries.Proposal(
        kind="in_house", title="Нов назив", earned_on=entry.earned_on, hours=Decimal(2)
    )

    outcomes = crowds.at_once(
        [
            *confirming(entry, [coordinator]),
            partial(own_entries.revise, entry_id=entry.pk, proposal=proposal, by=entry.person.user),
        ]
    )

    read = entry.title
    entry.refresh_from_db()
    assert kinds_of(outcomes) == {"LedgerEntry": 1, "Refusal": 1}
    assert (entry.title, entry.state) in {("Нов назив", "pending"), (read, "confirmed")}


def crediting(number):
    """So many operations that issue one certificate."""
    deed = partial(
        ledger.credit,
        person=PersonFactory(),
        kind="programme",
        title="Настава кроз игру",
        earned_on=date(2026, 10, 10),
        hours=Decimal(8),
        points=Decimal(8),
        document=DocumentFactory(),
        by=None,
    )
    return [deed] * number


@pytest.fixture
def _credit_without_lock(monkeypatch):
    """Both have found that the ledger has no such certificate before either of them writes."""
    monkeypatch.setattr(ledger, "_lock", lambda document: None)
    monkeypatch.setattr(ledger, "rules_on", crowds.met(2, ledger.rules_on))


def test_a_certificate_that_is_credited_twice_at_once_counts_once():
    outcomes = crowds.at_once(crediting(5))

    assert kinds_of(outcomes) == {"LedgerEntry": 1, "Refusal": 4}
    assert (points(), done("trainings.credit")) == (8, 1)


@pytest.mark.usefixtures("_credit_without_lock")
def test_without_the_lock_the_database_refuses_the_second_credit():
    outcomes = crowds.at_once(crediting(2))

    assert kinds_of(outcomes) == {"LedgerEntry": 1, IntegrityError.__name__: 1}
    assert (points(), done("trainings.credit")) == (8, 1)


@pytest.mark.usefixtures("_credit_without_lock", "_no_constraint")
def test_without_lock_and_constraint_a_certificate_counts_twice():
    """The control."""
    outcomes = crowds.at_once(crediting(2))

    assert kinds_of(outcomes) == {"LedgerEntry": 2}
    assert points() == 16
