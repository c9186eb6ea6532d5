"""The same ways in a browser that runs no scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from centar.events.models import Booking
from tests.factories.people import PASSWORD, PersonFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory
from tests.journeys import sight
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(another) -> Page:
    """A browser without JavaScript."""
    return another(java_script_enabled=False)


def test_a_teacher_finds_a_seminar_and_registers(plain: Page):
    ana = PersonFactory(user__email="ana@example.org", user__confirmed=True)
    seminar = SeminarFactory(
        programme__title="Огледи у настави", event__place="Рача", event__asks_birth=True
    )
    SeminarFactory(programme__title="Роботика", event__place="Кнић")

    plain.goto("/seminari/")
    plain.get_by_role("searchbox").fill("ogledi")
    plain.get_by_role("search").locator(".search button").click()
    expect(plain.locator("#results .entry-title")).to_have_text(["Огледи у настави"])
    plain.get_by_role("link", name="Огледи у настави").click()
    sight.link(plain, "Register").click()

    expect(plain).to_have_url(re.compile("/nalog/login/"))
    sight.field(plain, "E-mail").fill("ana@example.org")
    sight.field(plain, "Password").fill(PASSWORD)
    sight.button(plain, "Sign in").click()

    sight.field(plain, "Date of birth").fill("nekad")
    sight.field(plain, "Place of birth").fill("Рача")
    sight.button(plain, "Register").click()
    expect(plain.locator(".error-summary")).to_be_visible()
    expect(sight.field(plain, "Place of birth")).to_have_value("Рача")
    sight.field(plain, "Date of birth").fill("24.03.1981.")
    sight.button(plain, "Register").click()
    expect(sight.heading(plain, "You have a place")).to_be_visible()

    plain.locator("summary", has_text=serbian("I cannot come")).click()
    sight.button(plain, "Withdraw").click()
    expect(sight.heading(plain, "You have withdrawn")).to_be_visible()
    booking = Booking.objects.get(event=seminar.pk)
    assert (booking.person, booking.state) == (ana, Booking.State.WITHDRAWN)


def test_the_filters_and_pages_of_a_list(plain: Page):
    for number in range(22):
        SeminarFactory(programme__title=f"Семинар {number:02}", event__place="Рача")
    SeminarFactory(programme__title="Другде", event__place="Кнић")
    entries = plain.locator("#results .entry")

    plain.goto("/seminari/")
    plain.locator("summary", has_text=serbian("More filters")).click()
    sight.field(plain, "Place").select_option("Рача")
    sight.button(plain, "Show").click()
    expect(entries).to_have_count(20)
    plain.get_by_role("link", name=serbian("Next")).click()

    expect(entries).to_have_count(2)
    expect(plain).to_have_url(re.compile("page=2"))


def test_a_school_is_found_in_the_profile(another):
    ana = PersonFactory()
    SchoolFactory(name="ОШ „Свети Сава“", place="Баточина")
    page = another(user=ana.user, java_script_enabled=False)

    page.goto("/profil/")
    page.locator("#id_school_search").fill("sveti sava batocina")
    page.locator("button[name=find_school]").click()
    page.get_by_label(re.compile("Свети Сава")).check()
    sight.button(page, "Save the profile").click()

    expect(sight.said(page, "Your profile is saved.")).to_be_visible()
    ana.refresh_from_db()
    assert ana.school.name == "ОШ „Свети Сава“"


def test_the_menu_of_a_telephone_opens(another):
    page = another(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto("/")

    page.get_by_role("button", name=serbian("Menu")).click()
    sight.menu(page, "Programmes").click()

    expect(page).to_have_url(re.compile("/katalog/$"))
