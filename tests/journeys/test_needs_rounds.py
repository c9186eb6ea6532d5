"""The staff remind the schools that are silent, and copy the round for the next year."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from needs_survey.models import Round
from tests import office
from tests.factories.needs_survey import InvitationFactory, answer_of_school
from tests.factories.people import CoordinationFactory
from tests.journeys import desk, sight
from tests.journeys.test_every_page import TOO_WIDE
from tests.needs_survey import scenes
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_silent_schools_are_reminded_and_the_round_is_copied(another, post):
    survey = scenes.furnish(title="Потребе 2026/27").invitation.round
    chosen, other, sent = (
        InvitationFactory(round=survey, school=CoordinationFactory(school__name=name).school)
        for name in ("ОШ „Прва“", "ОШ „Друга“", "ОШ „Трећа“")
    )
    answer_of_school(sent)
    InvitationFactory(round=survey)
    page = another(user=office.colleague(), viewport={"width": 390, "height": 844})

    # From who is missing to the reminder; two of the schools are left out.
    page.goto(f"/potrebe/rezultati/{survey.pk}/odziv/")
    sight.link(page, "Remind them").click()
    expect(page.get_by_role("heading", name="3 школе могу одмах да се подсете")).to_be_visible()
    expect(page.get_by_text("највише 2 пута")).to_be_visible()
    expect(page.get_by_text("Нема потврђеног координатора")).to_have_count(1)
    assert page.evaluate(TOO_WIDE) == []
    for name in ("ОШ „Нова“", "ОШ „Друга“"):
        page.get_by_label(name).uncheck()
    page.get_by_role("button", name=serbian("Remind the chosen schools")).click()
    expect(desk.succeeded(page)).to_have_text("Подсетник је послат 1 школи.")
    (letter,) = post()
    assert chosen.school.name in letter.text

    # Whoever was reminded today is not reminded again.
    sight.link(page, "Remind now").click()
    expect(page.get_by_text(serbian("It was reminded today."))).to_be_visible()
    expect(page.get_by_label(str(other.school))).to_be_checked()

    page.goto(f"/admin/needs_survey/round/{survey.pk}/change/")
    page.get_by_role("link", name=serbian("Copy for the next year")).click()
    page.locator("a[id^=calendarlink]").first.click()
    expect(page.locator(".calendarbox").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Позовите истих 5 школа").check()
    page.get_by_role("button", name=serbian("Copy for the next year")).click()
    expect(page.get_by_text("позвано 5, започело 0, послало 0")).to_be_visible()
    copy = Round.objects.get(compared_with=survey)
    assert (copy.title, copy.opened_at, post()) == ("Потребе 2027/28", None, [])
