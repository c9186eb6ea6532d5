"""A file field in the words of its page, by hand, by keyboard and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.factories import files
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_keyboard import walk
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAPER = {"name": "Уверење из Јагодине.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}


def test_the_field_says_what_is_chosen_in_the_words_of_its_page(another):
    user = PersonFactory(school=SchoolFactory()).user
    page = another(user=user, locale="en-US", bypass_csp=True)
    page.goto("/moji-bodovi/dokaz/")
    drawn = page.locator(".file-choice-drawn")

    expect(drawn).to_have_text(f"{serbian('Choose a file')} {serbian('No file is chosen yet.')}")
    with page.expect_file_chooser() as chooser:
        page.locator(".file-choice .btn").click(force=True)
    chooser.value.set_files([PAPER])

    expect(page.locator(".file-choice-name")).to_have_text("Уверење из Јагодине.pdf")
    expect(sight.field(page, "File that proves it")).to_have_attribute(
        "title", "Уверење из Јагодине.pdf"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate("async () => (await axe.run('.file-choice')).violations") == []


def test_the_keyboard_opens_the_choice(another):
    page = another(user=PersonFactory(school=SchoolFactory()).user)
    page.goto("/moji-bodovi/dokaz/")

    walk(page, to=serbian("File that proves it"))
    field = sight.field(page, "File that proves it")
    expect(field).to_be_focused()
    with page.expect_file_chooser():
        field.press("Space")


def test_without_scripts_the_browsers_own_control_is_there(another):
    page = another(user=PersonFactory(school=SchoolFactory()).user, java_script_enabled=False)
    page.goto("/moji-bodovi/dokaz/")
    field = sight.field(page, "File that proves it")

    expect(page.locator(".file-choice-drawn")).to_be_hidden()
    expect(field).to_have_css("opacity", "1")
    field.set_input_files(PAPER)
    assert field.input_value().endswith("Јагодине.pdf")
