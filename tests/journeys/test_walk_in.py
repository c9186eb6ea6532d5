"""Somebody at the door who has not registered, received with a telephone in one hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from centar.people.models import Person
from tests import office
from tests.centar.events import days
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import IN_EACH_LIGHT, PHONE, TOO_WIDE, turned

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FULL = "No place is free. The Centre can raise the number of places first."


@pytest.fixture
def school(transactional_db):
    return SchoolFactory(name="ОШ „Милутин и Драгиња Тодоровић“", place="Крагујевац")


@pytest.fixture
def event(school):
    """A seminar that goes on, with one place left of two."""
    event = days.going_on(title="Огледи у настави", capacity=2)
    days.placed(event, first_name="Ана", last_name="Јовић")
    return event


def at_the_door(page: Page, event) -> None:
    """From the list to the form for somebody without registration."""
    page.goto(f"/dogadjaji/{event.pk}/prisustvo/")
    sight.link(page, "Somebody without registration").click()


def name(page: Page, first: str, last: str) -> None:
    sight.field(page, "First name").fill(first)
    sight.field(page, "Last name").fill(last)


def let_in(page: Page) -> None:
    sight.button(page, "Let in and note").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_last_place_is_given_and_the_next_one_is_refused(another, event, school, scripts):
    trainer = days.trainer_of(event)
    page = another(user=trainer, viewport=PHONE, java_script_enabled=scripts)
    at_the_door(page, event)

    # The school is found by two words in Latin; what was typed stays.
    name(page, "Вук", "Марић")
    sight.field(page, "School").press_sequentially("dragina todorovic")
    if not scripts:
        sight.button(page, "Find").click()
    page.get_by_label(re.compile("Тодоровић")).check()
    let_in(page)
    expect(page.locator("#count")).to_have_text("Присутно: 1 од 2")
    came = page.locator(".arrival", has_text="Марић Вук")
    expect(came.locator(".arrival-noted")).to_be_visible()
    expect(came).to_contain_text(school.name)

    # The house is full: a sentence says so, and nobody is half entered.
    at_the_door(page, event)
    name(page, "Јелена", "Савић")
    let_in(page)
    expect(page.get_by_role("alert")).to_contain_text(office.serbian(FULL))
    expect(sight.field(page, "First name")).to_have_value("Јелена")
    sight.link(page, "Back to the list").click()
    expect(page.locator("#count")).to_have_text("Присутно: 1 од 2")
    assert not Person.objects.filter(last_name="Савић").exists()


def test_enter_lets_in_from_every_field(another, event):
    page = another(user=office.colleague(), viewport=PHONE)
    at_the_door(page, event)

    name(page, "Вук", "Марић")
    page.keyboard.press("Enter")

    expect(page.locator("#count")).to_have_text("Присутно: 1 од 2")


def test_the_staff_receive_somebody_the_centre_knows(another, event, school):
    known = PersonFactory(first_name="Вук", last_name="Марић", school=school)
    page = another(user=office.colleague(), viewport=PHONE)
    at_the_door(page, event)

    # A mistake is told beside its field.
    name(page, "vuk", "marić")
    sight.field(page, "E-mail").fill("vuk@")
    let_in(page)
    expect(sight.field(page, "E-mail")).to_have_attribute("aria-invalid", "true")
    sight.field(page, "E-mail").fill(known.email)
    let_in(page)

    expect(page.locator(".arrival", has_text="Марић Вук").locator(".arrival-noted")).to_be_visible()
    assert Person.objects.filter(folded=known.folded).count() == 1


@pytest.mark.parametrize("face", ["", "/lat"], ids=["cyrillic", "latin"])
def test_axe_finds_nothing_and_nothing_is_too_wide(another, event, face):
    page = another(user=days.trainer_of(event), viewport=PHONE, bypass_csp=True)
    days.placed(event)
    page.goto(f"{face}/dogadjaji/{event.pk}/prisustvo/na-vratima/")
    for field, words in (("first_name", "Јелена"), ("last_name", "Савић")):
        page.locator(f"#id_{field}").fill(words)
    page.locator("#id_school_search").fill("todorovic")
    expect(page.locator("#found_schools input")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()

    page.add_script_tag(path=AXE)
    found = []
    for scheme, rules in IN_EACH_LIGHT:
        turned(page, scheme=scheme)
        result = page.evaluate("(rules) => axe.run({runOnly: rules})", rules)
        found += [(scheme, one["id"], one["nodes"][0]["html"]) for one in result["violations"]]
        found += [(scheme, part) for part in page.evaluate(TOO_WIDE)]

    assert found == []
