"""Taking attendance with a telephone in one hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from centar.events import links
from centar.events.models import Presence
from centar.script.latin import to_latin
from tests.centar.events import days
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import IN_EACH_LIGHT, PHONE, TOO_WIDE, turned
from tests.journeys.test_keyboard import walk
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(transactional_db, clock):
    """A seminar that goes on, with two people who have a place."""
    event = days.going_on(title="Огледи у настави", capacity=3)
    for first, last in (("Ана", "Јовић"), ("Бранка", "Лазић")):
        person = PersonFactory(first_name=first, last_name=last)
        BookingFactory(event=event, person=person)
    return event


@pytest.fixture
def trainer(event):
    return days.trainer_of(event)


def row(page: Page, name: str):
    """The person's row of the list."""
    return page.locator(".arrival", has_text=name)


def is_here(page: Page, name: str):
    return row(page, name).get_by_role("button", name=serbian("Is here"))


def door(event) -> str:
    return f"/dogadjaji/{event.pk}/prisustvo/"


def test_by_tap(another, event, trainer):
    page = another(user=trainer, viewport=PHONE)
    page.goto("/moji-seminari/")
    page.get_by_role("link", name="Огледи у настави").click()
    sight.link(page, "Take attendance").click()

    is_here(page, "Јовић Ана").click()

    expect(page.locator("#count")).to_have_text("Присутно: 1 од 2")
    expect(page.locator("#said")).to_have_text(re.compile("Ана Јовић"))
    expect(row(page, "Јовић Ана")).to_be_focused()
    assert Presence.objects.get().noted_by == trainer
    row(page, "Јовић Ана").get_by_role("button", name=serbian("Undo")).click()
    expect(page.locator("#count")).to_have_text("Присутно: 0 од 2")
    assert not Presence.objects.exists()


def test_targets_are_large_enough_for_a_thumb(another, event, trainer):
    page = another(user=trainer, viewport=PHONE)
    page.goto(door(event))

    boxes = [button.bounding_box() for button in page.locator(".arrival-tap button").all()]

    assert len(boxes) == 2
    assert [box["height"] >= 40 and box["width"] >= 60 for box in boxes] == [True, True]


def test_by_keyboard(another, event, trainer):
    page = another(user=trainer, viewport=PHONE)
    page.goto(door(event))

    walk(page, to=serbian("Is here"))
    page.keyboard.press("Enter")
    expect(row(page, "Јовић Ана")).to_be_focused()
    walk(page, to=serbian("Is here"))
    page.keyboard.press("Space")

    expect(page.locator("#count")).to_have_text("Присутно: 2 од 2")
    assert Presence.objects.count() == 2


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_part_of_the_meeting_with_a_mistake_on_the_way(another, event, trainer, scripts):
    page = another(user=trainer, viewport=PHONE, java_script_enabled=scripts)
    page.goto(door(event))

    row(page, "Јовић Ана").locator("summary").click()
    field = row(page, "Јовић Ана").locator("input[name=minutes]")
    field.fill("400")
    row(page, "Јовић Ана").get_by_role("button", name=serbian("Save")).click()
    expect(field).to_have_value("400")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(row(page, "Јовић Ана").locator(".invalid-feedback")).to_be_visible()
    field.fill("90")
    row(page, "Јовић Ана").get_by_role("button", name=serbian("Save")).click()

    expect(row(page, "Јовић Ана").locator(".arrival-noted")).to_be_visible()
    assert Presence.objects.get().minutes == 90


def test_without_scripts_only_who_has_not_arrived_and_somebody_at_the_door(another, event, trainer):
    page = another(user=trainer, viewport=PHONE, java_script_enabled=False)
    page.goto(door(event))

    page.get_by_label(serbian("Only who has not arrived")).check()
    sight.button(page, "Find").click()
    is_here(page, "Јовић Ана").click()
    expect(page.locator(".arrival-name")).to_have_text(["Лазић Бранка"])

    sight.link(page, "Somebody without registration").click()
    sight.field(page, "First name").fill("Вук")
    sight.field(page, "Last name").fill("Марић")
    sight.button(page, "Let in and note").click()

    expect(row(page, "Марић Вук").locator(".arrival-noted")).to_be_visible()
    assert Presence.objects.count() == 2


def test_the_code_of_the_letter(another, event, trainer):
    booking = event.bookings.order_by("pk").first()
    page = another(user=trainer, viewport=PHONE)
    page.goto(links.arrival_path(booking))

    sight.button(page, "Note as present").click()

    expect(sight.button(page, "Note as present")).to_have_count(0)
    assert Presence.objects.get().booking == booking


@pytest.mark.parametrize("face", ["", "/lat"], ids=["cyrillic", "latin"])
def test_axe_finds_nothing_and_nothing_is_too_wide(another, event, trainer, face):
    page = another(user=trainer, viewport=PHONE, bypass_csp=True)
    first = event.bookings.order_by("pk").first()
    name = "Јовић Ана" if not face else to_latin("Јовић Ана")
    page.goto(face + door(event))
    row(page, name).locator(".arrival-tap button").click()
    expect(row(page, name).locator(".arrival-noted")).to_be_visible()
    row(page, name).locator("summary").click()
    found = []

    for path in (None, links.arrival_path(first), f"/moji-seminari/{event.pk}/"):
        if path is not None:
            page.goto(face + path)
        page.add_script_tag(path=AXE)
        for scheme, rules in IN_EACH_LIGHT:
            turned(page, scheme=scheme)
            result = page.evaluate("(rules) => axe.run({runOnly: rules})", rules)
            found += [(path, scheme, violation["id"]) for violation in result["violations"]]
            found += [(path, scheme, part) for part in page.evaluate(TOO_WIDE)]

    assert found == []
