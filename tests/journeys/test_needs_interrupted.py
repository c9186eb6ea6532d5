"""What a school fills in outlives a lost line, an ended sign-in, the last day and the catalogue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from centar.questionnaires.models import Answer, Question, Response
from needs_survey.models import Round, SchoolAnswer, SectionDraft
from needs_survey.sources import PROGRAMMES
from tests.factories.people import PASSWORD
from tests.factories.questionnaires import QuestionFactory
from tests.factories.trainings import ProgrammeFactory
from tests.journeys import sight
from tests.journeys.conftest import enter
from tests.needs_survey import scenes
from tests.needs_survey.scenes import Scene
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

AGAIN = "What you had typed is here again. It has not been sent yet."


@pytest.fixture
def scene() -> Scene:
    return scenes.furnish(title="Потребе школа")


def write(page: Page, words: str) -> None:
    page.wait_for_load_state()  # a hand is slower than the scripts
    page.locator("textarea").fill(words)


def sign_in(page: Page, scene: Scene) -> None:
    sight.field(page, "E-mail").fill(scene.user.email)
    sight.field(page, "Password").fill(PASSWORD)
    sight.button(page, "Sign in").click()


def kept(scene: Scene) -> list[str]:
    return SectionDraft.objects.get(section=scene.words).values[f"q{scene.text.pk}"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_whoever_was_signed_out_signs_in_and_goes_on(another, scene, scripts):
    page = another(user=scene.user, java_script_enabled=scripts)
    page.goto(scene.section_path(scene.words))
    page.context.clear_cookies(name="sessionid")
    write(page, "Дуго писано.")

    sight.button(page, "Save and go back").click()
    sign_in(page, scene)

    expect(sight.said(page, AGAIN)).to_be_visible()
    expect(page.locator("textarea")).to_have_value("Дуго писано.")
    sight.button(page, "Save and go back").click()
    expect(sight.heading(page, "Sections")).to_be_visible()
    assert kept(scene) == ["Дуго писано."]


def test_whoever_signs_in_in_another_window_loses_nothing_of_the_first(another, scene, complaints):
    scene.fill()
    page = another(user=scene.user)
    page.goto(scene.section_path(scene.words))
    other = page.context.new_page()
    page.context.clear_cookies(name="sessionid")
    other.goto(scene.path)
    sign_in(other, scene)
    expect(sight.heading(other, "Sections")).to_be_visible()

    # The old page is of the old sign-in: it says so, and stays whole.
    write(page, "Из првог прозора.")
    expect(page.locator("#kept")).to_contain_text("Ово није сачувано")
    expect(page.locator("form[data-autosave]")).to_have_count(1)
    sight.button(page, "Save and go back").click()
    expect(sight.said(page, AGAIN)).to_be_visible()
    sight.button(page, "Save and go back").click()

    expect(sight.heading(page, "Sections")).to_be_visible()
    assert kept(scene) == ["Из првог прозора."]


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_after_signing_in(another, scene):
    page = another(user=scene.user)
    page.goto(scene.section_path(scene.words))
    page.context.clear_cookies(name="sessionid")
    write(page, "Моје.")
    scene.keep(scene.words, scene.said("Туђе."), name="Вера")

    sight.button(page, "Save and go back").click()
    sign_in(page, scene)
    sight.button(page, "Save and go back").click()

    # Signed out once more before the choice: both versions are there again.
    expect(sight.heading(page, "Two versions")).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    page.locator("input[value=mine]").check()
    sight.button(page, "Save what I chose").click()
    sign_in(page, scene)
    expect(sight.heading(page, "Two versions")).to_be_visible()
    expect(page.locator("input[value=mine]")).to_be_checked()
    assert kept(scene) == ["Туђе."]
    sight.button(page, "Save what I chose").click()
    expect(sight.heading(page, "Sections")).to_be_visible()
    assert kept(scene) == ["Моје."]


def test_a_line_lost_before_the_answer_is_sent(another, scene):
    scene.fill()
    page = another(user=scene.user)
    page.goto(f"{scene.path}provera/")
    sight.field(page, "Post").fill("педагог")
    page.context.set_offline(True)
    sight.button(page, "Sign and send").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    assert Response.objects.count() == 0

    page.goto(f"{scene.path}provera/")
    sight.field(page, "Post").fill("педагог")
    sight.button(page, "Sign and send").click()

    expect(sight.heading(page, "The answer of the school")).to_be_visible()
    assert Response.objects.count() == 1


def test_a_line_lost_after_the_answer_is_sent(another, scene, post):
    """The server has it, and nobody was told: sent again, it is not sent twice."""
    scene.fill()
    page = another(user=scene.user)
    page.goto(f"{scene.path}provera/")
    sight.field(page, "Post").fill("педагог")

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    form = page.locator("form", has=page.locator("[name=seen]"))
    typed: dict[str, Any] = form.evaluate("form => Object.fromEntries(new FormData(form))")
    page.route(f"**{scene.path}provera/", lose)
    sight.button(page, "Sign and send").click()
    page.wait_for_url("chrome-error://**")
    page.unroute_all()
    again = page.request.post(f"{scene.path}provera/", form=typed, headers={"Referer": page.url})

    assert serbian("The answer was sent already; here it is.") in again.text()
    assert (Response.objects.count(), len(post())) == (1, 1)
    page.goto(scene.path)
    expect(page.get_by_text(serbian("The answer is sent"), exact=True)).to_be_visible()


def test_after_the_last_day_the_page_says_why_and_keeps_what_was_typed(another, scene):
    page = another(user=scene.user)
    page.goto(scene.section_path(scene.words))
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    write(page, "Писано у поноћ.")
    expect(page.locator("#kept")).to_contain_text("поноћ")
    expect(page.locator("#kept")).to_contain_text(serbian("It is not saved"))
    sight.button(page, "Save and go back").click()

    expect(page.get_by_text(serbian("It is not saved"), exact=True)).to_be_visible()
    expect(page.locator("textarea")).to_have_value("Писано у поноћ.")
    assert SectionDraft.objects.count() == 0
    page.goto(f"{scene.path}provera/")
    expect(sight.button(page, "Sign and send")).to_have_count(0)
    assert SchoolAnswer.objects.filter(sent_at__isnull=False).count() == 0


def test_fifty_thousand_characters_are_kept_and_have_to_be_shortened(another, scene):
    page, long = another(user=scene.user), "слово " * 8_334
    page.goto(scene.section_path(scene.words))

    write(page, long)
    expect(page.locator("#kept")).to_contain_text("Сачувано: ")
    sight.button(page, "Save and go back").click()

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("textarea")).to_have_attribute("aria-invalid", "true")
    assert kept(scene) == [long]
    write(page, "Кратко.")
    sight.button(page, "Save and go back").click()
    expect(sight.heading(page, "Sections")).to_be_visible()
    assert kept(scene) == ["Кратко."]


def test_a_programme_withdrawn_meanwhile_is_named_and_removed(another, scene):
    listed = QuestionFactory(
        questionnaire=scene.staff.questionnaire,
        section=scene.words,
        kind=Question.Kind.LISTED,
        source=PROGRAMMES,
        text="Који програми?",
    )
    stays, goes = (ProgrammeFactory(title=title) for title in ("Огледи", "Небо над нама"))
    scene.fill()
    page = another(user=scene.user)
    page.goto(scene.section_path(scene.words))
    numbers = page.get_by_label(serbian("Number of people"))
    for chosen, word in enumerate(("оглед", "небо"), start=1):
        page.get_by_role("searchbox").fill(word)
        page.get_by_role("button", name=serbian("Add"), exact=True).click()
        expect(numbers).to_have_count(chosen)
        numbers.last.fill("7")
    expect(page.locator("#kept")).to_contain_text("Сачувано: ")
    sight.button(page, "Save and go back").click()
    expect(sight.heading(page, "Sections")).to_be_visible()
    goes.withdrawn_on = timezone.localdate()
    goes.save()

    sight.link(page, "Check, sign and send").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("Небо над нама")
    summary.get_by_role("link").click()
    gone = page.locator(".listed-gone")
    expect(gone).to_contain_text("Небо над нама")
    gone.get_by_role("button", name=serbian("Remove")).click()
    expect(gone).to_have_count(0)
    sight.button(page, "Save and go back").click()
    sight.link(page, "Check, sign and send").click()
    sight.field(page, "Post").fill("педагог")
    sight.button(page, "Sign and send").click()

    expect(sight.heading(page, "The answer of the school")).to_be_visible()
    sent = Answer.objects.filter(question=listed)
    assert [(one.item, one.number) for one in sent] == [(stays.pk, 7)]


def test_it_is_begun_on_one_device_and_ended_on_another_with_the_line_lost_between(another, scene):
    telephone = another(user=scene.user, viewport={"width": 390, "height": 844})
    telephone.goto(scene.section_path(scene.words))
    write(telephone, "Почето на телефону")
    expect(telephone.locator("#kept")).to_contain_text("Сачувано: ")
    telephone.context.set_offline(True)

    desk = another()
    enter(desk.context, scene.user, telephone.url.partition("/anketa")[0])
    desk.goto(scene.section_path(scene.words))
    expect(desk.locator("textarea")).to_have_value("Почето на телефону")
    write(desk, "Почето на телефону, довршено за столом.")
    expect(desk.locator("#kept")).to_contain_text("Сачувано: ")

    # The telephone is back with its older version, and overwrites nothing.
    telephone.context.set_offline(False)
    write(telephone, "Почето на телефону!")
    expect(telephone.locator("#kept")).to_contain_text("Није сачувано")
    assert kept(scene) == ["Почето на телефону, довршено за столом."]
