"""The results of a survey in the browser of somebody from the staff."""

from __future__ import annotations

import pytest

from tests import summary_scenery
from tests.factories.needs_survey import SURVEYS
from tests.factories.people import StaffFactory
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import IN_EACH_LIGHT, PHONE, TOO_WIDE, turned

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def own():
    return summary_scenery.furnish()


def test_axe_finds_nothing_on_the_results_the_rates_and_the_map(another, own):
    page = another(user=StaffFactory(permissions=SURVEYS), bypass_csp=True)
    found = []
    for path in summary_scenery.staff_pages(own):
        page.goto(path)
        page.add_script_tag(path=AXE)
        for scheme, rules in IN_EACH_LIGHT:
            turned(page, scheme=scheme)
            result = page.evaluate("(rules) => axe.run({runOnly: rules})", rules)
            found += [
                f"{path} ({scheme}): {violation['id']}: {node['html'][:160]}"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]

    assert not found, "\n".join(found)


def test_no_page_of_results_scrolls_sideways_on_a_telephone(another, own):
    page = another(user=StaffFactory(permissions=SURVEYS), viewport=PHONE)
    wide = []
    for path in summary_scenery.staff_pages(own):
        page.goto(path)
        wide += [f"{path}: {part}" for part in page.evaluate(TOO_WIDE)]

    assert wide == []


def test_results_are_narrowed_published_and_read_by_everybody(another, own):
    staff, stranger, round = another(user=StaffFactory(permissions=SURVEYS)), another(), own.round
    place = round.responses.first().municipality
    staff.goto(f"/potrebe/rezultati/{round.pk}/")
    staff.get_by_label("Општина").select_option(place.name)
    staff.get_by_role("button", name="Прикажи").click()
    assert f"opstina={place.pk}" in staff.url

    staff.get_by_role("link", name="Сажетак").click()
    staff.get_by_label("шта смо урадили").fill("Купили смо микроскопе.")
    staff.get_by_role("button", name="Обнови сажетак").click()
    staff.get_by_text("Сажетак је објављен.").first.wait_for()

    stranger.goto("/potrebe/")
    stranger.get_by_role("link", name=round.title, exact=True).click()
    stranger.get_by_text("Купили смо микроскопе.").wait_for()
