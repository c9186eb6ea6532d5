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

SCHEMES = ("light", "dark")
PHONE = {"width": 390, "height": 844}
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter((part) => part.getBoundingClientRect().right > width + 1)
        .map((part) => part.tagName + "." + part.className).slice(0, 5);
}"""


def paths(pages: dict[str, list[str]]) -> list[str]:
    return [path for several in pages.values() for path in several]


@pytest.fixture
def walks(another, furnished: scenery.Scenery) -> Any:
    """Opens browsers of a kind: one of somebody unknown, and one of the teacher."""

    def open_two(**options: Any) -> list[tuple[Page, list[str]]]:
        public, own = paths(furnished.public_pages()), paths(furnished.own_pages())
        return [
            (another(**options), public),
            (another(user=furnished.login, **options), own),
        ]

    return open_two


def visits(walk: list[tuple[Page, list[str]]], face: faces.Face) -> Iterator[tuple[str, Page]]:
    """Each page in this face, opened."""
    for page, several in walk:
        for path in several:
            page.goto(faces.address(path, face), wait_until="load")
            yield faces.address(path, face), page


@pytest.mark.parametrize("face", faces.ALL, ids=lambda face: face.code)
def test_no_page_scrolls_sideways_on_a_telephone(walks, face):
    wide = []
    for path, page in visits(walks(viewport=PHONE), face):
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            wide += [f"{path} ({scheme}): {part}" for part in page.evaluate(TOO_WIDE)]

    assert wide == []


@pytest.mark.parametrize("face", [faces.CYRILLIC, faces.LATIN], ids=lambda face: face.code)
def test_axe_finds_nothing(walks, face):
    """The policy of the pages lets no stranger's script in; only axe's own visit is let past it."""
    found = []
    for path, page in visits(walks(bypass_csp=True), face):
        page.add_script_tag(path=AXE)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate("axe.run({resultTypes: ['violations']})")
            found += [
                f"{path} ({scheme}): {violation['id']}: {node['html'][:160]}"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]

    assert not found, "\n".join(found)


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
