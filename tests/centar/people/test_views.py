from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from centar.people.models import Person
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.schools import SchoolFactory, SubjectFactory

pytestmark = pytest.mark.django_db

PROFILE = "/profil/"


@pytest.fixture
def person():
    return PersonFactory(first_name="Ана", last_name="Илић", school=SchoolFactory())


@pytest.fixture
def ana(client, person):
    client.force_login(person.user)
    return client


def typed(**changes):
    return {
        "first_name": "Ана",
        "last_name": "Илић",
        "phone": "",
        "school_search": "",
        "school": "",
        "employer": "",
        "post": "",
        "subject": "",
        "birth_date": "",
        "birth_place": "",
        "face": "cyr",
    } | changes


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_the_profile_is_for_people_who_are_signed_in(client):
    assert client.get(PROFILE).url == "/nalog/login/?next=/profil/"
    assert client.get("/lat/profil/").url == "/lat/nalog/login/?next=/lat/profil/"
    assert client.get("/skole/").url == "/nalog/login/?next=/skole/"


def test_everybody_sees_their_own_profile_only(person):
    other = PersonFactory(first_name="Бора", last_name="Зорић", phone="034 999 999")
    staff = StaffFactory(permissions=["people.view_person", "people.change_person"])

    shown = []
    for user in (person.user, other.user, staff):
        client = Client()
        client.force_login(user)
        shown.append(client.get(PROFILE, {"person": other.pk}).context["form"].instance.pk)

    assert shown == [person.pk, other.pk, None]


def test_a_profile_is_saved_and_shown_again(ana, person):
    school, subject = SchoolFactory(), SubjectFactory()

    response = ana.post(
        PROFILE,
        typed(
            phone="034/123-456",
            school=school.pk,
            post="subject_teacher",
            subject=subject.pk,
            birth_date="24. 3. 1985.",
            birth_place="Чачак",
            face="lat",
        ),
    )

    assert (response.status_code, response.url) == (302, PROFILE)
    person.refresh_from_db()
    assert (person.phone, person.school, person.post, person.subject) == (
        "034/123-456",
        school,
        "subject_teacher",
        subject,
    )
    assert (person.birth_date, person.birth_place) == (date(1985, 3, 24), "Чачак")
    assert person.user.face == "lat"
    page = ana.get(PROFILE).content.decode()
    assert 'value="24.03.1985."' in page
    assert f'value="{school.pk}" id="id_school_{school.pk}" checked' in " ".join(page.split())


def test_only_the_name_is_required(ana):
    response = ana.post(PROFILE, typed(first_name=" ", last_name=""))

    assert list(errors(response)) == ["first_name", "last_name"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("first_name", "А\x00на"),
        ("first_name", "А" * 10_000),
        ("last_name", "И" * 10_000),
        ("phone", "позовите школу"),
        ("phone", "0" * 10_000),
        ("school", "999999999999999999999999"),
        ("school", "школа"),
        ("subject", "-1"),
        ("post", "директор света"),
        ("employer", "\x00"),
        ("birth_date", "31.4.1985."),
        ("birth_date", "24.3.2985."),
        ("birth_place", "Ч" * 10_000),
        ("face", "glagoljica"),
    ],
)
def test_wrong_input_has_its_sentence_beside_the_field_and_loses_nothing(ana, person, field, wrong):
    good = {"phone": "034 123 456", "birth_place": "Чачак"} | {field: wrong}

    response = ana.post(PROFILE, typed(**good))

    assert response.status_code == 422
    assert list(errors(response)) == [field]
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert escape(errors(response)[field][0]) in page
    assert response.context["form"]["phone"].value() == good["phone"]
    assert response.context["form"]["birth_place"].value() == good["birth_place"]
    person.refresh_from_db()
    assert person.phone == ""


def test_a_school_and_an_employer_at_once_are_one_too_many(ana):
    school = SchoolFactory()

    response = ana.post(PROFILE, typed(school=school.pk, employer="Град Крагујевац"))

    assert list(errors(response)) == ["employer"]


def test_somebody_from_outside_the_schools_names_the_employer(ana, person):
    ana.post(PROFILE, typed(employer="Град Крагујевац", post="local_government"))

    person.refresh_from_db()
    assert (person.school, person.employer) == (None, "Град Крагујевац")


def test_a_search_that_was_left_without_a_choice_is_not_forgotten(ana, person):
    found = SchoolFactory(name="ОШ „Ђура Јакшић“")
    before = person.school

    response = ana.post(PROFILE, typed(school=before.pk, school_search="ђура"))

    assert list(errors(response)) == ["school"]
    assert response.context["search"].offered == (before, found)
    person.refresh_from_db()
    assert person.school == before


def test_without_javascript_a_button_finds_schools_and_keeps_what_was_typed(ana, person):
    found = SchoolFactory(name="ОШ „Ђура Јакшић“")
    words = typed(
        first_name="Ана Марија",
        birth_date="31.4.1985.",
        school_search="djura",
        school=person.school.pk,
        find_school="1",
    )

    response = ana.post(PROFILE, words)

    assert response.status_code == 200
    assert response.context["search"].offered == (person.school, found)
    page = response.content.decode()
    assert 'value="Ана Марија"' in page
    assert 'value="31.4.1985."' in page
    assert "is-invalid" not in page
    person.refresh_from_db()
    assert person.first_name == "Ана"


def test_schools_are_found_while_one_types(ana):
    found = SchoolFactory(name="ОШ „Ђура Јакшић“")
    chosen = SchoolFactory()

    response = ana.get("/skole/", {"school_search": "jakšić", "school": chosen.pk})

    assert response.status_code == 200
    assert response.context["search"].offered == (chosen, found)
    assert "<html" not in response.content.decode()


def test_the_fragment_of_the_latin_face_is_latin(ana):
    SchoolFactory(name="ОШ „Ђура Јакшић“", place="Љубићево")

    page = ana.get("/lat/skole/", {"school_search": "јакшић"}).content.decode()

    assert "OŠ „Đura Jakšić“, Ljubićevo" in page


@pytest.mark.parametrize("words", ["ш" * 10_000, "ђу\x00ра"])
def test_an_impossible_search_is_answered_with_a_sentence(ana, words):
    response = ana.get("/skole/", {"school_search": words})

    assert response.status_code == 200
    assert response.context["search"].found == ()
    assert escape(response.context["search"].errors[0]) in response.content.decode()


def test_a_forged_choice_is_no_choice(ana):
    response = ana.get("/skole/", {"school_search": "", "school": "0x1; DROP"})

    assert response.context["search"].chosen is None


def test_a_form_without_its_token_is_refused(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person.user)

    assert strict.post(PROFILE, typed(phone="034 123 456")).status_code == 403
    person.refresh_from_db()
    assert person.phone == ""


def test_a_login_without_a_person_gets_one_by_saving(client):
    user = UserFactory()
    client.force_login(user)

    assert client.get(PROFILE).status_code == 200
    client.post(PROFILE, typed(first_name="Јелена", last_name="Симић"))

    assert str(Person.objects.get(user=user)) == "Јелена Симић"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_schools(ana, django_assert_num_queries, rows):
    for number in range(rows):
        SchoolFactory(name=f"ОШ „Ђура Јакшић“ {number}")
    # session, user; then the search itself
    with django_assert_num_queries(3):
        response = ana.get("/skole/", {"school_search": "ђура"})
    assert len(response.context["search"].found) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_profile_takes_the_same_queries_however_many_subjects(
    ana, django_assert_num_queries, rows
):
    SubjectFactory.create_batch(rows)
    # session, user, person with school; subjects; coordinations, requests
    with django_assert_num_queries(6):
        ana.get(PROFILE)


def test_the_links_to_the_second_step_and_passkeys_are_offered(ana):
    page = ana.get(PROFILE).content.decode()

    for name in ("account_email", "account_change_password", "mfa_index", "mfa_list_webauthn"):
        assert f'href="{reverse(name)}"' in page
