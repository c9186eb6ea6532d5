"""The staff turn what schools asked for into three draft seminars, and see what came of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from centar.events.models import Event
from centar.people.models import User
from centar.schools.models import School
from tests.factories.people import CoordinationFactory, UserFactory
from tests.factories.plans import PlanFactory, asks
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.trainings import ProgrammeFactory
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import RULES
from tests.office import colleague, serbian
from trainings.models import Seminar

PASTED = """Презиме\tИме\tЕ-пошта\tДатум рођења\tМесто рођења
Ђурић\tАна\tana@example.org\t24.3.1985.\tРача
Лазић\tЈован\tjovan@example.org\t1.2.1990.\tТопола"""

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(transactional_db, clock):
    """Four programmes that schools of two municipalities want, one of them too few teachers."""
    made = PlanFactory(title="Пролећни план", round__title="Потребе школа")
    knic, raca = (MunicipalityFactory(name=name) for name in ("Кнић", "Рача"))
    physics, reading, drawing, rare = (
        ProgrammeFactory(title=title, competences=["К1"])
        for title in ("Огледи из физике", "Читање са разумевањем", "Цртање", "Ретка тема")
    )
    asks(made.round, {physics: 18, reading: 9}, SchoolFactory(municipality=knic))
    school = SchoolFactory(municipality=raca, name="ОШ „Рача“")
    hosts = [("domacin", "da"), ("vreme", "poslepodne")]
    asks(made.round, {physics: 7, reading: 12, drawing: 16, rare: 3}, school, ways=hosts)
    CoordinationFactory(school=school, person__user=UserFactory(email="koordinator@example.org"))
    return made


def operation(page: Page, label: str) -> None:
    """Press the button of an operation, and confirm on its page."""
    page.locator(".object-tools").get_by_role("link", name=serbian(label), exact=True).click()
    page.locator(f"input[type=submit][value='{serbian(label)}']").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_from_demand_to_three_drafts_and_what_came_of_them(another, post, clock, plan):
    desk = another(user=colleague(), bypass_csp=True)
    desk.goto(f"/admin/needs_survey/plan/{plan.pk}/change/")

    # They read what was asked for, narrowed to one municipality ...
    desk.get_by_role("link", name=serbian("What was asked for")).click()
    expect(desk.get_by_role("row", name=re.compile("Огледи из физике"))).to_contain_text("25")
    no_complaint(desk)
    desk.locator("summary", has_text=serbian("More filters")).click()
    sight.field(desk, "Municipality").select_option("Рача")
    sight.button(desk, "Show").click()
    expect(desk.get_by_role("row", name=re.compile("Огледи из физике"))).to_contain_text("7")

    # ... compute a proposal, and read every score.
    desk.goto(f"/admin/needs_survey/plan/{plan.pk}/change/")
    operation(desk, "Compute the proposal")
    desk.get_by_role("link", name=serbian("The plan to read and print")).click()
    rows = desk.locator("section[aria-labelledby=rows] > .table-frame > table > tbody > tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Кнић")
    drawing = rows.filter(has_text="Цртање")
    drawing.locator("summary").click()
    for words in ("тамо је понуђен простор", "време је по жељи школа за 16 наставника"):
        expect(drawing.get_by_text(words)).to_be_visible()
    expect(sight.heading(desk, "In no group")).to_be_visible()
    expect(desk.get_by_text("Ретка тема")).to_be_visible()
    no_complaint(desk)

    # One row is changed by hand; computing anew leaves it so.
    drawing.get_by_text(serbian("Change by hand")).click()
    desk.locator("#id_people").fill("40")
    desk.locator("input[name=_save]").click()
    expect(desk.locator(".errorlist")).to_contain_text("од 15 до 30")
    desk.locator("#id_people").fill("20")
    desk.locator("input[name=_save]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto(f"/admin/needs_survey/plan/{plan.pk}/change/")
    operation(desk, "Compute the proposal")

    # Three drafts are made, nobody sees them yet, and the plan leads to them.
    operation(desk, "Create the seminars")
    assert list(Seminar.objects.values_list("event__state", flat=True)) == [Event.State.DRAFT] * 3
    assert set(plan.seminars.values_list("people", flat=True)) == {25, 21, 20}
    assert post() == []
    desk.get_by_role("link", name=serbian("The plan to read and print")).click()
    expect(desk.locator(".tag-good")).to_have_count(3)

    # Published, it is the schools that asked who hear of it first and can apply.
    seminar = Seminar.objects.get(event__title="Цртање")
    assert (seminar.event.place, seminar.event.address) == (
        "Рача",
        str(School.objects.get(name="ОШ „Рача“")),
    )
    desk.goto(f"/admin/trainings/seminarevent/{seminar.pk}/change/")
    operation(desk, "Publish")
    [letter] = post()
    assert letter.to == "koordinator@example.org"
    public = another()
    public.goto(f"/seminari/{seminar.pk}/")
    opens = serbian("Registration opens on %(when)s.").partition("%")[0]
    expect(public.get_by_text(opens)).to_be_visible()
    school = another(user=User.objects.get(email="koordinator@example.org"))
    school.goto(f"/seminari/{seminar.pk}/")
    expect(sight.link(school, "Apply for several colleagues")).to_be_visible()
    school.goto(letter.link)
    two_colleagues_are_applied_for(school)

    # One of them comes, and the staff see what was asked for against what was held.
    clock.move_to(seminar.event.starts_at)
    desk = another(user=colleague(), bypass_csp=True)
    desk.goto(f"/dogadjaji/{seminar.pk}/prisustvo/")
    present = desk.locator(".arrival", has_text="Ђурић Ана")
    present.get_by_role("button", name=serbian("Is here")).click()
    expect(desk.locator("#count")).to_have_text("Присутно: 1 од 2")
    clock.move_to(seminar.event.ends_at + timedelta(hours=1))
    desk.goto(f"/potrebe/traznja/{plan.round.pk}/")
    sight.link(desk, "Asked for and held").click()
    by_programme, by_school = desk.locator("main table").all()
    drawn = by_programme.get_by_role("row", name=re.compile("Цртање"))
    expect(drawn.get_by_role("cell")).to_have_text(["1", "16", "1", "0"])
    drawn.locator("summary").click()
    expect(drawn.get_by_text("тражила за 16, дошло 1")).to_be_visible()
    of_school = by_school.get_by_role("row", name=re.compile("ОШ „Рача“"))
    expect(of_school.get_by_role("cell")).to_have_text(["Рача", "38", "1", "0"])
    no_complaint(desk)


def two_colleagues_are_applied_for(page: Page) -> None:
    """While nobody else can register yet."""
    page.locator("textarea[name=pasted]").fill(PASTED)
    sight.button(page, "To the preview").last.click()
    page.locator("#id_policy_together").check()
    page.locator("#id_payer_school").check()
    sight.button(page, "Send the application").click()
    expect(page.get_by_text(serbian("has a place"), exact=True)).to_have_count(2)


def no_complaint(page: Page) -> None:
    """Axe finds nothing on the page."""
    page.add_script_tag(path=AXE)
    result = page.evaluate("(rules) => axe.run({runOnly: rules})", RULES)
    found = [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
    assert found == []
