"""A participant says how it was, on a telephone and by keyboard; the staff read it from five on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from centar.questionnaires.models import Answer
from tests import office
from tests.factories.evaluation import asked, came, graded
from tests.factories.people import PersonFactory
from tests.factories.questionnaires import QuestionFactory
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.office import serbian
from trainings import links
from trainings.jobs import evaluation as jobs

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


def focus(page: Page, step: str = "Tab", times: int = 1) -> str:
    """Press a key so many times; gives the name of the field one is on, or the button's words."""
    for _ in range(times):
        page.keyboard.press(step)
    return page.evaluate("() => document.activeElement.name || document.activeElement.innerText")


def walk(page: Page, to: str) -> None:
    for _ in range(60):
        if focus(page).strip() == to:
            return
    raise AssertionError(f"{to} cannot be reached")


@pytest.fixture
def scene():
    """A seminar that four have evaluated already, and one more participant without an account."""
    seminar, grade = asked(event__title="Огледи у физици")
    questionnaire = grade.questionnaire
    matrix = QuestionFactory(
        questionnaire=questionnaire,
        kind="matrix",
        text="Слажете ли се?",
        required=True,
        low_label="не",
        high_label="да",
        offers=["Било је јасно.", "Било је корисно."],
    )
    words = QuestionFactory(questionnaire=questionnaire, kind="long", text="Шта бисте променили?")
    graded(seminar, grade, 5, 5, 4, 4)
    came(seminar, PersonFactory(user=None, contact_email="ljilja@example.org"))
    return seminar, grade, matrix, words


def test_from_the_letter_to_the_result(another, post, scene):
    seminar, grade, matrix, words = scene
    office_page = another(user=office.colleague())
    office_page.goto(f"/seminari/{seminar.pk}/ocene/")
    expect(sight.heading(office_page, "There are too few answers to show")).to_be_visible()

    # The letter comes after the end; its link needs no account.
    jobs.queue_evaluations()
    (letter,) = [one for one in post() if one.to == "ljilja@example.org"]
    phone = another(viewport=PHONE)
    phone.goto(letter.link)

    # Sent empty, it says what is missing, beside each question and above.
    walk(phone, serbian("Send the answers"))
    phone.keyboard.press("Enter")
    expect(sight.heading(phone, "Please correct this")).to_be_visible()
    expect(phone.get_by_role("group", name="Оцена?")).to_contain_text(
        serbian("Please choose one answer.")
    )

    # Space chooses, the arrows move: a scale, two statements, and words.
    walk(phone, f"q{grade.pk}")
    phone.keyboard.press("Space")
    focus(phone, "ArrowRight", 3)
    for option in matrix.options.all():
        walk(phone, f"q{matrix.pk}_{option.pk}")
        phone.keyboard.press("Space")
        focus(phone, "ArrowRight", 4)
    walk(phone, f"q{words.pk}")
    phone.keyboard.type("Дужи одмор.")
    walk(phone, serbian("Send the answers"))
    phone.keyboard.press("Enter")
    expect(
        sight.said(phone, "Thank you! Your answers are sent, without your name.")
    ).to_be_visible()
    sent = Answer.objects.exclude(text="").get().response
    assert sorted(str(one.number) for one in sent.answers.exclude(number=None)) == [
        "4.00",
        "5.00",
        "5.00",
    ]

    # It was the fifth: the staff see the result.
    office_page.reload()
    expect(sight.heading(office_page, "Оцена?")).to_be_visible()
    expect(office_page.get_by_text("4,40")).to_have_count(2)
    expect(office_page.get_by_role("img", name="Оцена?")).to_be_visible()
    expect(office_page.get_by_text("Дужи одмор.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_fit_and_axe_finds_nothing(another, scene, width):
    seminar, grade, *_ = scene
    graded(seminar, grade, 3)
    booking = seminar.event.bookings.get(person__user=None)
    size = {"viewport": {"width": width, "height": 900}, "bypass_csp": True}
    desk = another(user=office.colleague(), **size)
    found = []
    for page, path in (
        (another(**size), links.evaluation_path(booking)),
        (desk, f"/seminari/{seminar.pk}/ocene/"),
        (desk, "/godina/"),
    ):
        page.goto(path)
        page.add_script_tag(path=AXE)
        result = page.evaluate("() => axe.run()")
        found += [f"{path}: {one['id']}: {one['nodes'][0]['html']}" for one in result["violations"]]
        wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), path

    assert found == []
