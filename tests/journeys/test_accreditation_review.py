"""Three assess a proposal blind, its authors revise it, the same three see what changed; then the
Centre decides.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accreditation.models import Decision, Phase, Proposal
from centar.assessment.models import Assignment
from centar.people.models import Person
from tests.factories.accreditation import (
    AskedDocumentFactory,
    AttachmentFactory,
    ProposalFactory,
    ScheduleFactory,
    VersionFactory,
    question,
    write,
)
from tests.factories.assessment import SeatFactory
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.reviews import chair_of, phase_with
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import RULES, TOO_WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
TITLE = "Огледи Зоране Ћирковић"


@pytest.fixture
def phase() -> Phase:
    made = phase_with(criteria=2)
    made.call.all_sign = False
    made.call.save()
    question(made.call, "aims", text="Који су циљеви?")
    AskedDocumentFactory(call=made.call, title="Сажетак", names_nobody=True)
    return made


@pytest.fixture
def lead() -> Person:
    user = UserFactory(email="zorana.cirkovic@example.org", confirmed=True)
    person: Person = PersonFactory(first_name="Зорана", last_name="Ћирковић", user=user)
    return person


@pytest.fixture
def assessors(phase: Phase) -> list[Person]:
    names = (("Рајна", "Ошљан"), ("Теофан", "Пјешчар"), ("Ладислав", "Врњков"))
    people = [PersonFactory(first_name=first, last_name=last) for first, last in names]
    for person in people:
        SeatFactory(panel=phase.panel, person=person)
    return people


@pytest.fixture
def proposal(phase: Phase, lead: Person) -> Proposal:
    proposal = ProposalFactory(call=phase.call, lead=lead, title=TITLE)
    aims = phase.call.form.questions.get()
    write(proposal, (aims, "Деца уче огледом. Зорана Ћирковић води радионице."))
    ScheduleFactory(proposal=proposal)
    AttachmentFactory(proposal=proposal)
    proposal.state, proposal.submitted_at = Proposal.State.SUBMITTED, timezone.now()
    proposal.save()
    VersionFactory(proposal=proposal)
    return proposal


def look_at(page: Page) -> None:
    """The page is as wide as its screen, and axe finds nothing."""
    assert page.evaluate(TOO_WIDE) == []
    page.add_script_tag(path=AXE)
    result = page.evaluate("(rules) => axe.run({runOnly: rules})", RULES)
    assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in result["violations"]] == []


def give_points(page: Page, points: str, recommendation: str) -> None:
    """Fill in the assessment."""
    page.wait_for_load_state()
    for group in page.locator(".grades").all():
        group.get_by_role("radio", name=points, exact=True).check()
    page.locator(f"[name=recommendation][value={recommendation}]").check()
    sight.field(page, "Comment for the author").fill("Разрадити примере.")


def test_blind_review_revision_and_decision(another, post, phase, lead, assessors, proposal):
    chair = another(user=chair_of(phase), bypass_csp=True)

    # The chair begins the review and asks all whom the portal proposes.
    chair.goto("/moja-strana/")
    sight.link(chair, "My reviews").click()
    chair.get_by_role("link", name=phase.panel.title).click()
    look_at(chair)
    sight.button(chair, "Begin the review").click()
    sight.link(chair, "Propose assessors").click()
    look_at(chair)
    sight.button(chair, "Ask all of them").click()
    expect(chair.get_by_text("Огледи [аутор]")).to_be_visible()
    assert {letter.to for letter in post()} == {person.email for person in assessors}

    # Each reads it blind and sends; the first on a telephone, kept while it is typed.
    first, second, third = (
        another(user=person.user, bypass_csp=True, **options)
        for person, options in zip(assessors, ({"viewport": PHONE}, {}, {}), strict=True)
    )
    for page, points, recommendation in (
        (first, "4", "revise"),
        (second, "3", "revise"),
        (third, "5", "accept"),
    ):
        page.goto("/recenzije/")
        sight.link(page, "Огледи [аутор]").click()
        expect(page.get_by_text("[аутор] води радионице.")).to_be_visible()
        expect(page.get_by_text("Ћирковић")).to_have_count(0)
        look_at(page)
        sight.link(page, "Assess").click()
        give_points(page, points, recommendation)
        expect(page.locator("#kept")).to_contain_text("Нацрт је сачуван")
        look_at(page)
        sight.button(page, "Send the assessment").click()
        expect(sight.said(page, "Thank you! Your assessment is sent.")).to_be_visible()
    expect(sight.heading(third, "What the others say")).to_be_visible()
    expect(third.get_by_text("Ошљан")).to_have_count(0)
    assert post() == []  # the chair is told on the next morning

    # The chair asks for changes, point by point.
    chair.reload()
    chair.get_by_role("link", name="Огледи [аутор]").click()
    look_at(chair)
    expect(chair.get_by_text("Ошљан").first).to_be_visible()
    sight.link(chair, "Ask for changes").click()
    chair.locator("[name=point_1]").fill("Наведите узраст деце.")
    sight.button(chair, "More points").click()
    expect(chair.locator("[name=point_1]")).to_have_value("Наведите узраст деце.")
    chair.locator("[name=point_6]").fill("Опишите вредновање.")
    day = timezone.localdate() + timedelta(days=10)
    chair.locator("[name=due_on]").fill(f"{day:%d.%m.%Y.}")
    look_at(chair)
    sight.button(chair, "Ask the authors").click()
    (letter,) = post()
    assert letter.to == lead.email
    assert "1. Наведите узраст деце.\n2. Опишите вредновање." in letter.text

    # The author answers each point, changes the text and submits again.
    author = another(user=lead.user, viewport=PHONE, bypass_csp=True)
    author.goto(letter.link)
    look_at(author)
    expect(author.get_by_text("Разрадити примере.").first).to_be_visible()
    for field, answer in zip(
        author.locator("textarea").all(), ("Десет година.", "Описала Ћирковић."), strict=True
    ):
        field.fill(answer)
    sight.button(author, "Keep the answers").click()
    author.goto(proposal.get_absolute_url())
    sight.link(author, phase.call.form.sections.get().title).click()
    author.wait_for_load_state()
    author.locator("textarea").fill("Деца од десет година уче огледом. Води Ћирковићева.")
    expect(author.locator("#kept")).to_contain_text("Сачувано: ")
    author.goto(proposal.get_absolute_url())
    sight.link(author, "Check, sign and submit").click()
    sight.button(author, "Sign and submit").click()
    expect(
        sight.said(author, "The proposal is submitted. All authors get a receipt.")
    ).to_be_visible()

    # The same three are asked again, and see what was changed, still blind.
    assert {person.email for person in assessors} <= {letter.to for letter in post()}
    again = Assignment.objects.filter(item__follows__isnull=False)
    assert {one.person for one in again} == set(assessors)
    first.goto("/recenzije/")
    first.locator("#waiting ~ ol").get_by_role("link").click()
    sight.link(first, "What the authors changed").click()
    look_at(first)
    expect(first.get_by_text("Описала [аутор].")).to_be_visible()
    expect(first.locator("ins").filter(has_text="од десет година")).to_be_visible()
    expect(first.get_by_text("ирковић")).to_have_count(0)
    second.goto(f"/recenzije/{again.get(person=assessors[1]).pk}/razlike/")
    look_at(second)

    # The chair decides; all authors read the reasons, and the version stays.
    chair.goto("/recenzije/")
    chair.get_by_role("link", name=phase.panel.title).click()
    chair.get_by_role("link", name="Огледи [аутор]").click()
    sight.link(chair, "Decide").click()
    chair.locator("[name=outcome][value=accepted]").check()
    sight.field(chair, "Reasons").fill("Јасни циљеви и добри огледи.")
    look_at(chair)
    sight.button(chair, "Decide and write to the authors").click()
    decision = Decision.objects.get()
    assert (decision.outcome, decision.version.number) == ("accepted", 2)
    letters = {letter.to: letter for letter in post()}
    assert "Јасни циљеви и добри огледи." in letters[lead.email].text
    author.goto(letters[lead.email].link)
    look_at(author)
    expect(author.get_by_text("Јасни циљеви и добри огледи.")).to_be_visible()
    expect(author.get_by_text("Ошљан")).to_have_count(0)

    # The decision sheet with its minutes.
    chair.goto(f"/recenzije/odluke/{phase.call_id}/")
    look_at(chair)
    minutes = chair.request.get(f"/recenzije/odluke/{phase.call_id}/zapisnik.pdf")
    assert minutes.body().startswith(b"%PDF")
