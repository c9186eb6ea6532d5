"""What everybody reads of a round, what a school reads, and how it is published."""

from __future__ import annotations

import io
from datetime import timedelta

import pymupdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Event
from centar.questionnaires.models import Question
from needs_survey.models import Plan, PlannedSeminar, Round
from needs_survey.operations import summary as operations
from tests import office
from tests.factories.needs_survey import (
    SURVEYS,
    InvitationFactory,
    RoundFactory,
    answer_of_school,
)
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory
from tests.factories.questionnaires import QuestionFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return StaffFactory(permissions=SURVEYS)


@pytest.fixture
def round():
    """A round that is over, with five schools' grades and a sentence that is not for everybody."""
    scale = QuestionFactory(code="ocena", text="Колико вам треба обука?")
    words = QuestionFactory(
        questionnaire=scale.questionnaire, kind=Question.Kind.LONG, text="Шта још?"
    )
    made = RoundFactory(questionnaire=scale.questionnaire, title="Потребе 2026", closed=True)
    for grade in (1, 4, 4, 4, 5):
        invitation = InvitationFactory(round=made)
        answer_of_school(invitation, (scale, grade), (words, "Само за вас."))
    return made


def publish(round, staff):
    return operations.publish(round_id=round.pk, done="Одржали смо обуке.", by=staff)


def planned(round, **about):
    plan = Plan.objects.create(
        title="План",
        round=round,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=90),
    )
    seminar = SeminarFactory(**about)
    PlannedSeminar.objects.create(
        plan=plan, programme=seminar.programme, people=20, seminar=seminar
    )
    return seminar.event


def test_where_too_few_answered_the_staff_are_told_so_and_led_nowhere(staff):
    few = RoundFactory(closed=True)
    answer_of_school(InvitationFactory(round=few))

    page = office.desk_of(staff).get(f"/en/potrebe/rezultati/{few.pk}/objava/").content.decode()

    assert "There is no summary yet: so few have answered" in page
    assert f'href="/en/potrebe/{few.pk}/"' not in page


def test_nobody_but_the_staff_reads_it_before_it_is_published(client, round, staff):
    path = f"/potrebe/{round.pk}/"
    teacher = office.desk_of(PersonFactory().user)

    before = [one.get(path).status_code for one in (client, teacher, office.desk_of(staff))]
    publish(round, staff)
    after = [one.get(path).status_code for one in (client, teacher, office.desk_of(staff))]
    operations.take_back(round_id=round.pk, by=staff)

    assert (before, after) == ([404, 404, 200], [200, 200, 200])
    assert client.get(path).status_code == 404


def test_it_says_what_was_said_and_what_was_done_and_no_words(client, round, staff):
    held = planned(round, event__title="Огледи", event__state=Event.State.CLOSED)
    planned(round, event__title="Необјављено", event__state=Event.State.DRAFT)
    publish(round, staff)

    page = client.get(f"/potrebe/{round.pk}/").content.decode()

    for words in ("Колико вам треба обука?", "3 (60%)", "Одржали смо обуке.", held.title):
        assert words in page
    for words in ("Само за вас.", "Шта још?", "Необјављено"):
        assert words not in page


def test_what_cannot_be_published_is_shown_with_its_sentence(client, round, staff):
    client.force_login(staff)

    answer = client.post(reverse("needs_survey:publish", args=[round.pk]), {"done": "Једно\x00."})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["done"])


@pytest.mark.parametrize("face", ["", "lat/", "en/"])
def test_its_paper_says_the_same_in_each_face(client, round, staff, face):
    planned(round, event__title="Огледи у настави")
    publish(round, staff)

    answer = client.get(f"/{face}potrebe/{round.pk}/sazetak.pdf")

    with pymupdf.open(stream=io.BytesIO(answer.content), filetype="pdf") as paper:
        text = " ".join(page.get_text() for page in paper)
    words = ["Колико вам треба обука?", "Одржали смо обуке.", "Огледи у настави"]
    if face:
        words = ["Koliko vam treba obuka?", "Održali smo obuke.", "Ogledi u nastavi"]
    assert answer["Content-Type"] == "application/pdf"
    assert [word for word in words if word not in " ".join(text.split())] == []
    assert "Само за вас." not in text


def test_the_published_ones_are_listed(client, round, staff):
    assert f"/potrebe/{round.pk}/" not in client.get("/potrebe/").content.decode()
    publish(round, staff)
    assert f"/potrebe/{round.pk}/" in client.get("/potrebe/").content.decode()


def test_the_pages_cost_the_same_with_one_seminar_and_with_three(client, round, staff):
    publish(round, staff)
    planned(round)
    counts = []
    for _ in range(2):
        client.get(f"/potrebe/{round.pk}/")
        with CaptureQueriesContext(connection) as statements:
            client.get(f"/potrebe/{round.pk}/")
            client.get("/potrebe/")
        counts.append(len(statements))
        planned(round)
        planned(round)
        RoundFactory(opened_at=timezone.now(), published_at=timezone.now())

    assert counts[0] == counts[1]


def test_only_the_staff_who_may_publish_it(client, round, staff):
    path = f"/potrebe/rezultati/{round.pk}/objava/"
    reader = StaffFactory(permissions=["needs_survey.view_round"])

    assert office.desk_of(reader).post(path, {"done": "Ништа."}).status_code == 403
    assert client.post(path).status_code == 302
    with pytest.raises(Refusal, match="Only the Centre's staff"):
        operations.publish(round_id=round.pk, done="", by=reader)
    with pytest.raises(Refusal, match="Only the Centre's staff"):
        operations.take_back(round_id=round.pk, by=reader)

    assert office.desk_of(staff).post(path, {"done": "Одржали смо обуке."}).status_code == 302
    round.refresh_from_db()
    assert (round.done, round.published_at is None) == ("Одржали смо обуке.", False)


def test_what_was_done_is_renewed_and_taken_back_by_the_page(round, staff):
    desk, path = office.desk_of(staff), f"/potrebe/rezultati/{round.pk}/objava/"

    for form in ({"done": "Једно."}, {"done": "Једно и друго."}, {"done": "", "take_back": "1"}):
        assert desk.post(path, form).status_code == 302

    round.refresh_from_db()
    assert (round.done, round.published_at) == ("Једно и друго.", None)
    actions = Entry.objects.filter(object_id=round.pk, action__startswith="needs_survey.")
    assert sorted(actions.values_list("action", "actor_id")) == [
        ("needs_survey.publish", staff.pk),
        ("needs_survey.renew_summary", staff.pk),
        ("needs_survey.unpublish", staff.pk),
    ]


def test_a_refusal_keeps_what_was_typed(staff):
    open_round = RoundFactory()

    answer = office.desk_of(staff).post(
        f"/en/potrebe/rezultati/{open_round.pk}/objava/", {"done": "Написано."}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "when the last day is over" in page
    assert "Написано." in page


def test_it_is_refused_while_answers_come_and_when_too_few_came(round, staff):
    few = RoundFactory(closed=True)
    Round.objects.filter(pk=round.pk).update(closes_on=timezone.localdate())

    with pytest.raises(Refusal, match="when the last day is over"):
        publish(round, staff)
    with pytest.raises(Refusal, match="Too few answered"):
        publish(few, staff)
    with pytest.raises(Refusal, match="not published"):
        operations.take_back(round_id=round.pk, by=staff)


def test_a_school_reads_its_own_answer_beside_the_region(client, round, staff):
    invitation = round.invitations.earliest("pk")
    path = f"/en/potrebe/skola/{invitation.pk}/"
    own = office.desk_of(CoordinationFactory(school=invitation.school).person.user)
    other = office.desk_of(CoordinationFactory().person.user)

    assert own.get(path).status_code == 404
    publish(round, staff)

    assert other.get(path).status_code == 404
    assert client.get(path).status_code == 302
    page = own.get(path).content.decode()
    assert "1 answer, mean 1 (The region: 3.60)" in page
    assert "Samo za vas." in page
    assert office.desk_of(staff).get(path).status_code == 200


def test_a_school_that_was_silent_is_told_so(round, staff):
    silent = InvitationFactory(round=round)

    page = office.desk_of(staff).get(f"/en/potrebe/skola/{silent.pk}/").content.decode()

    assert "The school has not answered" in page
