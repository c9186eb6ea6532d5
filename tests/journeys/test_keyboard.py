"""Without a mouse: every step by Tab and Enter, and always in sight where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from centar.events.models import Booking
from tests.factories.people import PASSWORD
from tests.journeys import sight
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# What the keyboard is on: its words, whether one sees that, and whether it is in the window.
FOCUSED = """async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const here = document.activeElement;
    const box = here.getBoundingClientRect();
    const ringed = (look) => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    // The ring may lie around the whole card of a link, or around a field with its button.
    const rings = [
        getComputedStyle(here),
        getComputedStyle(here, "::after"),
        getComputedStyle(here.parentElement),
    ];
    return {
        tag: here.tagName,
        id: here.id,
        href: here.getAttribute("href") || "",
        words: (here.labels?.[0]?.innerText || here.innerText || here.value || "").trim(),
        seen: rings.some(ringed),
        inside: box.width > 0 && box.bottom > 0 && box.top < window.innerHeight,
    };
}"""
FAR = 80
"""More steps than that to anything is too far."""


def press(page: Page, key: str = "Tab") -> dict:
    """Press a key and look where one is; it must be in sight."""
    page.keyboard.press(key)
    return page.evaluate(FOCUSED)


def walk(page: Page, *, to: str = "", href: str = "") -> None:
    """Tab until the keyboard is on the thing with these words, or on the link to there."""
    for _ in range(FAR):
        here = press(page)
        assert here["tag"] != "BODY" or not to, f"walked past the end of the page looking for {to}"
        assert here["seen"], f"nobody sees that the keyboard is on {here}"
        assert here["inside"], f"the keyboard is outside the window on {here}"
        words = here["words"].split("\n")[0].rstrip("*: ")
        if (to and words == to) or (href and here["href"] == href):
            return
    raise AssertionError(f"{to or href} cannot be reached")


def test_from_the_first_page_to_a_place(visitor: Page, furnished):
    seminar = furnished.plain
    visitor.goto("/")

    # The first thing is the way past the menu.
    first = press(visitor)
    assert (first["words"], first["inside"]) == (serbian("Skip to the content"), True)
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "main"

    walk(visitor, href=f"/seminari/{seminar.pk}/")
    visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(re.compile(f"/seminari/{seminar.pk}/$"))
    walk(visitor, to=serbian("Register"))
    visitor.keyboard.press("Enter")

    # Whoever is not signed in signs in, and is back where the way led.
    expect(visitor).to_have_url(re.compile("/nalog/login/"))
    walk(visitor, to=serbian("E-mail"))
    visitor.keyboard.type(furnished.login.email)
    walk(visitor, to=serbian("Password"))
    visitor.keyboard.type(PASSWORD)
    visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(re.compile(f"/dogadjaji/{seminar.pk}/prijava/$"))

    # A mistake: the summary takes the keyboard and leads to the field.
    walk(visitor, to=serbian("Date of birth"))
    visitor.keyboard.type("jutros")
    visitor.keyboard.press("Enter")
    summary = visitor.locator(".error-summary")
    expect(summary).to_be_focused()
    walk(visitor, to=serbian("Date of birth"))
    assert visitor.evaluate("document.activeElement.tagName") == "A"
    visitor.keyboard.press("Enter")
    expect(visitor.locator("#id_birth_date")).to_be_focused()
    expect(visitor.locator("#id_birth_date")).to_have_value("jutros")

    visitor.keyboard.press("Control+A")
    visitor.keyboard.type("24.3.1981.")
    walk(visitor, to=serbian("Place of birth"))
    visitor.keyboard.type("Рача")
    walk(visitor, to=serbian("Register"))
    visitor.keyboard.press("Enter")

    expect(sight.heading(visitor, "You have a place")).to_be_visible()
    booking = Booking.objects.get(event=seminar.pk, person=furnished.teacher)
    assert booking.state == Booking.State.PLACED


def test_the_menus_open_and_close_by_the_keyboard(another, furnished):
    page = another(user=furnished.login)
    page.goto("/")
    menu = page.locator("details[data-menu]")

    walk(page, to=serbian("Account"))
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    walk(page, to=serbian("Profile"))
    page.keyboard.press("Escape")

    expect(menu).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_menu_of_a_telephone_opens_and_closes_by_the_keyboard(another, furnished):
    page = another(viewport={"width": 390, "height": 800})
    page.goto("/")

    walk(page, to=serbian("Menu"))
    page.keyboard.press("Enter")
    expect(sight.menu(page, "Seminars")).to_be_visible()
    walk(page, to=serbian("Programmes"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/katalog/$"))
    expect(sight.menu(page, "Seminars")).to_be_hidden()


def test_the_dark_theme_is_chosen_and_remembered(visitor: Page, furnished):
    visitor.goto("/")
    switch = visitor.locator("[data-theme-switch]")
    looks = [visitor.locator("html").get_attribute("data-bs-theme")]

    switch.focus()
    visitor.keyboard.press("Enter")
    looks.append(visitor.locator("html").get_attribute("data-bs-theme"))
    visitor.goto("/seminari/")
    looks.append(visitor.locator("html").get_attribute("data-bs-theme"))

    assert looks == ["light", "dark", "dark"]
    expect(switch).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("path", ["/", "/seminari/", "/nalog/signup/", "/kako-radi/"])
def test_one_always_sees_where_one_is(visitor: Page, furnished, path):
    """The whole page, to its end: every stop in sight, none twice, none a trap."""
    visitor.goto(path)
    stops = []
    for _ in range(FAR * 2):
        here = press(visitor)
        if here["tag"] == "BODY":
            break
        assert here["seen"], f"nobody sees that the keyboard is on {here}"
        assert here["inside"], f"the keyboard is outside the window on {here}"
        stops.append((here["tag"], here["id"], here["href"], here["words"]))

    assert len(stops) > 10
    assert here["tag"] == "BODY", "there is no end to this page"
