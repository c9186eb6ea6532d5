"""Where somebody stands as a coordinator, on the profile and on the page of the request."""

from __future__ import annotations

import pytest

from centar.people import operations, permissions, queries
from centar.people.models import CoordinationRequest
from tests import office
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory, UserFactory
from tests.factories.schools import SchoolFactory
from tests.reader import Page

pytestmark = pytest.mark.django_db
PROFILE, ASK = "/en/profil/", "/en/skola/zahtev/"
LINK = f'href="{ASK}"'


@pytest.fixture
def person():
    return PersonFactory(school=SchoolFactory())


@pytest.fixture
def desk(person):
    return office.desk_of(person.user)


@pytest.fixture
def staff():
    return StaffFactory(permissions=[permissions.CHANGE_COORDINATION])


@pytest.fixture
def asked(person):
    operations.ask_to_coordinate(
        person=person, school=person.school, sentence="Молим.", by=person.user
    )
    return CoordinationRequest.objects.get()


def shown(desk, path):
    content = desk.get(path).content.decode()
    return Page(content).text, LINK in content


def test_the_profile_leads_to_the_request(desk):
    text, has_link = shown(desk, PROFILE)

    assert ("Ask to coordinate your school" in text, has_link) == (True, True)


@pytest.mark.parametrize("user", ["without a school", "without a profile"])
def test_without_a_school_it_says_what_comes_first(user):
    account = UserFactory() if user == "without a profile" else PersonFactory(school=None).user

    text, has_link = shown(office.desk_of(account), PROFILE)

    assert ("Choose your school and save the profile" in text, has_link) == (True, False)


def test_whoever_has_asked_sees_that_it_waits(desk, asked):
    for path in (PROFILE, ASK):
        assert "Your request waits for an answer" in shown(desk, path)[0]
    assert shown(desk, PROFILE)[1] is False


def test_whoever_was_refused_reads_why_and_may_ask_again(desk, asked, staff):
    operations.refuse_request(request_id=asked.pk, reason="Школа има координатора.", by=staff)

    for path in (PROFILE, ASK):
        text, _has_link = shown(desk, path)
        assert "Your last request was refused" in text
        assert "Škola ima koordinatora." in text
    assert shown(desk, PROFILE)[1] is True
    assert "Send the request" in shown(desk, ASK)[0]


def test_whoever_is_confirmed_sees_the_school(desk, asked, staff, person):
    operations.accept_request(request_id=asked.pk, by=staff)

    for path in (PROFILE, ASK):
        content = desk.get(path).content.decode()
        assert "You are a coordinator" in content
        assert f'href="/en/moja-skola/{person.school_id}/"' in content
    assert shown(desk, PROFILE)[1] is False
    assert "Send the request" not in shown(desk, ASK)[0]


def test_a_refusal_by_an_earlier_school_is_history(asked, staff, person):
    operations.refuse_request(request_id=asked.pk, reason="Не.", by=staff)
    person.school = SchoolFactory()
    person.save()

    assert queries.coordination_standing(person) == queries.CoordinationStanding()


def test_several_schools_in_their_order(person, django_assert_num_queries):
    second = CoordinationFactory(person=person, school__name="Бета").school
    first = CoordinationFactory(person=person, school__name="Алфа").school

    with django_assert_num_queries(2):
        standing = queries.coordination_standing(person)

    assert standing.schools == (first, second)
