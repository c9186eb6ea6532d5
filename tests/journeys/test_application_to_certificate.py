"""One seminar from the application of a school to the points of its teacher."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from playwright.sync_api import Locator, Page, expect

from centar.people.models import Person
from tests import office
from tests.factories.certificates import IssuingSettingsFactory
from tests.factories.ledger import TargetFactory
from tests.factories.payments import PaymentSettingsFactory
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.factories.questionnaires import QuestionFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory, TrainerFactory
from tests.journeys import desk as back_office
from tests.journeys import sight
from tests.journeys.conftest import MORNING, Letter
from tests.journeys.test_every_page import PHONE
from tests.office import serbian
from tests.trainings.payments import papers
from tests.trainings.statements import files
from trainings.jobs import evaluation
from trainings.models import Seminar
from trainings.payments import ips_qr

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "Огледи у настави физике"
PASTED = """Презиме\tИме\tЕ-пошта\tДатум рођења\tМесто рођења
Ђурић\tАна\tana@example.org\t24.3.1985.\tРача
Lazić\tJovan\tjovan@example.org\t1.2.1990.\tTopola
Џамић\tЉуба\tljuba@example.org\t1988-09-01\tКрагујевац"""


@dataclass(frozen=True)
class Story:
    """Those who come in it, and the seminar that it is about."""

    seminar: Seminar
    coordinator: Person
    teacher: Person
    trainer: Person


@pytest.fixture
def story(transactional_db: None, clock: Any) -> Story:
    """A seminar of six hours in three days; a school whose coordinator knows one colleague."""
    PaymentSettingsFactory()
    IssuingSettingsFactory()
    TargetFactory(name="Сто бодова", years=5, points=100)
    school = SchoolFactory()
    trainer = TrainerFactory(name="Др Јасна Тасић", person=PersonFactory())
    question = QuestionFactory(text="Оцена?", required=True)
    seminar = SeminarFactory(
        programme__title=TITLE,
        programme__number="417",
        programme__competences=["К1"],
        trainers=[trainer],
        questionnaire=question.questionnaire,
        event__starts_at=MORNING + timedelta(days=3),
        event__capacity=6,
    )
    teacher = PersonFactory(
        first_name="Љиљана",
        last_name="Ђурђевић",
        school=school,
        birth_date=date(1981, 6, 30),
        birth_place="Кнић",
    )
    coordinator = CoordinationFactory(school=school, person__school=school).person
    return Story(seminar, coordinator, teacher, trainer.person)


def test_from_the_application_to_the_points(another, post, clock, story):
    coordinator, desk = another(user=story.coordinator.user), another(user=office.colleague())
    teacher = another(user=story.teacher.user)
    trainer = another(user=story.trainer.user, viewport=PHONE)

    five_colleagues_are_written_down(coordinator, story)
    the_effect_is_seen_and_the_application_sent(coordinator)
    letters = {letter.to: letter for letter in post()}
    reference = the_staff_ask_for_the_money(desk)
    the_bank_says_that_it_came(desk, reference)
    the_school_has_paid(coordinator)

    clock.move_to(story.seminar.event.starts_at)
    the_code_of_a_letter_is_scanned(trainer, letters["ana@example.org"])
    the_others_are_ticked_but_one(trainer)

    clock.move_to(story.seminar.event.ends_at + timedelta(hours=1))
    evaluation.queue_evaluations()
    [asked] = [letter for letter in post() if letter.to == "vera@example.org"]
    the_evaluation_is_sent_once(asked.link, another)

    nothing_counts_yet(teacher)
    the_staff_issue_certificates(desk, story)
    paper = the_teacher_fetches_her_certificate(teacher)
    anybody_verifies_it(another(), paper)
    the_ledger_has_moved(teacher)


def five_colleagues_are_written_down(page: Page, story: Story) -> None:
    """One is known, one is written by hand, three come from the school's spreadsheet."""
    page.goto(f"/seminari/{story.seminar.pk}/")
    sight.link(page, "Apply for several colleagues").click()
    page.get_by_label("Љиљана Ђурђевић").check()
    page.locator("textarea[name=pasted]").fill(PASTED)
    by_hand = page.get_by_role("group", name=serbian("Person %(number)s") % {"number": 1})
    for label, words in (
        ("First name", "Вера"),
        ("Last name", "Његић"),
        ("E-mail", "vera@example.org"),
        ("Date of birth", "5.6.1979."),
        ("Place of birth", "Топола"),
    ):
        sight.field(by_hand, label).fill(words)
    sight.button(page, "To the preview").last.click()
    expect(page.locator("main tbody tr")).to_have_count(5)
    expect(page.locator("main tbody tr", has_text="Љиљана Ђурђевић")).to_be_visible()


def the_effect_is_seen_and_the_application_sent(page: Page) -> None:
    expect(page.get_by_text("Слободно је 6 места.")).to_be_visible()
    expect(page.locator("#effect_together")).to_have_text("5 особа добија место.")
    page.locator("#id_policy_together").check()
    page.locator("#id_payer_school").check()
    sight.button(page, "Send the application").click()
    expect(sight.heading(page, "Application of a school")).to_be_visible()
    expect(page.get_by_text(serbian("has a place"), exact=True)).to_have_count(5)


def the_staff_ask_for_the_money(page: Page) -> str:
    """The pro-forma invoice of the whole application; gives what its QR code says to write."""
    page.goto("/admin/trainings/proforma/add/")
    back_office.choose(page, "booking", "Његић")
    page.locator("#content-main input[type=submit]").click()
    expect(back_office.succeeded(page)).to_have_text(
        serbian("The pro-forma invoice is issued and sent.")
    )
    paper = _fetched(page.get_by_role("link", name="PDF", exact=True))
    [code] = papers.codes_of(paper)
    slip = ips_qr.read(code)
    assert (slip.amount, slip.code) == (12500, "221")
    assert "Љиљана Ђурђевић" in papers.text_of(paper)
    return slip.reference


def the_bank_says_that_it_came(page: Page, reference: str) -> None:
    """The reference as the slip had it, the model in front and a space after it."""
    written = f"{reference[:2]} {reference[2:]}"
    back_office.bring_in_statement(page, files.camt(files.entry("12500.00", written)))
    row = page.locator("table tbody tr", has_text="12.500,00")
    expect(row).to_contain_text(serbian("matched"))
    back_office.count_statement(page)


def the_school_has_paid(page: Page) -> None:
    page.goto("/moje-uplate/")
    expect(page.locator(".entry", has_text=TITLE)).to_contain_text(serbian("paid"))


def the_code_of_a_letter_is_scanned(page: Page, letter: Letter) -> None:
    picture = letter.attachments["ulaznica.png"]
    assert isinstance(picture, bytes)
    page.goto(papers.code_of(picture))
    expect(page.get_by_role("heading", name="Ана Ђурић")).to_be_visible()
    sight.button(page, "Note as present").click()
    expect(sight.heading(page, "Noted")).to_be_visible()


def the_others_are_ticked_but_one(page: Page) -> None:
    sight.link(page, "The whole list").click()
    expect(page.locator("#count")).to_have_text("Присутно: 1 од 5")
    for name, present in (("Ђурђевић Љиљана", 2), ("Његић Вера", 3), ("Џамић Љуба", 4)):
        _row(page, name).get_by_role("button", name=serbian("Is here")).click()
        expect(page.locator("#count")).to_have_text(f"Присутно: {present} од 5")
    page.get_by_label(serbian("Only who has not arrived")).check()
    sight.button(page, "Find").click()
    expect(page.locator(".arrival-name")).to_have_text(["Lazić Jovan"])


def _row(page: Page, name: str) -> Locator:
    return page.locator(".arrival", has_text=name)


def the_evaluation_is_sent_once(link: str, another: Callable[..., Page]) -> None:
    """Somebody without an account opens the letter on a telephone, and at home once more."""
    phone, home = another(viewport=PHONE), another()
    for page in (phone, home):
        page.goto(link)
        page.get_by_role("group", name="Оцена?").get_by_label("5").check()
    sight.button(phone, "Send the answers").click()
    expect(
        sight.said(phone, "Thank you! Your answers are sent, without your name.")
    ).to_be_visible()
    sight.button(home, "Send the answers").click()
    expect(
        sight.said(home, "You have evaluated this seminar already. Thank you!").first
    ).to_be_visible()
    phone.goto(link)
    expect(sight.heading(phone, "Your evaluation is here")).to_be_visible()


def nothing_counts_yet(page: Page) -> None:
    page.goto("/moji-bodovi/")
    expect(page.get_by_text("0 од 100")).to_be_visible()
    expect(page.get_by_text(TITLE)).to_have_count(0)


def the_staff_issue_certificates(page: Page, story: Story) -> None:
    """All at once; whoever was not there is named with the reason."""
    page.goto(f"/admin/trainings/seminarevent/{story.seminar.pk}/change/")
    back_office.operation(page, "Issue certificates")
    expect(back_office.succeeded(page)).to_be_visible()
    the_worker_comes_by()
    page.goto(f"/admin/trainings/certificatebatch/?seminar__pk__exact={story.seminar.pk}")
    page.locator("#result_list tbody a").click()
    expect(page.locator(".field-progress")).to_contain_text("5 од 5: издато 4, одбијено 1")
    expect(page.locator(".field-refusals")).to_contain_text(
        "Jovan Lazić: Није уписано ниједно присуство."
    )


def the_worker_comes_by() -> None:
    """Do what waits in the worker's queue."""
    for waiting in OrmQ.objects.order_by("pk"):
        import_string(waiting.func())(*waiting.task["args"])
        waiting.delete()


def the_teacher_fetches_her_certificate(page: Page) -> bytes:
    page.goto("/moja-strana/")
    sight.link(page, "My certificates").click()
    one = page.locator(".entry", has_text=TITLE)
    expect(one).to_contain_text(serbian("valid"))
    paper = _fetched(one.get_by_role("link", name=serbian("Fetch the PDF")))
    assert "Љиљана Ђурђевић" in papers.text_of(paper)
    return paper


def _fetched(link: Locator) -> bytes:
    """What a link of a page leads to, in that browser."""
    answer = link.page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def anybody_verifies_it(page: Page, paper: bytes) -> None:
    """By the QR code, and by the number and the code typed in."""
    [address] = papers.codes_of(paper)
    page.goto(address)
    expect(sight.heading(page, "This paper is genuine and valid")).to_be_visible()
    expect(page.get_by_text("Љиљана Ђурђевић")).to_be_visible()
    expect(page.get_by_text(TITLE)).to_be_visible()
    assert "1981" not in page.content()

    text = papers.text_of(paper)
    page.goto("/provera/")
    for label, found in (
        ("Verification code", re.search(r"Код: (\S+)", text)),
        ("Register number", re.search(r"Деловодни број:\s+(\S+)", text)),
    ):
        assert found, text
        sight.field(page, label).fill(found[1])
    sight.button(page, "Verify").click()
    expect(page).to_have_url(address)


def the_ledger_has_moved(page: Page) -> None:
    page.goto("/moji-bodovi/")
    expect(page.get_by_text("8 од 100")).to_be_visible()
    entry = page.get_by_role("row", name=TITLE)
    expect(entry).to_contain_text("4. фебруара 2027.")
    expect(entry.get_by_role("cell", name="8", exact=True)).to_have_count(2)
