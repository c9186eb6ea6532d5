"""The form of an assessor, and what its fragments show."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from centar.assessment.forms import DeclineForm, ScoreForm
from centar.assessment.models import Assignment, Panel
from centar.assessment.operations.scoring import Given, Seen, Written
from centar.assessment.queries import proposing, results
from tests.factories.assessment import CriterionFactory, PanelFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(scene):
    return scene.asked(points=[3], for_author="Почетак.", saves=2)


def typed(assignment, *points, **more):
    criteria = assignment.item.panel.criteria.all()
    rows = {f"points_{one.pk}": str(number) for one, number in zip(criteria, points, strict=True)}
    return {"recommendation": "accept", "seen": "2", "page": "strana", **rows, **more}


def test_the_page_shows_the_draft(assignment):
    first, second = assignment.item.panel.criteria.all()

    form = ScoreForm(assignment=assignment, page="strana")

    assert form[f"points_{first.pk}"].value() == 3
    assert form[f"points_{second.pk}"].value() is None
    assert form["for_author"].value() == "Почетак."
    assert (form["seen"].value(), form["page"].value()) == (2, "strana")


def test_what_was_typed_is_what_is_written(assignment):
    first, second = assignment.item.panel.criteria.all()
    words = {f"comment_{second.pk}": "Јасно.", "for_chair": "Слабо."}

    form = ScoreForm(typed(assignment, 5, 0, **words), assignment=assignment)

    assert form.is_valid()
    assert form.written() == Written(
        {first.pk: Given(5), second.pk: Given(0, "Јасно.")}, "accept", "", "Слабо."
    )
    assert form.seen_draft() == Seen(2, "strana")


def test_a_draft_requires_nothing_and_keeps_all_but_what_cannot_be_understood(assignment):
    first, second = assignment.item.panel.criteria.all()
    data = typed(assignment, "много", 4, for_author="Ипак.")

    form = ScoreForm(data, assignment=assignment, is_draft=True)

    assert list(form.errors) == [f"points_{first.pk}"]
    assert form.written() == Written(
        {first.pk: Given(None), second.pk: Given(4)}, "accept", "Ипак."
    )
    assert ScoreForm({}, assignment=assignment, is_draft=True).is_valid()


def test_everything_that_is_missing_is_said_at_once(assignment):
    first, second = assignment.item.panel.criteria.all()
    second.needs_comment = True
    second.save()

    form = ScoreForm({}, assignment=assignment)

    assert {name: sentences[0] for name, sentences in form.errors.items()} == {
        f"points_{first.pk}": "Please give points.",
        f"points_{second.pk}": "Please give points.",
        f"comment_{second.pk}": "Please explain in words.",
        "recommendation": "Please say what you recommend.",
    }


@pytest.mark.parametrize("seen", ["", "-1", "много", "99999999999999999999"])
def test_a_page_that_says_nonsense_of_itself_has_seen_nothing(assignment, seen):
    form = ScoreForm(typed(assignment, 1, 1, seen=seen), assignment=assignment, is_draft=True)

    assert form.seen_draft().saves in (0, 99999999999999999999)


def test_many_points_are_typed_and_may_not_be_too_many(assignment):
    many = CriterionFactory(panel=assignment.item.panel, order=9, most=40)

    form = ScoreForm(typed(assignment, 1, 1, 41), assignment=assignment)

    assert form.fields[f"points_{many.pk}"].widget.input_type == "number"
    assert list(form.errors) == [f"points_{many.pk}"]


def test_a_panel_that_asks_for_no_recommendation_has_no_such_field(assignment):
    Panel.objects.update(asks_recommendation=False)

    form = ScoreForm(assignment=Assignment.objects.get())

    assert [field.name for field in form.closing()] == ["for_author", "for_chair"]


def test_declining_asks_for_a_reason():
    assert DeclineForm({"reason": " "}).errors == {
        "reason": ["Please write why; the chair will read it."]
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_reads_as_much_for_any_number_of_criteria(
    scene, number, django_assert_num_queries
):
    panel = PanelFactory(criteria=number)
    scene.item.panel = panel
    scene.item.save()
    scene.asked(points=[3] * number)
    assignment = Assignment.objects.select_related("item__panel").get()

    with django_assert_num_queries(2):
        page = render_to_string(
            "assessment/_score_fields.html", {"form": ScoreForm(assignment=assignment)}
        )

    assert page.count("<fieldset") == number + 1


def test_each_field_has_its_sentence_and_its_help(assignment):
    first = assignment.item.panel.criteria.first()
    first.guidance, first.weight = "Шта је јасно?", 2
    first.save()
    form = ScoreForm({}, assignment=assignment)

    page = render_to_string("assessment/_score_fields.html", {"form": form})

    assert "Шта је јасно?" in page
    assert "Counts 2 times." in page
    name = f"id_points_{first.pk}"
    assert f'aria-describedby="{name}_helptext {name}_error"' in page
    assert f'id="{name}_error">Please give points.' in page


def test_markup_in_words_stays_words(scene):
    one = scene.sent()
    one.for_author = "<script>alert(1)</script>"
    one.save()

    found = results.results(scene.item, in_full=True)
    page = render_to_string("assessment/_scores.html", {"results": found})

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_table_names_assessors_only_to_whom_it_may(scene):
    scene.sent(0)
    name = str(scene.assessors[0])

    pages = {
        in_full: render_to_string(
            "assessment/_scores.html",
            {"results": results.results(scene.item, in_full=in_full)},
        )
        for in_full in (True, False)
    }

    assert name in pages[True]
    assert name not in pages[False]
    assert "Assessor 1" in pages[False]


def test_without_assessments_the_table_says_so(scene):
    found = results.results(scene.item, in_full=True)

    page = render_to_string("assessment/_scores.html", {"results": found})

    assert "No assessment is sent yet." in page


def test_the_proposal_shows_reasons_and_what_is_lacking(scene):
    scene.panel.assessors_each = 4

    plan = proposing.plan(scene.panel, scene.lead)
    page = render_to_string("assessment/_plan.html", {"plan": plan})

    assert page.count("knows the topic, has none yet") == 3
    assert f"<li>{scene.item.code}: 1 more is needed</li>" in page
    assert f'name="seen" value="{plan.fingerprint}"' in page
