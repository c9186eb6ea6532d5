"""Whom one pays and who pays less, as the demonstration has it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from centar.people.models import Person
from centar.portal.demo import centre
from centar.schools.models import Municipality
from trainings.models import FeeRule, PaymentSettings

# Numbers with right checks that belong to nobody the demonstration speaks of.
ACCOUNT, PIB = "310-1234567891211-86", "101134702"
SINCE = date(2026, 1, 1)


def make() -> None:
    """Write the settings of payment and two exceptions from the fee."""
    PaymentSettings.objects.create(
        payee=f"{centre.NAME} (демонстрација)",
        address="Улица демонстрације 1",
        place=centre.TOWN,
        pib=PIB,
        account=ACCOUNT,
    )
    FeeRule.objects.create(
        name="Школе града Крагујевца (демонстрација)",
        kind=FeeRule.Kind.PERCENT,
        value=Decimal(50),
        municipality=Municipality.objects.filter(name__startswith=centre.TOWN).first(),
        starts_on=SINCE,
    )
    FeeRule.objects.create(
        name="Директори (демонстрација)",
        post=Person.Post.PRINCIPAL,
        starts_on=SINCE,
    )
