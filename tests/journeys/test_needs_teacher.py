"""A teacher answers anonymously: begun from the letter, gone on with elsewhere by the code."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from centar.questionnaires.models import Response
from needs_survey.models import Ballot, TeacherDraft, TeacherInvitation
from needs_survey.operations import teachers as operations
from needs_survey.operations import urn
from tests.attacks import joining
from tests.factories.needs_survey import SURVEYS
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.schools import SchoolFactory
from tests.factories.teachers import TeacherInvitationFactory, answer, path, teachers_round
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def choose(page: Page, question: str, grade: str) -> None:
    """Put a grade on the scale of this question."""
    page.get_by_role("group", name=question).get_by_label(grade, exact=True).check()


@pytest.fixture
def scene():
    """A round with two parts, in which four teachers of a school have answered."""
    survey, questions = teachers_round(sections=2, title="Шта вам треба за рад")
    school = SchoolFactory()
    for _number in range(4):
        invitation = TeacherInvitationFactory(round=survey, school=school)
        answer(invitation, {f"q{one.pk}": "3" for one in questions if one.required})
    teacher = PersonFactory(school=school)
    operations.invite(round_id=survey.pk, by=StaffFactory(permissions=SURVEYS))
    return survey, teacher


def test_begun_in_one_browser_and_sent_from_another(another, post, scene, monkeypatch):
    survey, teacher = scene
    monkeypatch.setattr("centar.outbox.models.LetterQuerySet.due", _whatever_the_hour)
    (letter,) = [one for one in post() if one.to == teacher.email]

    # On the school's computer, where she is signed in: the page does not know her.
    school = another(user=teacher.user)
    school.goto(letter.link)
    expect(sight.heading(school, "What we promise")).to_be_visible()
    expect(school.get_by_text(teacher.email)).to_have_count(0)
    sight.button(school, "Begin").click()
    choose(school, "Колико 0?", "4")
    school.get_by_label("Зашто 0?").fill("Дужи одмор.")
    code = school.locator(".draft-code").inner_text()
    link = school.locator(".text-break").inner_text()
    sight.button(school, "Save and go on").click()
    expect(sight.heading(school, "Део 2")).to_be_visible()
    school.goto(letter.link)
    sight.button(school, "Forget the code on this computer").click()
    expect(sight.button(school, "Begin")).to_be_visible()

    # On the telephone, by the code as it was written down.
    phone = another(viewport=PHONE)
    phone.goto(letter.link)
    sight.field(phone, "Code of your draft").fill(code.lower())
    sight.button(phone, "Go on with this code").click()
    expect(phone.get_by_label("Зашто 0?")).to_have_value("Дужи одмор.")

    # The link with the code fills it in by itself, and the address forgets it.
    third = another()
    third.goto(link)
    expect(sight.field(third, "Code of your draft")).to_have_value(code)
    assert "#" not in third.url

    # Sent too early, the page says what is missing and leads there.
    sight.button(phone, "Save and go to the end").click()
    expect(sight.heading(phone, "This is still missing")).to_be_visible()
    phone.get_by_role("main").get_by_role("link", name="Колико 1?").click()
    choose(phone, "Колико 1?", "5")
    sight.button(phone, "Save and look it over").click()
    sight.button(phone, "Send, without my name").click()
    expect(sight.heading(phone, "Your answer is here. Thank you!")).to_be_visible()

    # Of the draft nothing is left, and nobody answers twice.
    assert (TeacherDraft.objects.count(), Ballot.objects.count()) == (0, 5)
    assert TeacherInvitation.objects.filter(email=teacher.email, is_used=True).exists()
    school.goto(letter.link)
    expect(sight.heading(school, "Your answer is here. Thank you!")).to_be_visible()
    assert {cookie["name"] for cookie in phone.context.cookies()} & {"nacrt-cyr"} == set()

    # When the round is over the answer is among the others.
    joining.end(survey)
    urn.empty(round_id=survey.pk)
    assert (Ballot.objects.count(), Response.objects.count()) == (0, 5)


def _whatever_the_hour(letters, now):
    """Letters that wait for the morning, at once."""
    return letters.filter(state__in=("queued", "sending"))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_fit_and_axe_finds_nothing(another, scene, width):
    survey, _teacher = scene
    link = path(TeacherInvitationFactory(round=survey))
    used = path(TeacherInvitationFactory(round=survey, is_used=True))
    page = another(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(link)
    found = _wrong(page)
    sight.button(page, "Begin, all on one page").click()
    found += _wrong(page)
    for address in (f"{link}1/", f"{link}slanje/", link, used, "/anketa/nastavnik/"):
        page.goto(address)
        found += _wrong(page)

    assert found == []


def _wrong(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    result = page.evaluate("() => axe.run()")
    found = [f"{page.url}: {one['id']}: {one['nodes'][0]['html']}" for one in result["violations"]]
    return found + ([f"{page.url} is wide"] if page.evaluate(WIDE) else [])


@pytest.mark.usefixtures("scene")
def test_the_staff_invite_and_print_slips(another):
    may = StaffFactory(permissions=[*SURVEYS, "needs_survey.view_teacherinvitation"])
    desk = another(user=may)
    PersonFactory(school=SchoolFactory())
    desk.goto("/admin/needs_survey/teacherinvitation/")
    desk.get_by_role("link", name=serbian("Invite teachers")).click()
    desk.get_by_role("button", name=serbian("Invite them by letter")).click()
    expect(desk.get_by_text("Позван је 1 наставник.")).to_be_visible()

    desk.get_by_role("link", name=serbian("Slips for a school")).click()
    desk.get_by_label(serbian("School")).select_option(index=1)
    desk.get_by_label(serbian("How many")).fill("12")
    desk.locator("input[type=submit]").click()
    expect(desk.get_by_role("link", name=serbian("Those that are not used"))).to_be_visible()
