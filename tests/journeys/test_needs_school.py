"""Two people of one school fill in the survey and send it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from needs_survey.models import RoundResponse, SchoolAnswer, SectionDraft
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import RULES, TOO_WIDE
from tests.needs_survey import scenes
from tests.needs_survey.scenes import Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def scene() -> Scene:
    return scenes.furnish(title="Потребе школа")


def type_numbers(page: Page, scene: Scene, total: str, *posts: str) -> None:
    page.wait_for_load_state()  # a hand is slower than the scripts
    for name, value in scene.numbers(total, *posts).items():
        page.locator(f"[name={name}]").fill(value)


def kept(page: Page) -> None:
    """The page says that the server has it."""
    expect(page.locator("#kept")).to_contain_text("Сачувано: ")


def found_by_axe(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    result = page.evaluate("(rules) => axe.run({runOnly: rules})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in result["violations"]]


def test_a_coordinator_and_a_colleague_fill_in_and_send(another, post, scene):
    coordinator = another(user=scene.user)

    # He finds the survey on his page and begins; what he types is kept without a button.
    coordinator.goto("/moja-strana/")
    coordinator.get_by_role("link", name="Одговорите у име школе").click()
    sight.link(coordinator, scene.staff.title).click()
    type_numbers(coordinator, scene, "9", "5", "3")
    kept(coordinator)

    # On another device everything is there.
    telephone = another(user=scene.user, viewport=PHONE)
    telephone.goto(scene.section_path(scene.staff))
    expect(telephone.locator(f"[name=q{scene.total.pk}]")).to_have_value("9")
    sight.button(telephone, "Save and go back").click()
    expect(telephone.get_by_role("status")).to_contain_text("Сачувано: Запослени.")

    # He shares the other section with a colleague, who has no account and opens it on a telephone.
    sight.link(telephone, "Share sections with colleagues").click()
    sight.field(telephone, "First and last name").fill("Ана Љубић")
    sight.field(telephone, "E-mail").fill("ana@example.org")
    telephone.get_by_label(scene.words.title).check()
    sight.button(telephone, "Send the link").click()
    (letter,) = post()
    assert letter.to == "ana@example.org"
    colleague = another(viewport=PHONE)
    colleague.goto(letter.link)
    expect(colleague.get_by_role("heading", name=scene.staff.title)).to_have_count(0)
    assert colleague.evaluate(TOO_WIDE) == []
    sight.link(colleague, scene.words.title).click()
    colleague.wait_for_load_state()
    colleague.locator("textarea").fill("Желимо више огледа.")
    kept(colleague)

    # Meanwhile the coordinator has the same section open, and is not allowed to overwrite it.
    coordinator.goto(scene.section_path(scene.words))
    colleague.locator("textarea").fill("Желимо много више огледа.")
    expect(colleague.locator("#kept")).to_contain_text("Ана Љубић")
    sight.button(colleague, "Save and go back").click()
    coordinator.locator("textarea").fill("Ништа нам не треба.")
    expect(coordinator.locator("#kept")).to_contain_text("Није сачувано")
    sight.button(coordinator, "Save and go back").click()
    expect(sight.heading(coordinator, "Two versions")).to_be_visible()
    coordinator.get_by_role("radio", name=re.compile("Ана Љубић")).check()
    sight.button(coordinator, "Save what I chose").click()
    expect(coordinator.get_by_text("Ана Љубић").first).to_be_visible()

    # The sum does not add up: it is corrected, and the answer is signed and sent.
    sight.link(coordinator, "Check, sign and send").click()
    expect(coordinator.get_by_role("checkbox", name="Збир је 8")).to_be_visible()
    sight.link(coordinator, scene.staff.title).click()
    type_numbers(coordinator, scene, "8")
    kept(coordinator)
    sight.button(coordinator, "Save and go back").click()
    sight.link(coordinator, "Check, sign and send").click()
    sight.field(coordinator, "Post").fill("педагог")
    sight.button(coordinator, "Sign and send").click()
    expect(sight.heading(coordinator, "The answer of the school")).to_be_visible()
    expect(coordinator.get_by_text("Желимо много више огледа.")).to_be_visible()
    assert RoundResponse.objects.get().school == scene.invitation.school
    (thanks,) = post()
    assert f"{scene.path}potvrda.pdf" in thanks.text


def test_confirmed_numbers_that_change_are_asked_about_again(another, scene):
    scene.fill(numbers=("9", "5", "3"))
    page = another(user=scene.user)
    page.goto(scene.section_path(scene.staff))
    box = page.get_by_role("checkbox", name="Бројеви су тачни")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        box.check()
    page.reload()
    expect(box).to_be_checked()

    type_numbers(page, scene, "9", "4")
    expect(box).to_have_count(0)
    sight.button(page, "Save and go back").click()
    expect(page.get_by_text("Збир је 7")).to_be_visible()
    sight.link(page, "Check, sign and send").click()

    expect(page.get_by_role("checkbox", name="Збир је 7")).not_to_be_checked()


def test_what_is_missing_takes_the_focus_and_leads_to_its_place(another, scene):
    page = another(user=scene.user)
    page.goto(f"{scene.path}provera/")

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile(re.escape(scene.text.text))).click()

    expect(page.locator("textarea")).to_have_attribute("aria-invalid", "true")
    assert page.url.endswith(f"#part_q{scene.text.pk}")


def test_a_lost_line_is_said_and_what_was_typed_is_saved_when_it_is_back(
    another, scene, complaints
):
    page = another(user=scene.user)
    page.goto(scene.section_path(scene.words))

    page.context.set_offline(True)
    page.locator("textarea").fill("Написано у возу.")
    expect(page.locator("#kept")).to_contain_text("Ово није сачувано")
    page.context.set_offline(False)

    kept(page)
    assert SectionDraft.objects.get().values == {f"q{scene.text.pk}": ["Написано у возу."]}
    # htmx tells the developer, too.
    heard, complaints.heard = complaints.heard, []
    assert ["htmx" in sentence for sentence in heard] == [True] * len(heard)


def test_without_javascript_every_button_saves(another, scene):
    page = another(user=scene.user, java_script_enabled=False, viewport=PHONE)
    page.goto(scene.path)

    sight.link(page, scene.staff.title).click()
    type_numbers(page, scene, "осам", "5", "3")
    sight.button(page, "Save and go back").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator(f"[name=q{scene.total.pk}]")).to_have_value("осам")
    type_numbers(page, scene, "8")
    sight.button(page, "Save and go back").click()
    sight.link(page, scene.words.title).click()
    page.locator("textarea").fill("Желимо.")
    sight.button(page, "Save and go back").click()
    sight.link(page, "Check, sign and send").click()
    sight.field(page, "Post").fill("педагог")
    sight.button(page, "Sign and send").click()

    expect(sight.said(page, "Thank you! The answer of your school is sent.")).to_be_visible()
    assert SchoolAnswer.objects.get().sent_at is not None


def test_signed_out_while_typing_nothing_on_the_page_is_lost(another, scene):
    page = another(user=scene.user)
    page.goto(scene.section_path(scene.words))
    page.context.clear_cookies(name="sessionid")

    page.locator("textarea").fill("Дуго писано.")

    expect(page.locator("#kept")).to_contain_text("више нисте пријављени")
    expect(page.locator("textarea")).to_have_value("Дуго писано.")


def test_axe_finds_nothing_where_something_is_to_be_decided(another, scene):
    """The check with something missing, with a warning, and the choice between two versions."""
    page = another(user=scene.user, bypass_csp=True, viewport=PHONE)
    found, wide = [], []

    page.goto(f"{scene.path}provera/")
    found += found_by_axe(page)
    scene.fill(numbers=("9", "5", "3"))
    page.goto(f"{scene.path}provera/")
    found += found_by_axe(page)
    page.goto(scene.section_path(scene.words))
    scene.keep(scene.words, scene.said("Друго."), name="Вера")
    page.locator("textarea").fill("Моје.")
    sight.button(page, "Save and go back").click()
    expect(sight.heading(page, "Two versions")).to_be_visible()
    found += found_by_axe(page)
    wide += page.evaluate(TOO_WIDE)
    sight.button(page, "Save what I chose").click()
    expect(page.locator(".invalid-feedback")).to_be_visible()
    found += found_by_axe(page)

    assert (found, wide) == ([], [])
