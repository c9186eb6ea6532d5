"""A teacher with something of everything in the ledger, for the tests that look at all pages."""

from __future__ import annotations

from django.urls import reverse

from centar.people.models import Person
from tests.factories import files
from tests.factories.ledger import (
    EARNED_ON,
    InHouseFactory,
    LedgerEntryFactory,
    PlannedActivityFactory,
    TargetFactory,
)
from tests.factories.people import PersonFactory
from trainings.models import LedgerEntry, SchoolYear, Target


def furnish(teacher: Person) -> None:
    """Entries in every state and a plan; in the school that she coordinates a colleague waits."""
    TargetFactory(
        name="Годишња обавеза", in_house_hours=44, programmes=1, meetings=1, source="Правилник."
    )
    TargetFactory(name="Сто бодова", years=5, points=100, approved_points=80)
    LedgerEntryFactory(person=teacher, number="376", competences=["К1"])
    for state in ("pending", "returned", "withdrawn"):
        InHouseFactory(person=teacher, state=state)
    LedgerEntryFactory(person=teacher, state="pending", proof=files.stored("уверење.pdf"))
    PlannedActivityFactory(person=teacher, when="март")
    colleague = PersonFactory(school=teacher.school)
    InHouseFactory(person=colleague, state="pending")


def own_pages(teacher: Person) -> dict[str, list[str]]:
    """The pages of the ledger for this teacher, by the names of their addresses."""
    open_ones = LedgerEntry.objects.filter(person=teacher, state__in=LedgerEntry.OPEN)
    year = f"?godina={SchoolYear.current().of(EARNED_ON)}"
    assert teacher.school is not None
    return {
        "trainings:ledger": [reverse("trainings:ledger") + year, reverse("trainings:ledger")],
        "trainings:enter_in_house": [reverse("trainings:enter_in_house")],
        "trainings:enter_proof": [reverse("trainings:enter_proof")],
        "trainings:ledger_entry": [
            reverse("trainings:ledger_entry", args=[one.pk]) for one in open_ones
        ],
        "trainings:period": [
            reverse("trainings:period", args=[target.pk])
            for target in Target.objects.filter(years__gt=1)
        ],
        "trainings:plan": [reverse("trainings:plan") + year],
        "trainings:confirmations": [reverse("trainings:confirmations")],
        "trainings:school_points": [
            reverse("trainings:school_points", args=[teacher.school.pk]) + year
        ],
    }
