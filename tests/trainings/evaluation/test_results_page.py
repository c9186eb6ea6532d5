"""What the staff read of an evaluation, on the page and on paper."""

from __future__ import annotations

import re

import pymupdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centar.events.models import Event
from centar.questionnaires.models import Question
from tests import office, reader
from tests.factories.evaluation import asked, came, graded, held
from tests.factories.people import PersonFactory
from tests.factories.questionnaires import QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return office.desk_of(office.colleague())


def path(seminar, ending="/"):
    return f"/en/seminari/{seminar.pk}/ocene{ending}"


def words(answer):
    return reader.Page(answer.content.decode()).text


def printed(answer):
    with pymupdf.open(stream=answer.content) as paper:
        return " ".join(" ".join(page.get_text().split()) for page in paper)


@pytest.mark.parametrize(("number", "shown"), [(4, False), (5, True), (6, True)])
def test_grades_are_shown_from_five_answers_on(desk, number, shown):
    seminar, question = asked()
    graded(seminar, question, *[4] * number)
    reason = f"{number} participants have answered. Results are shown from 5 answers on"

    page, paper = words(desk.get(path(seminar))), printed(desk.get(path(seminar, ".pdf")))

    for text in (page, paper):
        assert ("4.00" in text, reason in text) == (shown, not shown)


def test_every_chart_has_a_name_and_a_table_that_says_the_same(desk):
    seminar, question = asked()
    graded(seminar, question, 5, 5, 4, 2, 5)

    html = desk.get(path(seminar)).content.decode()

    assert html.count("<svg viewBox") == 1
    (drawing,) = re.findall(r"<svg viewBox.*?</svg>", html, re.DOTALL)
    (names,) = re.findall(r'aria-labelledby="([^"]+)"', drawing)
    assert [f'id="{name}"' in drawing for name in names.split()] == [True, True]
    values = ["0 (0%)", "1 (20%)", "0 (0%)", "1 (20%)", "3 (60%)"]
    assert re.findall(r"<td>([^<]+)</td>", html) == values
    assert [value in drawing for value in values] == [True] * 5
    assert "style=" not in drawing


def test_the_paper_says_what_the_page_says(desk):
    seminar, question = asked(event__title="Огледи у физици")
    graded(seminar, question, 5, 5, 4, 2, 5)

    answer = desk.get(f"/seminari/{seminar.pk}/ocene.pdf")

    assert answer["Content-Type"] == "application/pdf"
    text = printed(answer)
    for part in ("Оцена семинара", "Огледи у физици", "5 одговора, просек 4,20", "3 (60%)"):
        assert part in text
    assert "Ogledi u fizici" in printed(desk.get(f"/lat/seminari/{seminar.pk}/ocene.pdf"))


def test_words_of_participants_are_text_and_nothing_else(desk):
    seminar, question = asked()
    word = QuestionFactory(questionnaire=question.questionnaire, kind=Question.Kind.LONG)
    said = "<script>alert(1)</script> #import *важно* $x$"
    graded(seminar, question, 5, 5, 5, 5, 5)
    response = question.questionnaire.responses.first()
    response.answers.create(question=word, text=said)

    html = desk.get(path(seminar)).content.decode()
    paper = printed(desk.get(f"/seminari/{seminar.pk}/ocene.pdf"))

    assert "<script>alert" not in html
    assert said in paper


def test_a_seminar_without_a_questionnaire_has_a_page_and_no_paper(desk):
    seminar = held()

    assert "This seminar has no questionnaire" in words(desk.get(path(seminar)))
    assert desk.get(path(seminar, ".pdf"))["Location"] == path(seminar)


@pytest.mark.parametrize("ending", ["/", ".pdf"])
def test_others_read_nothing(ending):
    seminar, question = asked()
    participant = came(seminar, PersonFactory()).person.user
    graded(seminar, question, *[4] * 5)

    refused = office.desk_of(participant).get(path(seminar, ending))
    stranger = Client().get(path(seminar, ending))

    assert refused.status_code == 403
    assert "Only the Centre's staff and the trainers see the results." in words(refused)
    assert (stranger.status_code, stranger["Location"].split("?")[0]) == (302, "/en/nalog/login/")


def test_a_draft_is_not_found_by_others():
    draft = held(event__state=Event.State.DRAFT)

    assert office.desk_of(PersonFactory().user).get(path(draft)).status_code == 404


def test_the_number_of_statements_does_not_grow(desk):
    seminar, question = asked()
    counts = []
    for _ in range(3):
        QuestionFactory(questionnaire=question.questionnaire)
        graded(seminar, question, *[4] * 5)
        desk.get(path(seminar))
        with CaptureQueriesContext(connection) as statements:
            desk.get(path(seminar))
        counts.append(len(statements))

    assert counts == [counts[0]] * 3
