"""Two authors draft a proposal, sign it off and submit it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from accreditation.models import Call, Proposal, Schedule, SectionDraft, Version
from accreditation.versions import Content
from tests.accreditation import writing_scene
from tests.accreditation.writing_scene import Scene
from tests.factories import files
from tests.factories.accreditation import AskedDocumentFactory, CallFactory, question
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.trainings import AreaFactory
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import RULES, TOO_WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def call() -> Call:
    AreaFactory(name="Природне науке")
    call = CallFactory(title="Позив за програме")
    question(call, "aims", text="Који су циљеви?", required=True)
    AskedDocumentFactory(call=call, title="План рада", required=True)
    return call


def kept(page: Page) -> None:
    """The page says that the server has it."""
    expect(page.locator("#kept")).to_contain_text("Сачувано: ")


def found_by_axe(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    result = page.evaluate("(rules) => axe.run({runOnly: rules})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in result["violations"]]


def fill_row(page: Page, number: int, topic: str, hours: str) -> None:
    """Write a row of the schedule."""
    page.locator(f"#topic-{number}").fill(topic)
    page.locator(f"#way-{number}").fill("радионица")
    page.locator(f"#hours-{number}").fill(hours)


def test_two_authors_draft_sign_off_and_submit(another, post, call):
    ana, jovan = (
        PersonFactory(first_name=name, user=UserFactory(email=email, confirmed=True))
        for name, email in (("Ана", "ana@example.org"), ("Јован", "jovan@example.org"))
    )
    lead = another(user=ana.user)

    # She finds the call and begins with a title; the rest can wait.
    lead.goto("/pozivi/")
    sight.link(lead, call.title).click()
    sight.field(lead, "Title of the proposal").fill("Огледи из физике")
    sight.button(lead, "Begin a draft").click()
    expect(sight.heading(lead, "A draft")).to_be_visible()

    # Facts, kept while they are typed.
    sight.link(lead, "Title, area and duration").click()
    lead.wait_for_load_state()
    sight.field(lead, "Area").select_option(label="Природне науке")
    sight.field(lead, "Duration in hours").fill("8")
    kept(lead)
    sight.button(lead, "Save and go back").click()

    # She invites a colleague, who has an account with another address than the letter's.
    sight.link(lead, "Authors and invitations").click()
    sight.field(lead, "First and last name").fill("Јован Петровић")
    sight.field(lead, "E-mail").fill("jovan.skola@example.org")
    sight.button(lead, "Send the invitation").click()
    (letter,) = post()
    assert letter.to == "jovan.skola@example.org"
    colleague = another(user=jovan.user, viewport=PHONE)
    colleague.goto(letter.link)
    assert colleague.evaluate(TOO_WIDE) == []
    sight.button(colleague, "Accept").click()
    expect(sight.heading(colleague, "Огледи из физике")).to_be_visible()
    assert [one.to for one in post()] == ["ana@example.org"]

    # Both have the same section open; neither overwrites the other.
    section = re.compile("/deo/")
    sight.link(lead, "Огледи из физике").click()
    aims = call.form.sections.get().title
    for page in (lead, colleague):
        sight.link(page, aims).click()
        page.wait_for_url(section)
        page.wait_for_load_state()
    colleague.locator("textarea").fill("Деца уче огледом.")
    kept(colleague)
    lead.locator("textarea").fill("Нешто друго.")
    expect(lead.locator("#kept")).to_contain_text("Није сачувано")
    sight.button(lead, "Save and go back").click()
    lead.get_by_role("radio", name=re.compile("Јован")).check()
    sight.button(lead, "Save what I chose").click()
    sight.button(colleague, "Save and go back").click()

    # The hours first do not add up, which the draft says; then they do.
    sight.link(lead, "Schedule of hours").click()
    lead.wait_for_load_state()
    fill_row(lead, 1, "Увод", "2")
    fill_row(lead, 2, "Огледи", "5")
    expect(lead.locator("[data-sum-here]")).to_have_text("7")
    kept(lead)
    sight.button(lead, "Save and go back").click()
    expect(lead.get_by_text("Збир сати у редовима је 7")).to_be_visible()
    sight.link(lead, "Schedule of hours").click()
    lead.wait_for_load_state()
    lead.locator("#hours-2").fill("6")
    sight.button(lead, "Save and go back").click()

    # Files and biographies.
    sight.link(lead, "Files").click()
    sight.field(lead, "Document").select_option(label="План рада")
    upload = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    lead.locator("input[type=file]").set_input_files(upload)
    sight.button(lead, "Attach").click()
    expect(sight.said(lead, "The file is attached.")).to_be_visible()
    for page in (lead, colleague):
        page.goto(Proposal.objects.get().get_absolute_url())
        sight.link(page, "My biography").click()
        page.wait_for_load_state()
        sight.field(page, "Biography").fill("Ради у школи.")
        sight.button(page, "Save and go back").click()

    # The co-author signs; the lead changes a word, and the signature is asked for again.
    sight.link(colleague, "Check, sign and submit").click()
    sight.button(colleague, "I sign off").click()
    expect(sight.said(colleague, "You have signed off the proposal as it is now.")).to_be_visible()
    sight.link(lead, aims).click()
    lead.wait_for_load_state()
    lead.locator("textarea").fill("Деца уче огледом и у природи.")
    sight.button(lead, "Save and go back").click()
    sight.link(lead, "Check, sign and submit").click()
    sight.button(lead, "Ask the co-authors to sign off").click()
    (letter,) = post()
    colleague.goto(letter.link)
    expect(colleague.get_by_text("Измену је").first).to_contain_text(str(ana))
    sight.button(colleague, "I sign off").click()

    # Submitted: everybody gets a receipt, and the text stays.
    lead.reload()
    sight.button(lead, "Sign and submit").click()
    expect(
        sight.said(lead, "The proposal is submitted. All authors get a receipt.")
    ).to_be_visible()
    assert sorted(one.to for one in post()) == ["ana@example.org", "jovan@example.org"]
    content = Content.of(Version.objects.get())
    assert content.answer("aims") == "Деца уче огледом и у природи."
    assert [one.name for one in content.authors] == [str(ana), str(jovan)]
    assert [one.hours for one in content.schedule] == ["2", "6"]


@pytest.fixture
def scene() -> Scene:
    return writing_scene.furnish()


def test_without_javascript_every_button_saves(another, scene):
    page = another(user=scene.leader, java_script_enabled=False, viewport=PHONE)
    page.goto(scene.path)

    sight.link(page, scene.aims.section.title).click()
    page.locator("textarea").fill("Огледом.")
    sight.button(page, "Save and go back").click()
    sight.link(page, "Schedule of hours").click()
    fill_row(page, 1, "Увод", "2")
    sight.button(page, "Add a row").click()
    expect(page.locator("#topic-4")).to_be_visible()
    fill_row(page, 2, "Огледи", "шест")
    sight.button(page, "Save and go back").click()
    sight.link(page, "Check, sign and submit").click()
    page.get_by_role("link", name=re.compile("Упишите сате цифрама")).click()
    page.locator("#hours-2").fill("6")
    sight.button(page, "Save and go back").click()

    sight.link(page, "Check, sign and submit").click()
    expect(sight.heading(page, "Nothing is missing")).to_be_visible()
    assert [row["hours"] for row in Schedule.objects.get().rows] == ["2", "6"]


def test_a_lost_line_is_said_and_what_was_typed_is_saved_when_it_is_back(
    another, scene, complaints
):
    page = another(user=scene.leader)
    page.goto(f"{scene.path}deo/{scene.aims.section_id}/")

    page.context.set_offline(True)
    page.locator("textarea").fill("Написано у возу.")
    expect(page.locator("#kept")).to_contain_text("Ово није сачувано")
    page.context.set_offline(False)

    kept(page)
    assert SectionDraft.objects.get().values == {f"q{scene.aims.pk}": ["Написано у возу."]}
    # htmx tells the developer, too.
    heard, complaints.heard = complaints.heard, []
    assert ["htmx" in sentence for sentence in heard] == [True] * len(heard)


def test_axe_finds_nothing_where_something_is_to_be_decided(another, scene):
    """Two versions of a schedule, what is missing, signatures, and a link that is no more."""
    page = another(user=scene.leader, bypass_csp=True, viewport=PHONE)
    found, wide = [], []
    page.goto(f"{scene.path}satnica/")
    scene.plan(by=scene.colleague, page="b")
    fill_row(page, 1, "Моје", "осам")
    sight.button(page, "Save and go back").click()
    expect(page.locator(".error-summary")).to_be_focused()
    found += found_by_axe(page)
    wide += page.evaluate(TOO_WIDE)
    scene.write()
    scene.sign()
    for path in (f"{scene.path}provera/", f"{scene.path}autori/", "/predlozi/poziv/nema/"):
        page.goto(path)
        found += found_by_axe(page)
        wide += page.evaluate(TOO_WIDE)

    assert (found, wide) == ([], [])
