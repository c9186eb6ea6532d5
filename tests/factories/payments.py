"""Whom one pays, exceptions from the fee, and places with something to pay; all invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from centar.events.models import Booking, BookingGroup
from centar.schools.models import School
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import FeeRule, PaymentSettings, Proforma, Seminar
from trainings.operations import proformas

ACCOUNT = "840-955845-10"


class PaymentSettingsFactory(DjangoModelFactory[PaymentSettings]):
    """The one row, however often it is asked for."""

    key = PaymentSettings.ONLY
    payee = "Центар за образовање Крагујевац"
    address = "Цара Душана бб"
    place = "Крагујевац"
    pib = "101134702"
    account = ACCOUNT

    class Meta:
        model = PaymentSettings
        django_get_or_create = ("key",)


class FeeRuleFactory(DjangoModelFactory[FeeRule]):
    """An exception that holds for everybody for a long time; free unless said otherwise."""

    name = factory.Sequence(lambda n: f"Изузетак {n}")
    starts_on = date(2020, 1, 1)

    class Meta:
        model = FeeRule


def place(seminar: Seminar, **facts: Any) -> Booking:
    """Somebody's confirmed place at the seminar."""
    booking: Booking = BookingFactory(event=seminar.event, **facts)
    return booking


def application(seminar: Seminar, *, school: School | None = None, size: int = 2) -> BookingGroup:
    """People of a school with places at the seminar, for whom the school pays."""
    school = school or SchoolFactory()
    group = BookingGroup.objects.create(
        event=seminar.event, policy=BookingGroup.Policy.SPLIT, school=school
    )
    for _number in range(size):
        person = PersonFactory(user=None, school=school)
        place(seminar, person=person, group=group, payer=Booking.Payer.SCHOOL)
    return group


def proforma(fee: str = "2500.00", **facts: Any) -> Proforma:
    """An issued pro-forma invoice of one person's place at a seminar with this fee."""
    PaymentSettingsFactory()
    booking = place(SeminarFactory(fee=Decimal(fee)), **facts)
    return proformas.issue_for_booking(booking_id=booking.pk, by=None)


def school_proforma(fee: str = "2500.00", **facts: Any) -> Proforma:
    """An issued pro-forma invoice of a school's application; `size` says for how many."""
    PaymentSettingsFactory()
    group = application(SeminarFactory(fee=Decimal(fee)), **facts)
    return proformas.issue_for_group(group_id=group.pk, by=None)
