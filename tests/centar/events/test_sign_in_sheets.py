"""The list for signatures, read back from its PDF."""

from __future__ import annotations

import re

import pymupdf
import pytest
from django.urls import reverse

from centar.events.models import Booking
from tests.centar.events import days
from tests.factories.events import BookingFactory, MeetingFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(clock):
    event = days.going_on(title="Ђачки огледи")
    school = SchoolFactory(name="ОШ „Његош“")
    for surname in ("Чолић", "Вукић", "Ђокић"):
        days.placed(event, first_name="Љиља", last_name=surname, school=school)
    return event


def sheet(event, staff, face="", **query):
    """The answer, and the words of all its pages."""
    answer = days.browser(staff).get(face + reverse("events:sign_in_sheet", args=[event.pk]), query)
    pages = [page.get_text() for page in pymupdf.open(stream=answer.content, filetype="pdf")]
    return answer, " ".join(" ".join(pages).split())


@pytest.mark.parametrize(
    ("face", "people"),
    [
        ("", ["Вукић Љиља", "Ђокић Љиља", "Чолић Љиља"]),
        ("/lat", ["Čolić Ljilja", "Đokić Ljilja", "Vukić Ljilja"]),
    ],
    ids=["cyrillic", "latin"],
)
def test_the_names_stand_in_the_order_of_their_script(event, staff, face, people):
    answer, words = sheet(event, staff, face)

    assert answer["Content-Type"] == "application/pdf"
    places = [words.find(f"{number}. {name}") for number, name in enumerate(people, start=1)]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(("face", "foreign"), [("", "A-Za-zČĆŽŠĐčćžšđ"), ("/lat", "\u0400-\u04ff")])
def test_it_is_wholly_in_one_script(event, staff, face, foreign):
    _answer, words = sheet(event, staff, face)

    assert re.findall(f"[{foreign}]+", words) == []


def test_it_has_the_school_and_lines_for_the_door_and_no_birth_date(event, staff):
    days.placed(event, last_name="Јовић", birth_date="1981-03-24", birth_place="Рача")

    _answer, words = sheet(event, staff)

    assert words.count("ОШ „Његош“") == 3
    assert "5. 6. 7. 8. 9." in words
    assert ("1981" in words, "Рача" in words) == (False, False)


def test_only_people_with_a_place_are_on_it(event, staff):
    for state in set(Booking.State.values) - {Booking.State.PLACED}:
        person = PersonFactory(last_name="Нема")
        BookingFactory(event=event, state=state, person=person)

    assert "Нема" not in sheet(event, staff)[1]


def test_words_with_marks_of_typesetting_stay_words(event, staff):
    days.placed(event, first_name="#pagebreak()", last_name="*Јовић* $x$ @a")

    assert "*Јовић* $x$ @a #pagebreak()" in sheet(event, staff)[1]


def test_each_day_has_its_own(event, staff):
    first = days.first_meeting(event)
    second = MeetingFactory(event=event, place="Рача")

    texts = [sheet(event, staff, dan=day.pk)[1] for day in (first, second)]

    assert ["Рача" in text for text in texts] == [False, True]


def test_an_empty_seminar_has_a_sheet_to_write_on(staff, clock):
    answer, words = sheet(days.going_on(), staff)

    assert answer.status_code == 200
    assert "1. 2. 3. 4. 5." in words
