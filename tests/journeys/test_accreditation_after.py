"""After the Centre's decision: accredited, a programme and a seminar made; an example published."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from accreditation import steps
from accreditation.models import Call, Practice, Proposal
from centar.events.models import Event
from tests.factories import files, institute
from tests.factories.accreditation import AttachmentFactory, CallFactory, ProposalFactory
from tests.factories.certificates import IssuingSettingsFactory
from tests.factories.institute import days
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from tests.journeys import desk as back_office
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import RULES
from tests.office import colleague, serbian
from trainings.models import Programme, Seminar

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def no_complaint(page: Page) -> None:
    """Axe finds nothing on the page."""
    page.add_script_tag(path=AXE)
    result = page.evaluate("(rules) => axe.run({runOnly: rules})", RULES)
    found = [(one["id"], one["nodes"][0]["html"][:200]) for one in result["violations"]]
    assert found == []


def take(page: Page, step: steps.Step, **typed: str) -> None:
    """Take a step from the desk: its button, its page with what is typed, and back."""
    label = str(step.label)
    sight.link(page, label).click()
    for name, value in typed.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator(f"#content-main input[type=submit][value='{serbian(label)}']").click()


def on(number: int) -> str:
    return f"{days(number):%d.%m.%Y.}"


def test_accredited_then_a_programme_and_a_seminar(another, post):
    proposal = institute.written()
    author = proposal.authors.get(leads=True).person.user
    page = another(user=colleague(), bypass_csp=True)

    # The front page says what waits; from there to the desk of the proposal.
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("Огледи у школском дворишту")).click()
    expect(sight.heading(page, "What was submitted")).to_be_visible()
    no_complaint(page)

    # Filed, with a day in the wrong order first; returned, completed.
    take(page, steps.FILE, filed_on=on(3), filing_number="650-1/2026")
    expect(page.locator(".errorlist")).to_have_text(serbian("This day is still to come."))
    assert page.locator("#id_filing_number").input_value() == "650-1/2026"
    page.locator("#id_filed_on").fill(on(-20))
    page.locator("#content-main input[type=submit]").click()
    expect(page.get_by_text("650-1/2026")).to_be_visible()
    take(
        page,
        steps.RETURN,
        returned_on=on(-9),
        complete_by=on(5),
        what_is_missing="Биографија сарадника.",
    )
    expect(page.get_by_text("Биографија сарадника.")).to_be_visible()
    no_complaint(page)

    # The authors know it from the letter and from their page.
    assert len(post()) == 4
    teacher = another(user=author)
    teacher.goto(f"/predlozi/{proposal.pk}/")
    expect(teacher.get_by_text("Биографија сарадника.")).to_be_visible()

    take(page, steps.COMPLETE, completed_on=on(-5))
    take(
        page,
        steps.ACCREDIT,
        decided_on=on(-1),
        decision_number="120/2026",
        catalogue_number="345",
        points="8",
        valid_from=on(0),
        valid_until=on(900),
    )
    expect(page.get_by_text("120/2026")).to_be_visible()
    letters = post()
    assert [letter.subject.partition(":")[0] for letter in letters[-2:]] == ["Акредитовано"] * 2

    # One action makes the programme, one more the draft seminar.
    take(page, steps.MAKE)
    expect(sight.heading(page, "What came of it")).to_be_visible()
    programme = Programme.objects.get()
    assert (programme.number, programme.trainers.count()) == ("345", 3)
    take(page, steps.PLAN, town="Топола", first_day=on(60), begins_at="10:00")
    expect(back_office.succeeded(page)).to_be_visible()
    seminar = Seminar.objects.get()
    assert (seminar.programme, seminar.event.state) == (programme, Event.State.DRAFT)
    assert page.url.endswith(f"/admin/trainings/seminarevent/{seminar.pk}/change/")

    # Everybody finds the programme; only the staff see where it comes from.
    visitor = another()
    visitor.goto("/lat/katalog/?q=ogledi")
    visitor.get_by_role("link", name="Ogledi u školskom dvorištu").click()
    expect(visitor.get_by_text("Da ogledi budu laki.")).to_be_visible()
    expect(visitor.get_by_text(proposal.code)).to_have_count(0)
    page.goto(f"/katalog/{programme.pk}/")
    page.get_by_role("link", name=re.compile(proposal.code)).click()
    expect(page).to_have_url(re.compile(f"/predlozi/centar/{proposal.pk}/$"))


def test_an_example_is_published_found_confirmed_and_taken_down(another, post):
    IssuingSettingsFactory()
    proposal = example()
    page = another(user=colleague(), bypass_csp=True)

    # A page is prepared; only the chosen file becomes public.
    page.goto(f"/predlozi/centar/{proposal.pk}/")
    sight.link(page, str(steps.PREPARE.label)).click()
    page.get_by_label("plan.pdf").check()
    page.locator("#content-main input[type=submit]").click()
    page.locator("#id_text").fill("Како смо мерили убрзање на тобогану.")
    back_office.save(page)
    back_office.operation(page, "Publish")
    expect(back_office.succeeded(page)).to_be_visible()
    practice = Practice.objects.get()
    [letter] = post()

    # Somebody finds it in the other script and reads its file.
    visitor = another(bypass_csp=True)
    visitor.goto("/lat/primeri-dobre-prakse/")
    no_complaint(visitor)
    visitor.locator("#id_q").fill("tobogan")
    visitor.keyboard.press("Enter")
    visitor.get_by_role("link", name="Ubrzanje na toboganu").click()
    no_complaint(visitor)
    expect(visitor.get_by_text("biografije.pdf")).to_have_count(0)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"

    # The author gets a paper, which anybody verifies.
    back_office.operation(page, "Give papers to the authors")
    expect(back_office.succeeded(page)).to_be_visible()
    [letter] = post()
    address = re.search(r"http://\S+/provera/\S+", letter.text)
    assert address is not None
    visitor.goto(address[0])
    expect(visitor.get_by_text("Убрзање на тобогану").first).to_be_visible()

    # Taken down, it is gone with its file.
    back_office.operation(page, "Take down", reason="Аутор је замолио.")
    expect(back_office.succeeded(page)).to_be_visible()
    file = practice.files.get().pk
    for path in ("", f"datoteke/{file}/"):
        answer = visitor.goto(f"/primeri-dobre-prakse/{practice.pk}/{path}")
        assert answer is not None
        assert answer.status == 404


def example() -> Proposal:
    """An accepted example with two files."""
    author = PersonFactory(school=SchoolFactory())
    proposal = ProposalFactory(
        call=CallFactory(kind=Call.Kind.PRACTICE), title="Убрзање на тобогану", lead=author
    )
    for name in ("plan.pdf", "biografije.pdf"):
        AttachmentFactory(proposal=proposal, file=files.stored(name))
    return institute.accepted_now(proposal)
