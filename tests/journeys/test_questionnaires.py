"""Every kind of question in a browser: seen, read, answered by keyboard and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from centar.questionnaires.models import Answer, Question
from centar.script import faces
from tests import office
from tests.factories.evaluation import came, held
from tests.factories.questionnaires import OFFERS, QuestionFactory, QuestionnaireFactory
from tests.factories.schools import SubjectFactory
from tests.journeys import sight
from tests.journeys.conftest import AXE
from tests.journeys.test_every_page import IN_EACH_LIGHT, TOO_WIDE, turned
from tests.journeys.test_keyboard import press, walk
from tests.office import serbian
from trainings import links

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Kind = Question.Kind
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def asked() -> dict[str, Question]:
    """A question of each kind; the long text only after a "Да", the numbers with their total."""
    questionnaire = QuestionnaireFactory()
    for name in ("Физика", "Хемија"):
        SubjectFactory(name=name)
    made = {
        str(kind): QuestionFactory(
            questionnaire=questionnaire,
            kind=kind,
            text=f"Питање {number}?",
            help="Опис.",
            offers=OFFERS.get(kind),
            **({"low_label": "нимало", "high_label": "сасвим"} if kind in ON_SCALE else {}),
        )
        for number, kind in enumerate(Kind)
    }
    made["long"].shown_when = made["single"].options.get(text="Да")
    made["numbers"].adds_up_to = made["number"]
    for question in made.values():
        question.save()
    return made


ON_SCALE = Question.ON_SCALE


@pytest.fixture
def path(asked: dict[str, Question]) -> str:
    """Where they are answered."""
    return links.evaluation_path(came(held(questionnaire=asked["scale"].questionnaire)))


def group(page: Page, question: Question) -> Locator:
    """All of a question."""
    return page.locator(f"#part_q{question.pk}")


def places(page: Page, question: Question) -> list[str]:
    """The answers in the order in which they stand, with their places."""
    rows = group(page, question).locator("li")
    return rows.evaluate_all(
        "rows => rows.map((row) => row.querySelector('label').innerText + ' ' "
        "+ row.querySelector('select').value)"
    )


def send(page: Page) -> None:
    sight.button(page, "Send the answers").click()


def fill_wrongly(page: Page, asked: dict[str, Question]) -> None:
    """Something wrong in every kind that can be wrong, and a sum that does not add up."""
    page.get_by_role("radio", name="Да", exact=True).check()
    group(page, asked["number"]).get_by_role("textbox").fill("дванаест")
    group(page, asked["long"]).get_by_role("textbox").fill("а" * 4001)
    for chooser in group(page, asked["ranking"]).get_by_role("combobox").all()[:2]:
        chooser.select_option("1")
    group(page, asked["numbers"]).get_by_role("textbox").first.fill("два")
    listed = group(page, asked["listed"])
    listed.get_by_role("searchbox").fill("физ")
    listed.get_by_role("button", name=serbian("Add")).click()
    expect(listed.get_by_text("Физика")).to_have_count(2)
    send(page)
    expect(sight.heading(page, "Please correct this")).to_be_visible()


@pytest.mark.parametrize("face", [faces.CYRILLIC, faces.LATIN], ids=lambda face: face.code)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_kind_of_question(another, asked, path, face, width):
    """As it comes, and with everything wrong that can be; by day and by night."""
    page = another(viewport={"width": width, "height": 900}, bypass_csp=True)
    found, wide = [], []

    def look(what: str) -> None:
        page.add_script_tag(path=AXE)
        for scheme, rules in IN_EACH_LIGHT:
            turned(page, scheme=scheme)
            result = page.evaluate("(rules) => axe.run({runOnly: rules})", rules)
            found.extend(
                f"{what} ({scheme}): {violation['id']}: {node['html'][:160]}"
                for violation in result["violations"]
                for node in violation["nodes"]
            )
            wide.extend(f"{what} ({scheme}): {part}" for part in page.evaluate(TOO_WIDE))

    page.goto(faces.address(path, face))
    look("empty")
    if face is faces.CYRILLIC:
        fill_wrongly(page, asked)
        look("wrong")

    assert not found, "\n".join(found)
    assert wide == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_matrix_is_read_by_its_rows_and_columns(another, asked, path, width):
    page = another(viewport={"width": width, "height": 900})
    page.goto(path)
    table = group(page, asked["matrix"]).get_by_role("table")

    expect(table.get_by_role("rowheader")).to_have_text(["Било је јасно.", "Било је корисно."])
    expect(table.get_by_role("columnheader")).to_have_count(5)
    names = ["Било је јасно. 1 нимало", "Било је јасно. 3", "Било је корисно. 5 сасвим"]
    for name in names:
        expect(table.get_by_role("radio", name=name, exact=True)).to_have_count(1)
    table.get_by_role("radio", name=names[2]).check()
    send(page)

    expect(sight.said(page, "Thank you! Your answers are sent, without your name.")).to_be_visible()
    answer = Answer.objects.get()
    assert (answer.option.text, answer.number) == ("Било је корисно.", 5)


def test_a_ranking_by_keyboard(another, asked, path):
    page, ranking = another(), asked["ranking"]
    page.goto(path)
    up = serbian("Up: %(name)s")

    # Whoever has no place takes the next one, then moves up; the focus stays on the button.
    for name in ("Место", "Време"):
        button = page.get_by_role("button", name=up % {"name": name}, exact=True)
        for _ in range(200):
            page.keyboard.press("Tab")
            if button.evaluate("button => button === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(button).to_be_focused()
    assert places(page, ranking) == ["Место 1", "Време 2", "Новац "]
    page.keyboard.press("Enter")
    assert places(page, ranking) == ["Време 1", "Место 2", "Новац "]
    expect(page.get_by_text(f"Време: {serbian('place')} 1")).to_have_count(1)

    # The places may be chosen instead.
    group(page, ranking).get_by_label("Новац", exact=True).press("3")
    send(page)
    expect(sight.said(page, "Thank you! Your answers are sent, without your name.")).to_be_visible()
    numbers = Answer.objects.filter(question=ranking).values_list("option__text", "number")
    assert dict(numbers) == {"Време": 1, "Место": 2, "Новац": 3}


def test_a_list_by_keyboard(another, asked, path):
    page, listed = another(), asked["listed"]
    page.goto(path)
    field = group(page, listed).get_by_role("searchbox")
    field.focus()

    # The search answers while one types; Enter searches and does not send.
    page.keyboard.type("fizik")
    expect(group(page, listed).get_by_text("Физика")).to_be_visible()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    walk(page, to=serbian("Find"))
    walk(page, to=serbian("Add"))
    page.keyboard.press("Enter")

    # The number of people is asked next; removing leads back to the search.
    number = group(page, listed).get_by_label(serbian("Number of people"))
    expect(number).to_be_focused()
    page.keyboard.type("12")
    page.wait_for_load_state("networkidle")
    field.focus()
    page.keyboard.type("хем")
    add = group(page, listed).get_by_role("button", name=serbian("Add"))
    expect(add).to_have_count(1)
    add.press("Enter")
    expect(number).to_have_count(2)
    group(page, listed).get_by_role("button", name=serbian("Remove")).nth(1).press("Enter")
    expect(number).to_have_count(1)
    expect(field).to_be_focused()
    send(page)

    expect(sight.said(page, "Thank you! Your answers are sent, without your name.")).to_be_visible()
    assert [(one.text, one.number) for one in Answer.objects.all()] == [("Физика", 12)]


def test_a_question_comes_with_its_answer_and_the_sum_with_its_numbers(another, asked, path):
    page = another()
    page.goto(path)
    why, numbers = group(page, asked["long"]), group(page, asked["numbers"])
    expect(why).to_be_hidden()

    page.get_by_role("radio", name="Да", exact=True).check()
    expect(why).to_be_visible()
    page.get_by_role("radio", name="Не", exact=True).check()
    expect(why).to_be_hidden()

    group(page, asked["number"]).get_by_role("textbox").fill("10")
    for field, typed in zip(numbers.get_by_role("textbox").all(), ("7,5", "2"), strict=True):
        field.fill(typed)
    expect(numbers.get_by_role("status")).to_have_text("9,5")


def test_without_scripts_everything_is_answered_as_well(another, asked, path):
    page = another(java_script_enabled=False)
    page.goto(path)
    ranking, listed = group(page, asked["ranking"]), group(page, asked["listed"])
    expect(group(page, asked["long"])).to_contain_text("Да")

    for name in ("Новац", "Време"):
        page.get_by_role("button", name=serbian("Up: %(name)s") % {"name": name}).click()
    expect(ranking.get_by_label("Време", exact=True)).to_have_value("2")

    # Enter in the search is a search; elsewhere in the form it sends.
    listed.get_by_role("searchbox").fill("физика")
    listed.get_by_role("searchbox").press("Enter")
    listed.get_by_role("button", name=serbian("Add")).click()
    listed.get_by_label(serbian("Number of people")).fill("3")
    listed.get_by_role("searchbox").fill("хемија")
    listed.get_by_role("button", name=serbian("Find")).click()
    listed.get_by_role("button", name=serbian("Add")).click()
    listed.get_by_role("button", name=serbian("Remove")).nth(1).click()
    expect(listed.get_by_label(serbian("Number of people"))).to_have_value("3")
    group(page, asked["short"]).get_by_role("textbox").fill("Кратко")
    group(page, asked["short"]).get_by_role("textbox").press("Enter")

    expect(sight.said(page, "Thank you! Your answers are sent, without your name.")).to_be_visible()
    said = {(str(one.option or one.text), one.number) for one in Answer.objects.all()}
    assert said == {("Новац", 1), ("Време", 2), ("Физика", 3), ("Кратко", None)}


def test_a_question_is_written_in_the_back_office(another, asked):
    desk = another(user=office.colleague())
    questionnaire = asked["scale"].questionnaire
    desk.goto(f"/admin/questionnaires/questionnaire/{questionnaire.pk}/change/")
    desk.get_by_role("link", name=serbian("Add a question")).click()
    desk.locator("#id_code").fill("nacin")
    desk.locator("#id_kind").select_option("ranking")
    desk.locator("#id_text").fill("Који начин вам одговара?")
    desk.locator("#id_offered").fill("Уживо\nНа мрежи")
    desk.locator("[name=_save]").click()
    desk.get_by_role("link", name=serbian("As the respondent sees it")).click()

    expect(desk.get_by_role("group", name="Који начин вам одговара?")).to_be_visible()
    assert press(desk)["inside"]
