from datetime import date

import pytest
from django.test import Client

from centar.audit.models import Entry
from centar.people.models import Coordination, Person, User
from tests.factories.people import (
    AdministratorFactory,
    CoordinationFactory,
    PersonFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/person/"
ACCOUNTS = "/admin/people/user/"
COORDINATIONS = "/admin/people/coordination/"
CLERK = [
    f"people.{action}_{model}"
    for action in ("view", "add", "change")
    for model in ("person", "user", "coordination")
]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clerk():
    return StaffFactory(permissions=CLERK)


@pytest.fixture
def desk(clerk):
    return signed_in(clerk)


def rows(response):
    return list(response.context["cl"].result_list)


@pytest.mark.parametrize("address", [PEOPLE, ACCOUNTS, COORDINATIONS])
def test_the_back_office_is_for_staff_with_the_permission(address):
    codes = [
        signed_in(user).get(address).status_code
        for user in (UserFactory(), StaffFactory(), StaffFactory(permissions=CLERK))
    ]

    assert codes == [302, 403, 200]


@pytest.mark.parametrize("words", ["Ђорђевић", "djordjevic đura", "ĐORĐEVIĆ", "djura@example"])
def test_a_person_is_found_in_either_script_and_by_address(desk, words):
    wanted = PersonFactory(first_name="Ђура", last_name="Ђорђевић", user__email="djura@example.org")
    PersonFactory()

    assert rows(desk.get(PEOPLE, {"q": words})) == [wanted]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(PEOPLE, 8), (ACCOUNTS, 8), (COORDINATIONS, 8)])
def test_a_list_takes_the_same_queries_with_one_row_and_three(
    desk, django_assert_num_queries, address, queries, number
):
    for _ in range(number):
        person = PersonFactory(school=SchoolFactory())
        CoordinationFactory(person=person, school=person.school)

    with django_assert_num_queries(queries):
        response = desk.get(address)

    # the clerk has an account too
    assert len(rows(response)) == number + (address == ACCOUNTS)


@pytest.mark.parametrize("number", [1, 3])
def test_a_persons_form_takes_the_same_queries_however_many_schools(
    desk, django_assert_num_queries, number
):
    SchoolFactory.create_batch(number)
    person = PersonFactory(school=SchoolFactory())
    address = f"{PEOPLE}{person.pk}/change/"
    desk.get(address)  # Django remembers the kinds of objects for the whole process

    with django_assert_num_queries(7):
        desk.get(address)


def test_birth_is_shown_to_those_who_make_certificates_only(desk):
    person = PersonFactory(birth_date=date(1985, 3, 24), birth_place="Чачак")

    page = desk.get(f"{PEOPLE}{person.pk}/change/").content.decode()
    assert "Чачак" not in page
    assert "1985" not in page

    page = signed_in(AdministratorFactory()).get(f"{PEOPLE}{person.pk}/change/").content.decode()
    assert "Чачак" in page


def test_staff_who_do_not_see_birth_do_not_erase_it(desk):
    person = PersonFactory(birth_date=date(1985, 3, 24), birth_place="Чачак")

    response = desk.post(
        f"{PEOPLE}{person.pk}/change/",
        {
            "first_name": "Нова",
            "last_name": "Особа",
            "user": person.user.pk,
            "seen_revision": person.revision,
        },
    )

    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.first_name, person.birth_place) == ("Нова", "Чачак")
    assert person.birth_date == date(1985, 3, 24)


def test_the_later_of_two_editors_is_told(desk):
    person = PersonFactory(first_name="Ана")
    Person.objects.filter(pk=person.pk).update(first_name="Анка")

    response = desk.post(
        f"{PEOPLE}{person.pk}/change/",
        {"first_name": "Ања", "last_name": "Илић", "seen_revision": person.revision},
    )

    assert response.status_code == 200
    person.refresh_from_db()
    assert person.first_name == "Анка"


def test_an_account_made_by_staff_has_no_password_yet(desk):
    response = desk.post(f"{ACCOUNTS}add/", {"email": "nova@example.org", "face": "lat"})

    account = User.objects.get(email="nova@example.org")
    assert response.status_code == 302
    assert (account.has_usable_password(), account.face, account.is_staff) == (
        False,
        "lat",
        False,
    )


def test_an_address_has_one_account_whatever_its_letter_case(desk):
    UserFactory(email="ista@example.org")

    response = desk.post(f"{ACCOUNTS}add/", {"email": "Ista@example.org", "face": "cyr"})

    assert response.status_code == 200
    assert len(response.context["adminform"].form.errors) == 1
    assert User.objects.filter(email__iexact="ista@example.org").count() == 1


def test_staff_give_no_permissions_to_themselves_or_others(desk, clerk):
    other = UserFactory(email="druga@example.org")

    for account in (clerk, other):
        desk.post(
            f"{ACCOUNTS}{account.pk}/change/",
            {
                "email": "prisvojena@example.org",
                "face": "cyr",
                "is_active": "on",
                "is_staff": "on",
                "is_superuser": "on",
            },
        )

    clerk.refresh_from_db()
    other.refresh_from_db()
    assert (clerk.is_superuser, other.is_staff, other.is_superuser) == (False, False, False)
    assert other.email == "druga@example.org"


def test_staff_do_not_touch_administrators(desk):
    chief = AdministratorFactory()

    response = desk.post(f"{ACCOUNTS}{chief.pk}/change/", {"face": "en"})

    assert response.status_code == 403
    chief.refresh_from_db()
    assert chief.is_active


def test_an_administrator_gives_permissions():
    other = UserFactory()

    signed_in(AdministratorFactory()).post(
        f"{ACCOUNTS}{other.pk}/change/",
        {"email": other.email, "face": "cyr", "is_active": "on", "is_staff": "on"},
    )

    other.refresh_from_db()
    assert other.is_staff


def test_a_coordinator_is_confirmed_and_the_audit_knows_by_whom(desk, clerk):
    person, school = PersonFactory(), SchoolFactory()

    desk.post(f"{COORDINATIONS}add/", {"person": person.pk, "school": school.pk})

    coordination = Coordination.objects.get()
    assert (coordination.person, coordination.school, coordination.confirmed_by) == (
        person,
        school,
        clerk,
    )
    assert Entry.objects.get().actor_id == clerk.pk


def test_a_second_confirmation_is_refused_with_a_sentence(desk):
    coordination = CoordinationFactory()

    response = desk.post(
        f"{COORDINATIONS}add/",
        {"person": coordination.person.pk, "school": coordination.school.pk},
    )

    assert response.status_code == 200
    assert len(response.context["adminform"].form.non_field_errors()) == 1
    assert Coordination.objects.count() == 1


def test_a_coordination_is_ended_on_a_page_of_its_own_and_never_deleted(desk):
    coordination = CoordinationFactory()
    address = f"{COORDINATIONS}{coordination.pk}/"

    assert desk.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert desk.get(f"{address}radnja/kraj/").status_code == 200
    desk.post(f"{address}radnja/kraj/", {"confirmed": "yes"})

    coordination.refresh_from_db()
    assert coordination.ended_at is not None
