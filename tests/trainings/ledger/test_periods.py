"""A teacher says when the five years began."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from centar.access import Refusal
from centar.audit.models import Entry
from tests import office
from tests.factories.ledger import LedgerEntryFactory, TargetFactory
from tests.factories.people import AdministratorFactory
from trainings.models import OwnPeriod
from trainings.operations import periods

pytestmark = pytest.mark.django_db


@pytest.fixture
def target():
    return TargetFactory(
        name="Сто бодова за пет година", starts_on=date(2022, 9, 1), years=5, points=100
    )


def address(target):
    return f"/moji-bodovi/period/{target.pk}/"


def said():
    return list(OwnPeriod.objects.values_list("person", "first_year"))


def test_a_guess_is_called_a_guess_and_leads_to_where_it_is_mended(staffroom, target):
    page = staffroom.desk(staffroom.teacher).get("/moji-bodovi/").content.decode()

    assert "Није уписано када је почело ваше раздобље" in page
    assert f'href="{address(target)}"' in page


def test_what_the_teacher_enters_moves_what_is_missing_and_until_when(staffroom, target):
    for year in (2023, 2025):
        LedgerEntryFactory(
            person=staffroom.teacher, earned_on=date(year, 10, 1), points=Decimal(10)
        )
    client = staffroom.desk(staffroom.teacher)

    response = client.post(address(target), {"first_year": "2024"}, follow=True)

    assert said() == [(staffroom.teacher.pk, 2024)]
    (progress,) = response.context["targets"]
    (points,) = progress.requirements
    assert (points.done, points.asked, progress.until) == (10, 100, date(2029, 8, 31))
    page = response.content.decode()
    assert "Рачуна се од почетка вашег раздобља, како сте га уписали." in page
    entry = Entry.objects.get(action="trainings.begin_period")
    assert (entry.object_id, entry.actor_id, entry.detail) == (
        target.pk,
        staffroom.teacher.user_id,
        {"first_year": 2024},
    )


def test_it_is_changed_and_forgotten(staffroom, target):
    client = staffroom.desk(staffroom.teacher)
    client.post(address(target), {"first_year": "2024"})

    client.post(address(target), {"first_year": "2023"})
    assert said() == [(staffroom.teacher.pk, 2023)]

    client.post(address(target), {"first_year": ""})
    assert said() == []


def test_a_year_said_long_ago_is_shown_as_the_period_that_runs(staffroom, target):
    OwnPeriod.objects.create(person=staffroom.teacher, target=target, first_year=2014)

    form = staffroom.desk(staffroom.teacher).get(address(target)).context["form"]

    assert form["first_year"].value() == 2024
    assert [value for value, _label in form.fields["first_year"].choices] == [
        "", 2026, 2025, 2024, 2023, 2022
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["2027", "2021", "год", "99999999999", "\x00"])
def test_a_year_that_cannot_be_is_refused_beside_its_field(staffroom, target, typed):
    response = staffroom.desk(staffroom.teacher).post(address(target), {"first_year": typed})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["first_year"])
    assert said() == []


@pytest.mark.parametrize(
    "facts",
    [{"years": 1}, {"years": 5, "ends_on": date(2025, 8, 31)}],
    ids=["of one year", "held once"],
)
def test_other_targets_have_no_period_to_enter(staffroom, facts):
    target = TargetFactory(**facts)

    response = staffroom.desk(staffroom.teacher).post(address(target), {"first_year": "2024"})

    assert (response.status_code, said()) == (404, [])


def test_accounts_without_a_person_and_visitors_have_none(target):
    assert office.desk_of(AdministratorFactory()).get(address(target)).status_code == 404
    assert Client().get(address(target)).status_code == 302


def test_nobody_says_it_for_another(staffroom, target):
    with pytest.raises(Refusal):
        periods.begin(
            person=staffroom.teacher, target=target, first_year=2024, by=staffroom.coordinator.user
        )
    assert said() == []


def test_the_school_counts_each_from_their_own_beginning(staffroom, target):
    OwnPeriod.objects.create(person=staffroom.teacher, target=target, first_year=2024)

    response = staffroom.desk(staffroom.coordinator).get(
        f"/moja-skola/{staffroom.school.pk}/bodovi/"
    )

    assert {row.person: row.targets[0].first_year for row in response.context["overview"].rows} == {
        staffroom.teacher: 2024,
        staffroom.coordinator: 2022,
    }
