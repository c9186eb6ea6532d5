"""Rounds in the back office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from needs_survey.models import Invitation, Round
from tests.factories.needs_survey import (
    InvitationFactory,
    RoundFactory,
    SchoolAnswerFactory,
    SectionFactory,
    answer_of_school,
)
from tests.factories.people import CoordinationFactory
from tests.factories.questionnaires import QuestionFactory, QuestionnaireFactory
from tests.factories.schools import SchoolFactory
from tests.office import colleague, desk_of, errors, messages, onlooker

pytestmark = pytest.mark.django_db

LIST = "/admin/needs_survey/round/"
NO_REMINDERS = {
    "reminders-TOTAL_FORMS": "0",
    "reminders-INITIAL_FORMS": "0",
    "reminders-MIN_NUM_FORMS": "0",
    "reminders-MAX_NUM_FORMS": "1000",
}


@pytest.fixture
def desk():
    return desk_of(colleague())


@pytest.fixture
def prepared():
    survey = RoundFactory(opened_at=None)
    section = SectionFactory(questionnaire=survey.questionnaire)
    QuestionFactory(questionnaire=survey.questionnaire, section=section)
    return survey


def typed(survey=None, **changes):
    today = timezone.localdate()
    facts = {
        "title": "Потребе 2026/27",
        "kind": "schools",
        "questionnaire": str(survey.questionnaire_id) if survey else "",
        "opens_on": f"{today:%d.%m.%Y.}",
        "closes_on": f"{today + timedelta(days=20):%d.%m.%Y.}",
        "may_be_changed": "on",
        "message": "",
        "most_reminders": "2",
        "compared_with": "",
        "seen_revision": str(survey.revision) if survey else "",
    }
    return {**NO_REMINDERS, **facts, **changes}


def page_of(survey, page="change/"):
    return f"{LIST}{survey.pk}/{page}"


def test_a_round_is_written(desk):
    questionnaire = QuestionnaireFactory()

    desk.post(f"{LIST}add/", typed(questionnaire=str(questionnaire.pk)))

    survey = Round.objects.get()
    assert (survey.title, survey.opened_at) == ("Потребе 2026/27", None)


def test_days_in_the_wrong_order_are_refused_with_what_was_typed(desk, prepared):
    answer = desk.post(page_of(prepared), typed(prepared, closes_on="01.01.2020."))

    assert "Последњи дан је пре првог." in errors(answer)
    assert "01.01.2020." in answer.content.decode()


def test_who_answers_is_settled_by_the_first_invitation(desk, prepared):
    form = desk.get(page_of(prepared)).context["adminform"].form
    assert {"kind", "questionnaire"} <= set(form.fields)
    InvitationFactory(round=prepared)

    desk.post(page_of(prepared), typed(prepared, kind="teachers"))

    prepared.refresh_from_db()
    assert prepared.kind == "schools"
    assert "kind" not in desk.get(page_of(prepared)).context["adminform"].form.fields


def test_the_days_of_an_open_round_are_moved_by_an_operation(desk):
    survey = RoundFactory()

    form = desk.get(page_of(survey)).context["adminform"].form
    assert {"opens_on", "closes_on"}.isdisjoint(form.fields)
    desk.post(page_of(survey, "radnja/poslednji-dan/"), {"closes_on": "31.12.2099."})

    survey.refresh_from_db()
    assert survey.closes_on.year == 2099


def test_the_preview_names_the_schools_that_no_letter_reaches(desk, prepared):
    reached = CoordinationFactory().school
    silent = SchoolFactory()
    SchoolFactory(parent=silent)

    page = desk.get(page_of(prepared, "skole/"))

    assert set(page.context["found"]) == {reached, silent}
    assert page.context["silent"] == 1


def test_the_previewed_schools_are_invited(desk, prepared):
    wanted = SchoolFactory(kind="grammar")
    SchoolFactory(kind="primary")

    answer = desk.post(f"{page_of(prepared, 'skole/')}?kinds=grammar", follow=True)

    assert messages(answer) == ["Позвана је 1 школа."]
    assert Invitation.objects.get().school == wanted


def test_it_is_opened_and_copied(desk, prepared):
    InvitationFactory(round=prepared)

    desk.post(page_of(prepared, "radnja/otvaranje/"))
    form = desk.get(page_of(prepared, "radnja/kopija/")).context["form"]
    desk.post(page_of(prepared, "radnja/kopija/"), form.initial)

    prepared.refresh_from_db()
    assert prepared.opened_at is not None
    copy = Round.objects.get(compared_with=prepared)
    assert copy.opens_on == prepared.opens_on + timedelta(weeks=52)


@pytest.mark.parametrize(
    ("old", "new"),
    [("Потребе 2025/26", "Потребе 2026/27"), ("Анкета 2026", "Анкета 2027"), ("Анкета", "Анкета")],
)
def test_the_copy_is_called_after_the_next_year(desk, old, new):
    survey = RoundFactory(title=old)

    form = desk.get(page_of(survey, "radnja/kopija/")).context["form"]

    assert form.initial["title"] == new


def test_how_far_the_schools_are(desk):
    survey = RoundFactory()
    QuestionFactory(questionnaire=survey.questionnaire)
    _silent, begun, sent = (InvitationFactory(round=survey) for _ in range(3))
    SchoolAnswerFactory(invitation=begun)
    answer_of_school(sent)

    words = desk.get(page_of(survey)).content.decode()
    rows = desk.get(
        f"/admin/needs_survey/invitation/?standing=missing&round__id__exact={survey.pk}"
    )

    assert "позвано 3, започело 2, послало 1" in words
    assert rows.context["cl"].result_count == 2


def test_a_mistaken_invitation_is_taken_back(desk):
    mistaken = InvitationFactory()
    begun = SchoolAnswerFactory().invitation

    paths = [f"/admin/needs_survey/invitation/{one.pk}/delete/" for one in (mistaken, begun)]
    answers = [desk.post(path, {"post": "yes"}) for path in paths]

    assert [one.status_code for one in answers] == [302, 403]
    assert list(Invitation.objects.all()) == [begun]


def test_an_onlooker_reads_and_changes_nothing(prepared):
    desk = desk_of(onlooker())
    InvitationFactory(round=prepared)

    reading = [
        desk.get(LIST),
        desk.get(page_of(prepared)),
        desk.get("/admin/needs_survey/invitation/"),
    ]
    changing = [
        desk.get(page_of(prepared, "skole/")),
        desk.post(page_of(prepared, "skole/")),
        desk.post(page_of(prepared, "radnja/otvaranje/")),
    ]

    assert [one.status_code for one in reading] == [200] * 3
    assert [one.status_code for one in changing] == [403] * 3
    prepared.refresh_from_db()
    assert prepared.opened_at is None


def test_the_list_of_schools_takes_the_same_statements(desk, django_assert_num_queries):
    InvitationFactory()
    path = "/admin/needs_survey/invitation/"
    with django_assert_num_queries(8):
        desk.get(path)
    survey = RoundFactory()
    for _ in range(2):
        SchoolAnswerFactory(invitation=InvitationFactory(round=survey))

    with django_assert_num_queries(8):
        desk.get(path)
