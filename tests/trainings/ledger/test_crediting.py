"""What an issued paper brings, and that nothing in the ledger is changed or deleted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone, translation

from centar.access import Refusal
from centar.audit.models import Entry
from tests.factories.ledger import DocumentFactory, LedgerEntryFactory, TargetFactory
from tests.factories.people import PersonFactory, UserFactory
from trainings.models import LedgerEntry, SchoolYear
from trainings.operations import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def credit(**changes):
    """The ledger moved by a certificate of a programme of 8 hours."""
    facts = {
        "person": changes.pop("person", None) or PersonFactory(),
        "kind": "programme",
        "title": "Настава кроз игру",
        "earned_on": date(2026, 10, 10),
        "hours": Decimal(8),
        "points": Decimal("7.5"),
        "by": None,
    }
    return ledger.credit(**(facts | changes))


def test_a_certificate_counts_at_once():
    TargetFactory(rulebook="Сл. гласник РС 109/2021")
    person, user, document = PersonFactory(), UserFactory(), DocumentFactory()

    entry = credit(
        person=person,
        by=user,
        number="У-1/2026",
        competences=("K1", "K3"),
        priority="2",
        document=document,
    )

    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_by, entry.created_by) == ("confirmed", user, user)
    assert entry.confirmed_at is not None
    assert (entry.hours, entry.points, entry.competences) == (8, Decimal("7.5"), ["K1", "K3"])
    assert (entry.number, entry.priority, entry.document) == ("У-1/2026", "2", document)
    assert (entry.school_year, entry.rules) == (2026, "Сл. гласник РС 109/2021")
    written = Entry.objects.get(action="trainings.credit")
    assert (written.object_id, written.actor_id) == (entry.pk, user.pk)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_an_entry_falls_into_the_school_year_of_its_day(day, year):
    assert credit(earned_on=day).school_year == year


def test_the_staff_set_when_a_school_year_begins():
    SchoolYear(pk=1, first_month=8, first_day=15).save()

    assert credit(earned_on=date(2026, 8, 31)).school_year == 2026


def test_the_rulebook_is_that_of_the_day():
    TargetFactory(starts_on=date(2018, 9, 1), ends_on=date(2021, 8, 31), rulebook="стари")
    TargetFactory(starts_on=date(2021, 9, 1), rulebook="нови")

    rules = [credit(earned_on=date(year, 10, 1)).rules for year in (2017, 2020, 2026)]

    assert rules == ["", "стари", "нови"]


def test_one_document_is_credited_once():
    document = DocumentFactory()
    credit(document=document)

    with pytest.raises(Refusal, match=r"^This document is in the ledger already\.$"):
        credit(document=document)

    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize("amounts", [{"hours": Decimal(-1)}, {"points": Decimal(-1)}])
def test_nobody_earns_less_than_nothing(amounts):
    with pytest.raises(Refusal, match=r"^Hours and points are never below zero\.$"):
        credit(**amounts)


def test_taking_back_is_a_second_entry_of_the_same_year():
    document, user = DocumentFactory(), UserFactory()
    entry = credit(document=document, earned_on=date(2025, 3, 1))

    back = ledger.reverse(document=document, by=user, reason="Издато грешком.")

    back.refresh_from_db()
    assert (back.hours, back.points, back.reverses) == (-8, Decimal("-7.5"), entry)
    assert (back.school_year, back.earned_on) == (2024, date(2025, 3, 1))
    assert (back.state, back.reason) == ("confirmed", "Издато грешком.")
    total = LedgerEntry.objects.counted().aggregate(hours=Sum("hours"), points=Sum("points"))
    assert total == {"hours": 0, "points": 0}
    assert Entry.objects.get(action="trainings.reverse_credit").reason == "Издато грешком."


def test_taking_back_is_refused_twice_without_reason_and_without_an_entry():
    document = DocumentFactory()
    credit(document=document)

    with pytest.raises(Refusal, match=r"^Write why; the person reads it\.$"):
        ledger.reverse(document=document, by=None, reason=" ")
    with pytest.raises(Refusal, match=r"^This document is not in the ledger\.$"):
        ledger.reverse(document=DocumentFactory(), by=None, reason="Грешка")
    ledger.reverse(document=document, by=None, reason="Грешка")
    with pytest.raises(Refusal, match=r"^What this document brought is taken back already\.$"):
        ledger.reverse(document=document, by=None, reason="Грешка")

    assert LedgerEntry.objects.count() == 2


def test_a_paper_that_replaces_another_is_credited_anew():
    first = DocumentFactory()
    credit(document=first)
    ledger.reverse(document=first, by=None, reason="Промена презимена")

    credit(document=DocumentFactory(replaces=first))

    total = LedgerEntry.objects.counted().aggregate(hours=Sum("hours"))
    assert total == {"hours": 8}


@pytest.mark.parametrize("state", ["confirmed", "withdrawn"])
@pytest.mark.parametrize(
    "change",
    [{"hours": Decimal(80)}, {"title": "Друго"}, {"state": "pending", "confirmed_at": None}],
)
def test_the_database_changes_no_entry_that_counts(state, change):
    entry = LedgerEntryFactory(state=state)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk).update(**change)

    entry.refresh_from_db()
    assert (entry.state, entry.hours) == (state, 8)


@pytest.mark.parametrize("state", ["pending", "returned", "confirmed", "withdrawn"])
def test_the_database_deletes_no_entry(state):
    entry = LedgerEntryFactory(state=state)

    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk).delete()

    assert LedgerEntry.objects.count() == 1


def test_an_account_that_confirmed_may_still_be_forgotten():
    user = UserFactory()
    entry = LedgerEntryFactory(confirmed_by=user, created_by=user)

    user.delete()

    entry.refresh_from_db()
    assert (entry.confirmed_by, entry.created_by) == (None, None)


def test_the_database_counts_the_revisions_of_what_waits():
    entry = LedgerEntryFactory(state="pending")

    LedgerEntry.objects.update(title="Исправљен назив")

    entry.refresh_from_db()
    assert entry.revision == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"hours": Decimal(-1)},
        {"state": "pending", "confirmed_at": timezone.now()},
        {"state": "confirmed", "confirmed_at": None},
        {"state": "returned", "reason": ""},
    ],
)
def test_the_database_refuses_what_cannot_be(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntryFactory(**facts)
