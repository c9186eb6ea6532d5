"""Every page, seen by a browser: no complaint, no sideways scrolling, nothing that axe finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from centar.script import faces
from tests import scenery
from tests.factories.people import AdministratorFactory
from tests.journeys.conftest import AXE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The page of the night is the same page in other colours.
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
IN_EACH_LIGHT = (("light", RULES), ("dark", RULES_OF_COLOUR))
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# A click may have brought a page whose first words are still on their way.
TOO_WIDE = """async () => {
    if (document.readyState !== "complete")
        await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter((part) => part.getBoundingClientRect().right > width + 1)
        .map((part) => part.tagName + "." + part.className).slice(0, 5);
}"""

# Colours change by the shortest of transitions, but not at once.
SETTLED = """async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await Promise.all(document.getAnimations().map((change) => change.finished.catch(() => 0)));
}"""
VIOLATIONS = """async (rules) => {
    const found = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
    return found.violations.flatMap((one) =>
        one.nodes.map((node) => one.id + ": " + node.html.slice(0, 160)));
}"""


def paths(pages: dict[str, list[str]], face: faces.Face) -> Iterator[tuple[str, bool]]:
    """Every page, and whether it is the first of its cases; the Cyrillic face has all of them."""
    cases = None if face is faces.CYRILLIC else 1
    for several in pages.values():
        for number, path in enumerate(several[:cases]):
            yield faces.address(path, face), number == 0


@pytest.fixture
def visits(another, furnished: scenery.Scenery) -> Any:
    """Opens every page of a face, those of the teacher in her browser."""

    def visit(face: faces.Face, **options: Any) -> Iterator[tuple[str, Page, bool]]:
        stranger, teacher = another(**options), another(user=furnished.login, **options)
        for page, pages in (
            (stranger, furnished.public_pages()),
            (teacher, furnished.own_pages()),
        ):
            for path, is_first in paths(pages, face):
                page.goto(path)
                yield path, page, is_first

    return visit


def turned(page: Page, *, scheme: str = "light", viewport: dict[str, int] | None = None) -> Page:
    """The page by day or by night, wide or narrow, once it has settled."""
    page.emulate_media(color_scheme=scheme)
    page.locator(f"html[data-bs-theme={scheme}]").wait_for()
    if viewport is not None:
        page.set_viewport_size(viewport)
    page.evaluate(SETTLED)
    return page


def test_axe_finds_nothing_and_no_page_scrolls_sideways_on_a_telephone(visits):
    """One visit of each page does for both: it is turned to the night and made narrow in place.

    By night only the first case of a page is looked at: the others have the same colours.
    """
    axe, found = AXE.read_text(encoding="utf-8"), []
    for path, page, is_first in visits(faces.CYRILLIC):
        # Given to the page by the browser itself, so that the policy need not let it in.
        page.evaluate(axe)
        said = turned(page, viewport=DESK).evaluate(VIOLATIONS, RULES)
        if is_first:
            said += turned(page, scheme="dark").evaluate(VIOLATIONS, RULES_OF_COLOUR)
        page.set_viewport_size(PHONE)
        page.evaluate(SETTLED)
        said += page.evaluate(TOO_WIDE)
        found += [f"{path}: {one}" for one in said]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("face", [faces.LATIN, faces.ENGLISH], ids=lambda face: face.code)
def test_in_other_letters_and_words_no_page_scrolls_sideways_either(visits, face):
    wide = []
    for path, page, _is_first in visits(face, viewport=PHONE):
        wide += [f"{path}: {part}" for part in page.evaluate(TOO_WIDE)]

    assert wide == []


def test_the_back_office_gives_the_browser_nothing_to_complain_of(another, furnished):
    """Lists, forms and operations under the strict policy, with all their scripts running."""
    page = another(user=AdministratorFactory())
    plain, waiting = furnished.plain.pk, furnished.waiting.pk
    page.goto("/admin/")
    lists = page.locator("#content .model-group a, #content-main th a").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    assert len(lists) > 10
    forms = (
        f"/admin/trainings/seminarevent/{plain}/change/",
        "/admin/trainings/seminarevent/add/",
        f"/admin/trainings/seminarevent/{plain}/radnja/otkazivanje/",
        f"/admin/trainings/programme/{furnished.plain.programme_id}/change/",
        "/admin/trainings/programme/import/",
        "/admin/trainings/programme/export/",
        f"/admin/events/booking/{waiting}/change/",
        "/admin/events/booking/add/",
        f"/admin/events/booking/{waiting}/radnja/red/",
        f"/admin/events/booking/{waiting}/radnja/premestaj/",
        f"/admin/people/person/{furnished.teacher.pk}/change/",
        f"/admin/people/user/{furnished.login.pk}/change/",
        "/admin/password_change/",
    )

    answers = {path: page.goto(path).status for path in (*lists, *forms)}

    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_the_browser_refuses_a_strange_script_and_says_so(visitor: Page, complaints, furnished):
    """That nothing was heard on all these pages means something only if something would be."""
    visitor.goto("/")
    strange = """() => {
        const script = document.createElement("script");
        script.textContent = "window.strange = true";
        document.body.append(script);
        document.body.setAttribute("style", "color: red");
        return window.strange === undefined;
    }"""

    assert visitor.evaluate(strange)
    heard, complaints.heard = complaints.heard, []
    assert [("Content Security Policy" in sentence) for sentence in heard] == [True, True]
