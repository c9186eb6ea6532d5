"""A teacher comes to the portal for the first time and leaves with a place."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from centar.events.models import Booking
from centar.people.models import Person
from tests.factories.schools import SchoolFactory, SubjectFactory
from tests.factories.trainings import SeminarFactory
from tests.journeys import sight
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "месец изнад Гледићких планина"


def test_from_the_first_visit_to_a_place(visitor: Page, post):
    SchoolFactory(name="ОШ „Милутин и Драгиња Тодоровић“", place="Крагујевац")
    SubjectFactory(name="Географија")
    SeminarFactory(programme__title="Настава математике")
    SeminarFactory(
        programme__title="Школска библиотека као средиште учења",
        event__capacity=5,
        event__asks_birth=True,
    )

    # She opens an account ...
    visitor.goto("/")
    sight.menu(visitor, "Create account").click()
    sight.field(visitor, "First name").fill("Љиљана")
    sight.field(visitor, "Last name").fill("Ђурђевић")
    sight.field(visitor, "E-mail").fill("ljiljana@example.org")
    sight.field(visitor, "Password").fill(PASSWORD)
    sight.button(visitor, "Create account").click()
    expect(visitor).to_have_url(re.compile("/nalog/confirm-email/$"))

    # ... confirms by the letter that the address is hers ...
    (letter,) = post()
    assert letter.to == "ljiljana@example.org"
    visitor.goto(letter.link)
    sight.button(visitor, "Yes, it is mine").click()
    expect(visitor).to_have_url(re.compile("/profil/$"))

    # ... fills the profile, her school found by two words ...
    sight.field(visitor, "School").press_sequentially("dragina todorovic")
    visitor.get_by_label(re.compile("Тодоровић")).check()
    sight.field(visitor, "Post").select_option("subject_teacher")
    sight.field(visitor, "Subject").select_option(label="Географија")
    sight.field(visitor, "Telephone").fill("034/123-456")
    sight.button(visitor, "Save the profile").click()
    expect(sight.said(visitor, "Your profile is saved.")).to_be_visible()
    person = Person.objects.get(last_name="Ђурђевић")
    assert (person.school.name, person.post) == (
        "ОШ „Милутин и Драгиња Тодоровић“",
        "subject_teacher",
    )

    # ... finds the seminar though she mistypes, in Latin letters ...
    sight.menu(visitor, "Seminars").click()
    visitor.get_by_role("searchbox").fill("skolska bibloteka")
    visitor.get_by_role("searchbox").press("Enter")
    expect(visitor).to_have_url(re.compile(r"\?q=skolska"))
    expect(visitor.locator("#results .entry")).to_have_count(1)
    visitor.get_by_role("link", name="Школска библиотека као средиште учења").click()

    # ... and registers, told why her birth is asked for.
    sight.link(visitor, "Register").click()
    sight.field(visitor, "Date of birth").fill("24.3.1981.")
    sight.field(visitor, "Place of birth").fill("Рача")
    sight.button(visitor, "Register").click()
    expect(sight.heading(visitor, "You have a place")).to_be_visible()
    booking = Booking.objects.get(person=person)
    assert booking.state == Booking.State.PLACED

    # The letter confirms it, with an entry for her calendar.
    (letter,) = post()
    assert letter.subject == serbian("You have a place: %(title)s") % {
        "title": "Школска библиотека као средиште учења"
    }
    assert "BEGIN:VEVENT" in letter.attachments["centar.ics"]
    visitor.goto(letter.link)
    expect(sight.heading(visitor, "You have a place")).to_be_visible()

    # Her own page knows it, and signing out ends it.
    sight.menu(visitor, "My page").click()
    expect(visitor.get_by_role("link", name=booking.event.title)).to_be_visible()
    visitor.locator("summary", has_text=serbian("Account")).click()
    visitor.get_by_role("button", name=serbian("Sign out")).click()
    visitor.goto(f"/prijave/{booking.pk}/")
    expect(visitor).to_have_url(re.compile("/nalog/login/"))


def test_she_comes_back_and_signs_in(visitor: Page, furnished):
    visitor.goto("/moja-strana/")
    sight.field(visitor, "E-mail").fill("LJILJANA@example.org")
    sight.field(visitor, "Password").fill("три речи и месец")
    sight.button(visitor, "Sign in").click()

    expect(visitor).to_have_url(re.compile("/moja-strana/$"))


def test_a_list_is_narrowed_shared_and_walked_back(visitor: Page, another):
    SeminarFactory(programme__title="Огледи", event__place="Рача")
    SeminarFactory(programme__title="Роботика", event__place="Кнић")
    titles = visitor.locator("#results .entry-title")

    visitor.goto("/seminari/")
    expect(titles).to_have_count(2)
    visitor.locator("summary", has_text=serbian("More filters")).click()
    sight.field(visitor, "Place").select_option("Кнић")
    expect(titles).to_have_text(["Роботика"])

    colleague = another()
    colleague.goto(visitor.url)
    expect(colleague.locator("#results .entry-title")).to_have_text(["Роботика"])

    visitor.go_back()
    expect(titles).to_have_count(2)
