"""Telling schools in time and reporting in time: the work, and that it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Event
from tests import office
from tests.factories.evaluation import asked, graded, held
from tests.factories.people import UserFactory
from tests.factories.questionnaires import QuestionnaireFactory
from trainings.models import SeminarRules
from trainings.operations import reports as operations
from trainings.queries import deadlines

pytestmark = pytest.mark.django_db

DRAFT = {"event__state": Event.State.DRAFT}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(datetime(2027, 11, 1, 11, 0, tzinfo=UTC), tick=False):
        yield


def due(rows):
    return [(one.seminar.pk, one.until) for one in rows]


def test_schools_are_told_a_month_ahead_which_is_work_two_weeks_before():
    late, soon = held(days_ago=-20), held(days_ago=-40)
    held(days_ago=-60)
    held(days_ago=-20, **DRAFT)
    held(days_ago=-20, announced_on=date(2027, 10, 1))
    held(days_ago=5)

    assert due(deadlines.to_announce(timezone.now())) == [
        (late.pk, date(2027, 10, 22)),
        (soon.pk, date(2027, 11, 11)),
    ]


def test_a_report_is_due_a_week_after_the_end():
    old, new = held(days_ago=10), held(days_ago=1)
    held(days_ago=-1)
    held(days_ago=1, reported_on=date(2027, 11, 1))
    held(days_ago=1, event__state=Event.State.CANCELLED, event__cancelled_at=timezone.now())

    assert due(deadlines.to_report(timezone.now())) == [
        (old.pk, date(2027, 10, 29)),
        (new.pk, date(2027, 11, 7)),
    ]


def test_the_days_are_rows_that_the_staff_edit():
    SeminarRules.objects.create(pk=1, announce_days=10, report_days=3)
    ahead, ended = held(days_ago=-20), held(days_ago=1)

    assert due(deadlines.to_announce(timezone.now())) == [(ahead.pk, date(2027, 11, 11))]
    assert due(deadlines.to_report(timezone.now())) == [(ended.pk, date(2027, 11, 3))]


def work(desk, which):
    """The task of the front page whose list is narrowed to this."""
    tasks = desk.get("/admin/").context["tasks"]
    return next(task for task in tasks if task.address.endswith(f"seminarevent/?work={which}"))


def test_the_front_page_shows_the_work_and_the_list_behind_it():
    desk = office.desk_of(office.colleague())
    ahead, ended = held(days_ago=-20), held(days_ago=1)

    tasks = [work(desk, "announce"), work(desk, "report")]
    shown = [list(desk.get(task.address).context["cl"].queryset) for task in tasks]

    assert [task.count for task in tasks] == [1, 1]
    assert [[event.pk for event in events] for events in shown] == [[ahead.pk], [ended.pk]]
    assert tasks[1].items[0].address == f"/admin/trainings/seminarevent/{ended.pk}/change/"


def test_what_was_never_reported_is_only_counted_after_a_while():
    SeminarRules.objects.create(pk=1, late_report_days=20)
    recent, old, older = held(days_ago=19), held(days_ago=20), held(days_ago=300)
    desk = office.desk_of(office.colleague())

    task = work(desk, "report")
    rest = desk.get(task.older.address).context["cl"].queryset

    assert [item.address for item in task.items] == [
        f"/admin/trainings/seminarevent/{recent.pk}/change/"
    ]
    assert task.count == 1
    assert task.older.text == "и још 2 старија семинара"
    assert {event.pk for event in rest} == {old.pk, older.pk}
    assert task.older.text in desk.get("/admin/").content.decode()


def test_no_line_about_older_ones_where_there_are_none():
    held(days_ago=1)
    desk = office.desk_of(office.colleague())

    assert work(desk, "report").older is None


@pytest.mark.parametrize(
    ("mark", "action", "field", "days_ago"),
    [
        (operations.mark_announced, "trainings.mark_announced", "announced_on", -20),
        (operations.mark_reported, "trainings.mark_reported", "reported_on", 1),
    ],
)
def test_done_is_noted_once_with_who_did_it(mark, action, field, days_ago):
    seminar, staff = held(days_ago=days_ago), office.colleague()

    done = mark(seminar_id=seminar.pk, by=staff)

    assert getattr(done, field) == date(2027, 11, 1)
    entry = Entry.objects.get(action=action)
    assert (entry.actor_id, entry.object_id) == (staff.pk, seminar.pk)
    with pytest.raises(Refusal, match="already"):
        mark(seminar_id=seminar.pk, by=staff)
    with pytest.raises(Refusal, match="Only the Centre's staff"):
        mark(seminar_id=held(days_ago=days_ago).pk, by=UserFactory())


@pytest.mark.parametrize(
    ("mark", "facts"),
    [
        (operations.mark_announced, DRAFT),
        (operations.mark_reported, {"days_ago": -1}),
        (operations.mark_reported, DRAFT),
    ],
)
def test_what_cannot_have_been_done_is_refused(mark, facts):
    seminar = held(**facts)

    with pytest.raises(Refusal):
        mark(seminar_id=seminar.pk, by=office.colleague())

    seminar.refresh_from_db()
    assert (seminar.announced_on, seminar.reported_on) == (None, None)


def test_the_back_office_offers_it_when_it_makes_sense():
    desk = office.desk_of(office.colleague())
    ended = held(days_ago=1)
    page = f"/admin/trainings/seminarevent/{ended.pk}/"

    before = desk.get(f"{page}change/").content.decode()
    desk.post(f"{page}radnja/izvestaj/")
    after = desk.get(f"{page}change/").content.decode()

    offered = [("radnja/izvestaj/" in html, "radnja/najava/" in html) for html in (before, after)]
    assert offered == [(True, False), (False, False)]
    ended.refresh_from_db()
    assert ended.reported_on == date(2027, 11, 1)


@pytest.mark.parametrize("is_answered", [False, True])
def test_the_questionnaire_stays_once_somebody_has_answered(is_answered):
    desk = office.desk_of(office.colleague())
    seminar, question = asked()
    if is_answered:
        graded(seminar, question, 5)
    other = QuestionnaireFactory()
    event = seminar.event
    (meeting,) = event.days
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    data = {
        "title": event.title,
        "place": event.place,
        "minimum": "0",
        "offer_hours": "48",
        "max_overtakes": "3",
        "reminder_days": "2",
        "seen_revision": event.revision,
        "seminar-TOTAL_FORMS": "1",
        "seminar-INITIAL_FORMS": "1",
        "seminar-0-event": event.pk,
        "seminar-0-programme": seminar.programme_id,
        "seminar-0-fee": "2500",
        "seminar-0-questionnaire": other.pk,
        "meetings-TOTAL_FORMS": "1",
        "meetings-INITIAL_FORMS": "1",
        "meetings-0-id": meeting.pk,
        "meetings-0-event": event.pk,
        "meetings-0-starts_at_0": f"{starts:%d.%m.%Y.}",
        "meetings-0-starts_at_1": f"{starts:%H:%M:%S}",
        "meetings-0-ends_at_0": f"{ends:%d.%m.%Y.}",
        "meetings-0-ends_at_1": f"{ends:%H:%M:%S}",
    }

    answer = desk.post(f"/admin/trainings/seminarevent/{event.pk}/change/", data)

    seminar.refresh_from_db()
    kept = question.questionnaire if is_answered else other
    assert (answer.status_code, seminar.questionnaire) == (200 if is_answered else 302, kept)
