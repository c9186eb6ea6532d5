"""What the back office may not be asked: each answer would tell a bit of a secret."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from centar.outbox.models import Letter
from tests import office
from tests.factories.people import (
    PASSWORD,
    AdministratorFactory,
    CoordinationFactory,
    PersonFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/person/"
LETTERS = "/admin/outbox/letter/"


@pytest.mark.parametrize(
    "lookup",
    ["birth_date__lt=1990-01-01", "birth_date=1985-03-24", "birth_place__startswith=Ч"],
)
def test_a_list_of_people_is_not_filtered_by_birth_for_those_who_may_not_see_it(lookup):
    PersonFactory(birth_date=date(1985, 3, 24), birth_place="Чачак")

    codes = [
        office.desk_of(user).get(f"{PEOPLE}?{lookup}").status_code
        for user in (office.colleague(), AdministratorFactory())
    ]

    assert codes == [400, 200]


@pytest.mark.parametrize(
    "lookup", ["context__key__startswith=c", "context__has_key=key", "context__icontains=c"]
)
def test_nobody_finds_a_private_link_by_filtering_letters_until_they_match(lookup):
    Letter.objects.create(
        kind="accounts.forgotten_password",
        object_id=1,
        recipient="uprava@example.org",
        version="1",
        context={"key": "c7x2-tajna"},
    )

    codes = [
        office.desk_of(user).get(f"{LETTERS}?{lookup}").status_code
        for user in (office.colleague(), AdministratorFactory())
    ]

    assert codes == [400, 400]


@pytest.mark.parametrize(
    "address",
    [
        f"{PEOPLE}?user__password__startswith=a",
        f"{PEOPLE}?calendar_tokens__token__startswith=a",
        f"{PEOPLE}?_to_field=birth_date",
        "/admin/events/booking/?person__birth_date__lt=1990-01-01",
        "/admin/trainings/trainer/?person__birth_date__lt=1990-01-01",
        "/admin/schools/school/?people__birth_date__lt=1990-01-01",
    ],
)
def test_no_list_is_filtered_by_what_others_keep(address):
    assert office.desk_of(office.colleague()).get(address).status_code == 400


def test_whoever_changes_accounts_cannot_choose_a_colleagues_password():
    clerk = StaffFactory(permissions=["people.view_user", "people.change_user", "people.add_user"])
    colleague = office.colleague()
    typed = {"password1": "Нова реч 77 и још", "password2": "Нова реч 77 и још"}

    response = office.desk_of(clerk).post(f"/admin/people/user/{colleague.pk}/password/", typed)

    colleague.refresh_from_db()
    assert (response.status_code, colleague.check_password(PASSWORD)) == (403, True)


def test_an_administrator_may_choose_it():
    colleague = office.colleague()

    page = office.desk_of(AdministratorFactory()).get(
        f"/admin/people/user/{colleague.pk}/password/"
    )

    assert page.status_code == 200


def test_the_back_office_has_no_second_page_for_the_password_without_limits_and_letters():
    response = office.desk_of(office.colleague()).get("/admin/password_change/")

    assert (response.status_code, response["Location"]) == (302, "/nalog/password/change/")


@pytest.mark.parametrize("field", ["created_by", "ended_by"])
def test_accounts_are_not_chosen_from_by_those_who_may_not_see_them(field):
    CoordinationFactory()
    asked = {"app_label": "events", "model_name": "booking", "field_name": field, "term": ""}

    assert office.desk_of(office.colleague()).get("/admin/autocomplete/", asked).status_code == 403


def test_nobody_chooses_from_people_without_signing_in():
    asked = {"app_label": "events", "model_name": "booking", "field_name": "person", "term": ""}

    assert Client().get("/admin/autocomplete/", asked).status_code == 302
