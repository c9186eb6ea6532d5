"""Ledger entries, targets and issued papers, all invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from centar.documents.models import Document
from tests.factories.people import PersonFactory
from trainings.models import LedgerEntry, PlannedActivity, Target

EARNED_ON = date(2026, 10, 10)


class LedgerEntryFactory(DjangoModelFactory[LedgerEntry]):
    """A confirmed accredited programme of 8 hours in the school year 2026/2027."""

    person = factory.SubFactory(PersonFactory)
    kind = LedgerEntry.Kind.PROGRAMME
    title = factory.Sequence(lambda n: f"Програм {n}")
    earned_on = EARNED_ON
    school_year = factory.LazyAttribute(
        lambda entry: entry.earned_on.year - (entry.earned_on.month < 9)
    )
    hours = Decimal(8)
    points = Decimal(8)
    state = LedgerEntry.State.CONFIRMED
    confirmed_at = factory.LazyAttribute(
        lambda entry: timezone.now() if entry.state == "confirmed" else None
    )
    reason = factory.LazyAttribute(
        lambda entry: "Недостаје датум." if entry.state == "returned" else ""
    )

    class Meta:
        model = LedgerEntry


class InHouseFactory(LedgerEntryFactory):
    """A confirmed activity of 2 hours in the institution, which brings no points."""

    kind = LedgerEntry.Kind.IN_HOUSE
    title = factory.Sequence(lambda n: f"Угледни час {n}")
    activity = "Угледни час"
    part = "водитељ"
    hours = Decimal(2)
    points = Decimal(0)


class TargetFactory(DjangoModelFactory[Target]):
    """A yearly target that asks nothing; `in_house_hours=44` says what it asks."""

    name = factory.Sequence(lambda n: f"Обавеза {n}")
    starts_on = date(2021, 9, 1)

    class Meta:
        model = Target


class PlannedActivityFactory(DjangoModelFactory[PlannedActivity]):
    """An activity of 8 hours planned for the school year 2026/2027."""

    person = factory.SubFactory(PersonFactory)
    school_year = 2026
    kind = PlannedActivity.Kind.PROGRAMME
    title = factory.Sequence(lambda n: f"План {n}")
    hours = Decimal(8)

    class Meta:
        model = PlannedActivity


class DocumentFactory(DjangoModelFactory[Document]):
    """A paper of a kind that only tests know."""

    kind = "proba"
    year = 2026
    number = factory.Sequence(lambda n: n + 1)
    content = factory.LazyFunction(dict)

    class Meta:
        model = Document
