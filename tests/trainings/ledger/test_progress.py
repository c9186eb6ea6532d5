"""How far somebody has come, and the words for what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from tests.factories.ledger import (
    DocumentFactory,
    InHouseFactory,
    LedgerEntryFactory,
    TargetFactory,
)
from tests.factories.people import PersonFactory
from trainings import progress
from trainings.models import OwnPeriod, SchoolYear
from trainings.operations import ledger
from trainings.queries import ledger as queries
from trainings.queries import targets

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def towards(person, day=DAY):
    sums = queries.sums([person.pk])
    holding = targets.holding_on(day, [person.pk])
    return progress.towards(person.pk, holding, sums, day, SchoolYear.current())


def only(person, day=DAY):
    (one,) = towards(person, day)
    return {
        requirement.label: (requirement.done, requirement.asked) for requirement in one.requirements
    }


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "недостаје још 1 сат"),
        (2, "недостају још 2 сата"),
        (5, "недостаје још 5 сати"),
        (11, "недостаје још 11 сати"),
        (12, "недостаје још 12 сати"),
        (21, "недостаје још 21 сат"),
        (22, "недостају још 22 сата"),
        (Decimal("1.5"), "недостају још 1,5 сата"),
    ],
)
def test_hours_are_missing_in_their_right_forms(number, words):
    with translation.override("sr"):
        said = progress.missing("hours", Decimal(number))

    assert said == words


@pytest.mark.parametrize(
    ("unit", "forms"),
    [
        ("points", ("1 бод", "2 бода", "5 бодова", "11 бодова", "21 бод")),
        ("programmes", ("1 програм", "2 програма", "5 програма", "11 програма", "21 програм")),
        ("meetings", ("1 скуп", "2 скупа", "5 скупова", "11 скупова", "21 скуп")),
    ],
)
def test_other_things_are_missing_in_their_right_forms(unit, forms):
    with translation.override("sr"):
        said = [progress.missing(unit, Decimal(number)) for number in (1, 2, 5, 11, 21)]

    verbs = ("недостаје", "недостају", "недостаје", "недостаје", "недостаје")
    assert said == [f"{verb} још {form}" for verb, form in zip(verbs, forms, strict=True)]


def test_the_yearly_duty_is_counted_in_its_parts():
    TargetFactory(in_house_hours=44, programmes=1, programme_hours=8, meetings=1)
    person = PersonFactory()
    InHouseFactory(person=person, hours=Decimal(32))
    LedgerEntryFactory(person=person, hours=Decimal("7.5"))
    LedgerEntryFactory(person=person, kind="meeting", hours=Decimal(6), points=Decimal(1))
    LedgerEntryFactory(person=person, kind="other", hours=Decimal(50))

    with translation.override("en"):
        assert only(person) == {
            "hours in the institution": (32, 44),
            "accredited programmes of at least 8 hours": (0, 1),
            "professional meetings": (1, 1),
        }
        LedgerEntryFactory(person=person, hours=Decimal(8))
        assert only(person)["accredited programmes of at least 8 hours"] == (1, 1)


def test_only_the_school_year_of_the_day_counts():
    TargetFactory(in_house_hours=44)
    person = PersonFactory()
    InHouseFactory(person=person, earned_on=date(2026, 8, 31), hours=Decimal(10))
    InHouseFactory(person=person, earned_on=date(2026, 9, 1), hours=Decimal(3))

    with translation.override("en"):
        assert only(person) == {"hours in the institution": (3, 44)}
        assert only(person, date(2026, 8, 31)) == {"hours in the institution": (10, 44)}


def test_five_years_follow_one_another_from_the_first():
    TargetFactory(starts_on=date(2022, 9, 1), years=5, points=100, approved_points=80)
    person = PersonFactory()
    for year in (2021, 2022, 2026, 2027):
        LedgerEntryFactory(person=person, earned_on=date(year, 10, 1), points=Decimal(10))
    LedgerEntryFactory(person=person, kind="meeting", points=Decimal(1))

    (one,) = towards(person)

    assert (one.first_year, one.last_year, one.until) == (2022, 2026, date(2027, 8, 31))
    with translation.override("en"):
        assert only(person) == {
            "points together": (21, 100),
            "points from accredited programmes": (20, 80),
        }


@pytest.mark.parametrize(
    ("own", "years"),
    [
        (2026, (2026, 2030)),
        (2024, (2024, 2028)),
        (2022, (2022, 2026)),
        (2019, (2024, 2028)),  # the next period followed by itself
        (2017, (2022, 2026)),
    ],
)
def test_a_period_is_counted_from_when_it_began_for_each(own, years):
    target = TargetFactory(starts_on=date(2022, 9, 1), years=5, points=100)
    person, other = PersonFactory(), PersonFactory()
    OwnPeriod.objects.create(person=person, target=target, first_year=own)

    (one,), (guessed,) = towards(person), towards(other)

    assert (one.first_year, one.last_year, one.is_own) == (*years, True)
    assert one.until == date(years[1] + 1, 8, 31)
    assert (guessed.first_year, guessed.last_year, guessed.is_own) == (2022, 2026, False)


def test_what_was_taken_back_is_neither_hours_nor_a_programme():
    TargetFactory(programmes=1, programme_hours=8, approved_hours=20)
    person, document = PersonFactory(), DocumentFactory()
    ledger.credit(
        person=person,
        kind="programme",
        title="Програм",
        earned_on=date(2026, 10, 1),
        hours=Decimal(8),
        points=Decimal(8),
        by=None,
        document=document,
    )
    with translation.override("en"):
        assert [done for done, _asked in only(person).values()] == [1, 8]
        ledger.reverse(document=document, by=None, reason="Грешка")
        assert [done for done, _asked in only(person).values()] == [0, 0]


def test_the_surest_target_comes_first():
    TargetFactory(name="слаб", starts_on=date(2024, 9, 1), certainty="weak", points=1)
    TargetFactory(name="посредан", starts_on=date(2020, 9, 1), certainty="secondary", points=1)
    TargetFactory(name="званичан", starts_on=date(2018, 9, 1), certainty="official", points=1)

    assert [one.name for one in towards(PersonFactory())] == ["званичан", "посредан", "слаб"]


def test_targets_that_do_not_hold_are_not_shown():
    TargetFactory(starts_on=date(2018, 9, 1), ends_on=date(2021, 8, 31), points=100)
    TargetFactory(starts_on=date(2027, 9, 1), points=100)

    assert towards(PersonFactory()) == []


def test_more_than_enough_fills_the_bar_and_no_more():
    TargetFactory(in_house_hours=44)
    person = PersonFactory()
    InHouseFactory(person=person, hours=Decimal(60))

    (one,) = towards(person)
    (requirement,) = one.requirements

    assert (one.is_met, requirement.meter_value, requirement.so_far) == (True, "44.0", "60 од 44")
