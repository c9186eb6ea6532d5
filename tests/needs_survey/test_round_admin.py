"""Rounds in the back office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from centar.audit.models import Entry
from centar.outbox.models import Letter
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


def test_the_same_schools_are_copied_or_none(desk, prepared):
    school = InvitationFactory(round=prepared).school
    page = page_of(prepared, "radnja/kopija/")
    form = desk.get(page).context["form"]
    assert form.fields["with_schools"].label == "Позовите исту 1 школу"

    desk.post(page, {**form.initial, "title": "Исте", "with_schools": "on"})
    desk.post(page, {**form.initial, "title": "Ниједна", "with_schools": ""})

    same, none = Round.objects.get(title="Исте"), Round.objects.get(title="Ниједна")
    assert [one.school for one in same.invitations.all()] == [school]
    assert none.invitations.count() == 0
    assert Letter.objects.count() == 0


def test_nobody_invited_nobody_to_copy(desk, prepared):
    form = desk.get(page_of(prepared, "radnja/kopija/")).context["form"]

    assert "with_schools" not in form.fields


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


class TestRemindingNow:
    @pytest.fixture
    def survey(self):
        return RoundFactory()

    def invited(self, survey, **facts):
        return InvitationFactory(round=survey, school=CoordinationFactory(**facts).school)

    def test_who_has_not_answered_is_shown_with_why_not(self, desk, survey):
        able, sent = self.invited(survey), self.invited(survey)
        today = timezone.localdate()
        InvitationFactory(round=survey)
        InvitationFactory(round=survey, school=CoordinationFactory().school, reminders=2)
        InvitationFactory(round=survey, school=CoordinationFactory().school, reminded_on=today)
        answer_of_school(sent)

        page = desk.get(page_of(survey, "podsecanje/"))

        assert page.context["able"] == [able]
        assert sorted(str(reason) for _one, reason in page.context["spared"]) == [
            "It has no confirmed coordinator, so no letter reaches it.",
            "It was reminded as often as the round allows.",
            "It was reminded today.",
        ]
        words = page.content.decode()
        assert "1 школа може одмах да се подсети" in words
        assert "3 школе нису одговориле и сада се не подсећају" in words
        assert "највише 2 пута" in words
        assert words.count('name="school"') == words.count(f'value="{able.pk}"') == 1

    def test_the_chosen_are_reminded(self, desk, survey):
        wanted, other = self.invited(survey), self.invited(survey)

        answer = desk.post(page_of(survey, "podsecanje/"), {"school": [wanted.pk]}, follow=True)

        assert messages(answer) == ["Подсетник је послат 1 школи."]
        assert Letter.objects.get().object_id == wanted.pk
        other.refresh_from_db()
        assert other.reminders == 0

    @pytest.mark.parametrize("typed", [{}, {"school": ["0", "škola", "9" * 30]}])
    def test_nobody_chosen_is_said(self, desk, survey, typed):
        self.invited(survey)

        answer = desk.post(page_of(survey, "podsecanje/"), typed)

        assert "Није изабрана ниједна школа коју сада можете да подсетите." in (
            answer.content.decode()
        )
        assert Letter.objects.count() == 0

    def test_only_some_kinds(self, desk, survey):
        wanted = self.invited(survey, school__kind="grammar")
        self.invited(survey, school__kind="primary")

        page = desk.get(f"{page_of(survey, 'podsecanje/')}?kinds=grammar")

        assert page.context["able"] == [wanted]

    def test_three_people(self, desk, survey):
        self.invited(survey)
        path = page_of(survey, "podsecanje/")
        visitors = (desk, desk_of(onlooker()), Client())

        assert [one.get(path).status_code for one in visitors] == [200, 403, 302]
        chosen = {"school": list(Invitation.objects.values_list("pk", flat=True))}
        sent = [one.post(path, chosen).status_code for one in reversed(visitors)]
        assert sent == [302, 403, 302]
        assert Letter.objects.count() == 1
        assert Entry.objects.filter(action="needs_survey.remind").count() == 1

    def test_the_ways_to_it(self, desk, survey, prepared):
        self.invited(survey)
        way = f'href="{page_of(survey, "podsecanje/")}"'

        assert way in desk.get(page_of(survey)).content.decode()
        assert way in desk.get(f"/potrebe/rezultati/{survey.pk}/odziv/").content.decode()
        assert "podsecanje" not in desk.get(page_of(prepared)).content.decode()

    def test_the_page_takes_the_same_statements(self, desk, survey, django_assert_num_queries):
        path = page_of(survey, "podsecanje/")
        self.invited(survey)
        desk.get(path)
        with django_assert_num_queries(7) as one:
            desk.get(path)
        for _ in range(2):
            self.invited(survey)

        with django_assert_num_queries(len(one)):
            desk.get(path)


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
