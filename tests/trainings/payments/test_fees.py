"""What a booking costs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from centar.people.models import Person
from tests.factories.payments import FeeRuleFactory, place
from tests.factories.people import PersonFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import FeeRule
from trainings.queries import fees

pytestmark = pytest.mark.django_db

PERCENT, AMOUNT = FeeRule.Kind.PERCENT, FeeRule.Kind.AMOUNT


def cost(booking):
    [(_booking, fee)] = fees.fees_of([booking])
    return fee


@pytest.fixture
def seminar(db):
    return SeminarFactory(fee=Decimal("2500.00"))


def test_without_an_exception_the_whole_fee_is_owed(seminar):
    assert cost(place(seminar)) == fees.Fee(Decimal("2500.00"), Decimal("2500.00"))


@pytest.mark.parametrize(
    ("rule", "amount"),
    [
        ({}, "0"),
        ({"kind": PERCENT, "value": Decimal("33.33")}, "833.25"),
        ({"kind": PERCENT, "value": Decimal(100)}, "2500.00"),
        ({"kind": AMOUNT, "value": Decimal("1200.50")}, "1200.50"),
        ({"kind": AMOUNT, "value": Decimal(9000)}, "2500.00"),
    ],
)
def test_an_exception_makes_the_fee_less_and_never_more(seminar, rule, amount):
    FeeRuleFactory(**rule)

    assert cost(place(seminar)).amount == Decimal(amount)


def test_half_a_para_is_rounded_up():
    seminar = SeminarFactory(fee=Decimal("0.25"))
    FeeRuleFactory(kind=PERCENT, value=Decimal(50))

    assert cost(place(seminar)).amount == Decimal("0.13")


def test_the_most_favourable_exception_wins_and_is_named(seminar):
    FeeRuleFactory(kind=PERCENT, value=Decimal(80))
    FeeRuleFactory(name="За директоре", kind=AMOUNT, value=Decimal(500), post=Person.Post.PRINCIPAL)
    FeeRuleFactory(kind=PERCENT, value=Decimal(50))
    principal = place(seminar, person__post=Person.Post.PRINCIPAL)

    assert cost(principal) == fees.Fee(Decimal(500), Decimal(2500), "За директоре")
    assert cost(place(seminar)).amount == Decimal("1250.00")


def test_a_city_may_be_free(seminar):
    city = MunicipalityFactory(name="Крагујевац")
    FeeRuleFactory(municipality=city)
    inside = PersonFactory(school=SchoolFactory(municipality=city))
    outside = PersonFactory(school=SchoolFactory())

    assert cost(place(seminar, person=inside)).amount == 0
    assert cost(place(seminar, person=outside)).amount == Decimal(2500)
    assert cost(place(seminar)).amount == Decimal(2500)


def test_an_exception_of_another_seminar_does_not_count(seminar):
    FeeRuleFactory(seminar=SeminarFactory())

    assert cost(place(seminar)).amount == Decimal(2500)


@pytest.mark.parametrize(
    ("moment", "amount"),
    [
        # By the clock in Belgrade, an hour or two ahead of UTC.
        (datetime(2026, 2, 28, 22, 59, tzinfo=UTC), 2500),
        (datetime(2026, 2, 28, 23, 0, tzinfo=UTC), 0),
        (datetime(2026, 3, 31, 21, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 31, 22, 0, tzinfo=UTC), 2500),
    ],
)
def test_the_day_of_getting_the_place_counts(seminar, moment, amount):
    FeeRuleFactory(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))

    assert cost(place(seminar, placed_at=moment)).amount == amount


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": AMOUNT, "value": Decimal("-0.01")},
        {"kind": PERCENT, "value": Decimal("100.01")},
        {"ends_on": date(2019, 12, 31)},
    ],
)
def test_senseless_exceptions_are_refused_by_form_and_database(facts):
    with pytest.raises(ValidationError):
        FeeRuleFactory.build(**facts).full_clean()
    with pytest.raises(IntegrityError):
        FeeRuleFactory(**facts)
