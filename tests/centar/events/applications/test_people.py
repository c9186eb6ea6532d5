"""The school's people, as their coordinator keeps them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from centar.people.models import Person
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def english(path):
    return "/en" + path


def test_somebody_is_added_corrected_and_leaves(desk, school):
    path = english(reverse("events:add_colleague", args=[school.pk]))
    said = {"first_name": "Ана", "last_name": "Ђурић", "birth_date": "5.2.1977."}
    desk.post(path, said)
    person = Person.objects.get(last_name="Ђурић")
    assert person.school == school

    path = english(reverse("events:correct_colleague", args=[person.pk]))
    assert "1977" not in desk.get(path).content.decode()
    desk.post(path, {"first_name": "Ана", "last_name": "Ђурић Мит", "birth_date": ""})
    person.refresh_from_db()
    assert (person.last_name, str(person.birth_date)) == ("Ђурић Мит", "1977-02-05")

    desk.post(english(reverse("events:release_colleague", args=[person.pk])))
    person.refresh_from_db()
    assert person.school is None


def test_who_has_an_account_keeps_the_profile_alone(desk, school):
    person = PersonFactory(school=school)

    answer = desk.get(english(reverse("events:correct_colleague", args=[person.pk])))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"first_name": "\0", "last_name": "Б"},
        {"first_name": "x" * 10_000, "last_name": "Б"},
        {"first_name": "А", "last_name": "Б", "subject": "999999", "post": "цар"},
        {"first_name": "А", "last_name": "Б", "birth_date": "јуче"},
    ],
)
def test_wrong_input_is_told_beside_its_field(desk, school, said):
    answer = desk.post(english(reverse("events:add_colleague", args=[school.pk])), said)

    assert answer.status_code == 422
