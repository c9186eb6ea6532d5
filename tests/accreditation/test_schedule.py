"""The schedule of hours: a table written row by row, and its sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.datastructures import MultiValueDict

from accreditation import hours
from accreditation.forms import schedule as tables
from accreditation.hours import Hours
from accreditation.models import Schedule
from accreditation.operations.schedule import LONGEST_CELL, MOST_ROWS
from centar.access import Refusal
from centar.questionnaires.drafts import ChangedMeanwhile
from tests.accreditation import writing_scene
from tests.accreditation.writing_scene import ROWS
from tests.factories.people import PersonFactory
from tests.office import desk_of, serbian

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return writing_scene.furnish()


def typed(*rows, **more):
    """The rows as a browser sends them."""
    columns = {name: [row[name] for row in rows] for name in hours.COLUMNS}
    return {"seen": "0", "page": "strana", **columns, **more}


def row(topic="Увод", number="2"):
    return {"topic": topic, "way": "рад", "hours": number, "leader": "Ана"}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2", Decimal(2)),
        (" 1,5 ", Decimal("1.5")),
        ("1.5", Decimal("1.5")),
        ("0", None),
        ("-1", None),
        ("два", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e9", None),
        ("2 сата", None),
    ],
)
def test_hours_as_people_type_them(words, number):
    assert hours.number(words) == number


class TestSum:
    def test_halves_stay_exact(self):
        found = Hours.of([row(number="0,1"), row(number="0,2"), row(number="7,7")], 8)

        assert (found.sum, found.difference, found.problems()) == (Decimal(8), "", [])

    def test_a_sum_that_is_not_the_duration_is_said(self):
        found = Hours.of([row(number="2"), row(number="5.5")], 8)

        sentence = "The rows make 7.5 hours together, but the proposal lasts 8."
        assert (found.difference, found.problems()) == (sentence, [sentence])

    def test_rows_without_words_or_hours_are_named(self):
        found = Hours.of([row(topic=""), row(number="два")], 2)

        assert found.problems() == [
            "Row 1: Write what is done in these hours.",
            "Row 2: Write the hours in digits, such as 2 or 1,5.",
        ]

    def test_an_empty_schedule_is_a_problem_of_its_own(self):
        assert Hours.of([], 8).problems() == ["The schedule is empty."]


class TestButtons:
    @pytest.mark.parametrize(
        ("step", "topics"),
        [
            ("add", ["А", "Б", "В", ""]),
            ("remove 1", ["А", "В"]),
            ("up 2", ["А", "В", "Б"]),
            ("up 0", ["А", "Б", "В"]),
            ("remove 9", ["А", "Б", "В"]),
            ("remove -1", ["А", "Б", "В"]),
            ("stay", ["А", "Б", "В"]),
            ("<script>", ["А", "Б", "В"]),
        ],
    )
    def test_what_a_button_does(self, step, topics):
        data = MultiValueDict({"topic": ["А", "Б", "В"], "hours": ["1"], "step": [step]})

        found = tables.stepped(data)

        assert [one["topic"] for one in found[0]] == topics

    def test_the_other_button_is_no_step(self):
        assert tables.stepped(MultiValueDict({"topic": ["А"]})) is None


class TestKeeping:
    def test_empty_rows_are_left_out_and_wrong_hours_kept(self, scene):
        scene.plan([row(number="два"), tables.empty(), row("Крај")])

        kept = Schedule.objects.get()
        assert [one["topic"] for one in kept.rows] == ["Увод", "Крај"]
        assert kept.rows[0]["hours"] == "два"

    def test_only_the_columns_are_kept(self, scene):
        scene.plan([{**row(), "extra": "нешто"}])

        assert set(Schedule.objects.get().rows[0]) == set(hours.COLUMNS)

    def test_another_authors_rows_are_not_overwritten(self, scene):
        scene.plan(by=scene.colleague, page="b")

        with pytest.raises(ChangedMeanwhile):
            scene.plan([row()])

        assert Schedule.objects.get().rows == ROWS

    @pytest.mark.parametrize("rows", [[row()] * (MOST_ROWS + 1), [row("а" * (LONGEST_CELL + 1))]])
    def test_more_than_anybody_types_is_refused(self, scene, rows):
        with pytest.raises(Refusal):
            scene.plan(rows)

    def test_a_stranger_does_not_write(self, scene):
        with pytest.raises(Refusal, match="not an author"):
            scene.plan(by=PersonFactory().user)


class TestPage:
    def page(self, scene):
        return f"{scene.path}satnica/"

    def test_without_javascript_a_row_is_added_and_what_is_typed_stays(self, scene):
        answer = scene.desk.post(self.page(scene), typed(row("Увод"), step="add"))

        assert [one.topic for one in answer.context["form"].hours.rows] == ["Увод", ""]
        assert answer.context["form"].focus == 1
        assert [one["topic"] for one in Schedule.objects.get().rows] == ["Увод"]

    def test_the_sum_is_shown_and_compared_in_the_draft(self, scene):
        scene.plan([row(number="7,5")])

        page = scene.desk.get(self.page(scene)).content.decode()

        sentence = "The rows make %(sum)s hours together, but the proposal lasts %(duration)s."
        assert serbian(sentence) % {"sum": "7,5", "duration": 8} in page

    def test_the_button_saves_and_leads_back(self, scene):
        answer = scene.desk.post(self.page(scene), typed(*ROWS))

        assert answer.headers["Location"] == scene.path
        assert Schedule.objects.get().rows == ROWS

    def test_who_saves_later_sees_both_and_decides(self, scene):
        scene.plan([row("Колегин ред")], by=scene.colleague, page="b")

        first = scene.desk.post(self.page(scene), typed(row("Мој ред")))
        page = first.content.decode()
        seen = first.context["seen"]
        second = scene.desk.post(
            self.page(scene), typed(row("Мој ред"), seen=str(seen.revision), page=seen.page)
        )

        assert first.status_code == 409
        assert ("Колегин ред" in page, "Мој ред" in page) == (True, True)
        assert second.status_code == 302
        assert [one["topic"] for one in Schedule.objects.get().rows] == ["Мој ред"]

    def test_a_call_without_a_schedule_has_no_such_page(self, scene):
        type(scene.call).objects.update(with_schedule=False)

        assert scene.desk.get(self.page(scene)).status_code == 404

    def test_to_others_it_is_not_there(self, scene):
        assert desk_of(PersonFactory().user).get(self.page(scene)).status_code == 404
